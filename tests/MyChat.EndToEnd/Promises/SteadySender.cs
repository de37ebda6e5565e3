using MyChat.Client.Connections;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Promises;

/// <summary>
/// Sends as fast as the server acknowledges (XEP-0198), with some always under way. What was not acknowledged when the connection was lost
/// goes out again on the next one, first and in order, as another message.
/// </summary>
internal sealed class SteadySender(string name, IReadOnlyList<string> recipients, Random random)
{
    private const int MostConfirmations = 4;
    private const int LargestBurst = 12;

    private readonly Queue<Transmission> _again = new();

    public string Name => name;

    /// <summary>All that was ever sent.</summary>
    public List<Transmission> Sent { get; } = [];

    /// <summary>What was sent in the last life and not acknowledged in it.</summary>
    public int InFlight { get; private set; }

    /// <summary>Sends until the server is gone, or, when calm is asked for, until all is acknowledged.</summary>
    public async Task LiveAsync(Life life)
    {
        InFlight = 0;
        await using var connection = await TryLogInAsync(life);
        if (connection is null)
        {
            return;
        }
        var management = connection.Management ?? throw new InvalidOperationException("Stream management is off.");
        var first = Sent.Count;
        var confirming = new Queue<Task>();
        try
        {
            while (!life.Calm.IsCancellationRequested || _again.Count > 0)
            {
                PostBurst(connection);
                await connection.FlushAsync();
                confirming.Enqueue(ConfirmAsync());
                if (confirming.Count > MostConfirmations)
                {
                    await confirming.Dequeue();
                }
            }
            await Task.WhenAll(confirming);
            await connection.CloseAsync();
        }
        catch (XmppException)
        {
            await ExpectEndAsync(connection, life);
        }
        CountAcknowledged();
        foreach (var message in Sent.Skip(first).Where(message => !message.IsAcknowledged))
        {
            _again.Enqueue(message);
            InFlight++;
        }

        async Task ConfirmAsync()
        {
            await connection.ConfirmAsync();
            CountAcknowledged();
        }

        void CountAcknowledged()
        {
            // This session sends nothing but messages: h counts them.
            lock (Sent)
            {
                var count = Sent.Count - first - management.Unacknowledged.Count;
                var news = Sent.Skip(first).Take(count).Where(message => !message.IsAcknowledged).ToList();
                news.ForEach(message => message.IsAcknowledged = true);
                life.Acknowledge(news.Count);
            }
        }
    }

    /// <summary>The server's last words, if there are any, are read before the connection counts as gone.</summary>
    private async Task ExpectEndAsync(XmppConnection connection, Life life)
    {
        try
        {
            await foreach (var _ in connection.ReceiveAsync())
            {
            }
            throw new InvalidOperationException($"{name}: the server closed the stream.");
        }
        catch (XmppException lost)
        {
            await life.ExpectEndAsync(name, lost);
        }
    }

    private async Task<XmppConnection?> TryLogInAsync(Life life)
    {
        try
        {
            return await Clients.LogInAsync(life.Server, new LogIn(name, Play.PasswordOf(name)) { StreamManagement = true });
        }
        catch (XmppException lost)
        {
            await life.ExpectEndAsync(name, lost);
            return null;
        }
    }

    private void PostBurst(XmppConnection connection)
    {
        lock (Sent)
        {
            for (var burst = random.Next(1, LargestBurst); burst > 0; burst--)
            {
                var recipient = _again.TryDequeue(out var lost) ? lost.Recipient : recipients[random.Next(recipients.Count)];
                var message = new Transmission(name, recipient, Sent.Count);
                Sent.Add(message);
                connection.Post($"<message to='{recipient}@{Clients.Domain}' type='chat'><body>{message.Body}</body></message>");
            }
        }
    }
}
