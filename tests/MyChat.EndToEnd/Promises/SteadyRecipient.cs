using MyChat.Client.Connections;
using MyChat.Testing.Plays;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.EndToEnd.Promises;

/// <summary>When a recipient is there.</summary>
internal enum Habit
{
    Stays,
    /// <summary>Loses the link or logs out again and again.</summary>
    ComesAndGoes,
    /// <summary>Comes when all is calm.</summary>
    Away,
}

/// <summary>Takes down all that arrives, over all its sessions; each has the same resource, one follows the other.</summary>
internal sealed class SteadyRecipient(string name, bool managed, Habit habit, Random random)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly XName StanzaId = new("urn:xmpp:sid:0", "stanza-id");

    private readonly Lock _gate = new();
    private readonly HashSet<string> _bodies = [];
    private HashSet<string> _missing = [];
    private TaskCompletionSource? _complete;
    private StreamManagement? _lost;

    public string Name => name;
    public Habit Habit => habit;
    public List<Arrival> Arrived { get; } = [];

    /// <summary>How often a stream was resumed: the habit must lead to it.</summary>
    public int Resumptions { get; private set; }

    /// <summary>Is there, as its habit is, until the server is gone; or in a calm life, until <paramref name="leave"/>.</summary>
    public async Task LiveAsync(Life life, bool calm, CancellationToken leave)
    {
        if (habit == Habit.Away && !calm)
        {
            return;
        }
        while (!leave.IsCancellationRequested)
        {
            var patience = habit == Habit.ComesAndGoes && !calm ? random.Next(1, 150) : int.MaxValue;
            try
            {
                await VisitAsync(life, patience, leave);
            }
            catch (XmppException gone)
            {
                await life.ExpectEndAsync(name, gone);
                return;
            }
        }
    }

    /// <summary>Completes when all of these have arrived.</summary>
    public Task ArrivedAsync(IEnumerable<string> bodies)
    {
        lock (_gate)
        {
            _missing = [.. bodies.Except(_bodies)];
            _complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_missing.Count == 0)
            {
                _complete.TrySetResult();
            }
            return Explain(_complete.Task);
        }
    }

    private async Task Explain(Task complete)
    {
        try
        {
            await complete.WaitAsync(Patience);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{name} never got {_missing.Count} messages, one of them '{_missing.First()}'.", late);
        }
    }

    private async Task VisitAsync(Life life, int patience, CancellationToken leave)
    {
        await using var connection = await Clients.LogInAsync(
            life.Server, new LogIn(name, Play.PasswordOf(name)) { Resource = "home", StreamManagement = managed, Resume = _lost });
        _lost = null;
        try
        {
            if (connection.Resumed)
            {
                Resumptions++;
            }
            else
            {
                await connection.SendAsync("<presence/>", CancellationToken.None);
            }
            await ReceiveAsync(connection, patience, leave);
        }
        finally
        {
            _lost = connection.Management;
        }
    }

    private async Task ReceiveAsync(XmppConnection connection, int patience, CancellationToken leave)
    {
        var closing = Task.CompletedTask;
        var isClosing = 0;
        void Close() => closing = Interlocked.Exchange(ref isClosing, 1) == 0 ? connection.CloseAsync(CancellationToken.None) : closing;
        await using var leaving = leave.UnsafeRegister(_ => Close(), null);
        await foreach (var received in connection.ReceiveAsync(CancellationToken.None))
        {
            Take(received);
            if (received.Item is Iq { Type: IqType.Get } question && Volatile.Read(ref isClosing) == 0)
            {
                await connection.SendAsync(question.ToResult(), CancellationToken.None);
            }
            if (--patience == 0)
            {
                if (random.Next(2) == 0)
                {
                    connection.Abort();
                    return;
                }
                Close(); // what still comes before the server's end of the stream is taken down too
            }
        }
        await closing;
    }

    private void Take(Received received)
    {
        if (received.Item is not Message { Type: MessageType.Chat } message)
        {
            return;
        }
        var body = message.Payload.Child(XNames.Body)?.Text ?? "";
        lock (_gate)
        {
            Arrived.Add(new Arrival(body, message.Payload.Child(StanzaId)?["id"]));
            _bodies.Add(body);
            if (_missing.Remove(body) && _missing.Count == 0)
            {
                _complete?.TrySetResult();
            }
        }
    }
}
