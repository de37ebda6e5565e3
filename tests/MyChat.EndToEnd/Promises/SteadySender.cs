using System.Globalization;
using MyChat.Client.Connections;
using MyChat.Testing.Plays;
using MyChat.Xmpp.Stanzas;

namespace MyChat.EndToEnd.Promises;

/// <summary>How the messages come.</summary>
/// <param name="LargestBurst">So many at a time at most.</param>
/// <param name="MostConfirmations">So many bursts may wait for their acknowledgement.</param>
/// <param name="Padding">So many bytes each carries beside its words.</param>
internal sealed record Pace(int LargestBurst, int MostConfirmations, int Padding)
{
    /// <summary>As fast as it goes, in large batches for the server.</summary>
    public static Pace Fast { get; } = new(11, 4, 0);

    /// <summary>In many small batches.</summary>
    public static Pace Slow { get; } = new(2, 0, 0);

    /// <summary>Fast, and heavy.</summary>
    public static Pace Heavy { get; } = new(11, 4, 4000);
}

/// <summary>
/// Sends as fast as the server acknowledges (XEP-0198), with some always under way. What was not acknowledged when the connection was lost
/// goes out again on the next one, first and in order, as another message.
/// </summary>
internal sealed class SteadySender(string name, IReadOnlyList<string> recipients, Random random, Pace pace)
{
    // A database that compresses gains nothing by it.
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private readonly string _padding = pace.Padding > 0 ? $"<padding xmlns='urn:mychat:test'>{new string(random.GetItems<char>(Letters, pace.Padding))}</padding>" : "";
    private readonly Queue<Transmission> _again = new();

    public string Name => name;

    /// <summary>All that was ever sent.</summary>
    public List<Transmission> Sent { get; } = [];

    /// <summary>How many of all that was sent are so.</summary>
    public int Count(Func<Transmission, bool> isSo)
    {
        lock (Sent)
        {
            return Sent.Count(isSo);
        }
    }

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
        var reading = ReadErrorsAsync(connection);
        try
        {
            while (!life.Calm.IsCancellationRequested || _again.Count > 0)
            {
                PostBurst(connection);
                await connection.FlushAsync();
                confirming.Enqueue(ConfirmAsync());
                if (confirming.Count > pace.MostConfirmations)
                {
                    await confirming.Dequeue();
                }
            }
            await Task.WhenAll(confirming);
            await connection.CloseAsync();
        }
        catch (XmppException)
        {
            // The server's last words, if there are any, are read before the connection counts as gone.
            await life.ExpectEndAsync(name, await reading ?? throw new InvalidOperationException($"{name}: the server closed the stream."));
        }
        await reading;
        CountAcknowledged();
        foreach (var message in Sent.Skip(first).Where(message => message is { IsAcknowledged: false, IsRefused: false }))
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

    /// <summary>Takes down what comes back with an error, to the end of the stream; returns how it ended, or null when it was closed.</summary>
    private async Task<XmppException?> ReadErrorsAsync(XmppConnection connection)
    {
        try
        {
            await foreach (var received in connection.ReceiveAsync())
            {
                if (received.Item is Message { Type: MessageType.Error } refused)
                {
                    lock (Sent)
                    {
                        var message = Sent[int.Parse(refused.Id ?? "", CultureInfo.InvariantCulture)];
                        message.IsRefused = message.Recipient == refused.From?.Localpart
                            ? true
                            : throw new InvalidOperationException($"{name}: not to whom it was sent: {refused}");
                    }
                }
            }
            return null;
        }
        catch (XmppException lost)
        {
            return lost;
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
            for (var burst = random.Next(1, pace.LargestBurst + 1); burst > 0; burst--)
            {
                var recipient = _again.TryDequeue(out var lost) ? lost.Recipient : recipients[random.Next(recipients.Count)];
                var message = new Transmission(name, recipient, Sent.Count);
                Sent.Add(message);
                connection.Post(
                    $"<message to='{recipient}@{Clients.Domain}' type='chat' id='{message.Index}'><body>{message.Body}</body>{_padding}</message>");
            }
        }
    }
}
