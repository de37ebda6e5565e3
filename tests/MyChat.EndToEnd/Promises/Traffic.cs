using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Promises;

/// <summary>Senders and recipients of every kind on one server, over all of its lives.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServerProcess _server;
    private readonly List<SteadySender> _senders = [];
    private readonly List<SteadyRecipient> _recipients = [];
    private Life _life;
    private Task[] _running = [];

    private Traffic(ServerProcess server, int seed, Pace pace)
    {
        (_server, _life) = (server, new Life(server));
        foreach (var (name, managed, habit) in ((string, bool, Habit)[])
        [
            ("juliet", true, Habit.Stays), ("nurse", false, Habit.Stays), ("mercutio", true, Habit.ComesAndGoes),
            ("benvolio", false, Habit.ComesAndGoes), ("tybalt", true, Habit.Away), ("paris", false, Habit.Away),
        ])
        {
            _recipients.Add(new SteadyRecipient(name, managed, habit, new Random(++seed)));
        }
        var names = _recipients.Select(recipient => recipient.Name).ToList();
        foreach (var name in (string[])["romeo", "laurence", "escalus"])
        {
            _senders.Add(new SteadySender(name, names, new Random(++seed), pace));
        }
    }

    /// <summary>Starts a server, makes the accounts, and lets the traffic begin.</summary>
    /// <param name="seed">Where its chances come from.</param>
    /// <param name="database">The server's database; null for SQLite.</param>
    /// <param name="tracer">Runs the server, and reads along: nobody uses TLS then.</param>
    /// <param name="pace">How the messages come; null for fast.</param>
    /// <param name="settings">More of the server's options.</param>
    public static async Task<Traffic> StartAsync(int seed, ServerDatabase? database = null, IReadOnlyList<string>? tracer = null, Pace? pace = null,
        params string[] settings)
    {
        // Those who are away must not be protected from so many messages.
        settings = ["--Limits:UndeliveredPerSenderAndAccount=0", .. tracer is null ? (string[])[] : [ServerProcess.Plaintext], .. settings];
        var server = await ServerProcess.StartAsync(settings, Clients.Domain, database: database, tracer: tracer);
        var traffic = new Traffic(server, seed, pace ?? Pace.Fast);
        foreach (var name in traffic._senders.Select(sender => sender.Name).Concat(traffic._recipients.Select(recipient => recipient.Name)))
        {
            await server.RegisterAsync(name, Play.PasswordOf(name));
        }
        traffic.Begin();
        return traffic;
    }

    public ServerProcess Server => _server;

    /// <summary>The present life of the server.</summary>
    public Life Life => _life;

    /// <summary>Sent in the life that ended last, and not acknowledged in it.</summary>
    public int InFlight => _senders.Sum(sender => sender.InFlight);

    public int Resumptions => _recipients.Sum(recipient => recipient.Resumptions);

    /// <summary>Lets this many be acknowledged while the traffic goes on.</summary>
    public async Task AcknowledgedAsync(int count)
    {
        var reached = _life.AcknowledgedAsync(count);
        var failed = WhenOneFails();
        await await Task.WhenAny(reached, failed);
    }

    /// <summary>Lets so many come back with an error while the traffic goes on.</summary>
    public Task RefusedAsync(int count) => UntilAsync(() => Refused >= count, () => $"only {Refused} of {count} messages were refused");

    /// <summary>Lets so many more be stored while the traffic goes on.</summary>
    public Task StoredAsync(int more)
    {
        var before = Stored;
        return UntilAsync(() => Stored >= before + more, () => $"only {Stored - before} of {more} messages were stored");
    }

    /// <summary>How many were acknowledged and did not come back.</summary>
    public int Stored => _senders.Sum(sender => sender.Count(message => message is { IsAcknowledged: true, IsRefused: false }));

    /// <summary>Waits for something that the traffic leads to.</summary>
    public async Task UntilAsync(Func<bool> isReached, Func<string> explain)
    {
        using var patience = new CancellationTokenSource(Patience);
        var failed = WhenOneFails();
        while (!isReached())
        {
            try
            {
                await await Task.WhenAny(Task.Delay(20, patience.Token), failed);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{explain()}\n{_server.Output}");
            }
        }
    }

    /// <summary>How many messages came back with an error so far.</summary>
    public int Refused => _senders.Sum(sender => sender.Count(message => message.IsRefused));

    /// <summary>Kills the server in the middle of everything, and waits until everybody noticed.</summary>
    public async Task KillAsync()
    {
        await _server.KillAsync();
        _life.End();
        await Task.WhenAll(_running).WaitAsync(Patience);
    }

    /// <summary>Asks the server to stop in the middle of everything; returns its exit code.</summary>
    public async Task<int> StopAsync(TimeSpan within)
    {
        var code = await _server.StopAsync().WaitAsync(within);
        _life.End();
        await Task.WhenAll(_running).WaitAsync(Patience);
        return code;
    }

    /// <summary>Those who send or receive without a pause.</summary>
    public IEnumerable<string> AlwaysThere =>
    [
        .. _senders.Select(sender => sender.Name),
        .. _recipients.Where(recipient => recipient.Habit == Habit.Stays).Select(recipient => recipient.Name),
    ];

    /// <summary>All that was sent so far.</summary>
    public IEnumerable<Transmission> Sent => _senders.SelectMany(sender => sender.Sent);

    public async Task RestartAsync()
    {
        await _server.StartAgainAsync();
        _life.Dispose();
        _life = new Life(_server);
        Begin();
    }

    /// <summary>After the server's end: starts it, lets all recipients come, waits until all that is on disk has arrived, and stops it.</summary>
    public async Task<Ledger> SettleAsync()
    {
        await _server.StartAgainAsync();
        _life.Dispose();
        _life = new Life(_server);
        await SendCalmlyAsync();
        var logs = ServerLogs.Read(_server);
        using var leave = new CancellationTokenSource();
        _running = [.. _recipients.Select(recipient => Task.Run(() => recipient.LiveAsync(_life, calm: true, leave.Token)))];
        var arrived = Task.WhenAll(_recipients.Select(recipient => recipient.ArrivedAsync(
            logs.Where(entry => entry.Received && entry.Owner == recipient.Name).Select(entry => entry.Body))));
        await await Task.WhenAny(arrived, WhenOneFails());
        await leave.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(Patience);
        Assert.Equal(0, await _server.StopAsync());

        var ledger = new Ledger();
        ledger.Sent.AddRange(Sent);
        ledger.Logs.AddRange(ServerLogs.Read(_server));
        foreach (var recipient in _recipients)
        {
            ledger.Arrived.Add(recipient.Name, recipient.Arrived);
            // All of them closed their streams politely: nothing is left to be delivered again.
            Assert.Equal(0, ServerLogs.CountUnsettled(_server, recipient.Name));
        }
        return ledger;
    }

    /// <summary><see cref="SettleAsync"/>, and all promises must be kept.</summary>
    public async Task<Ledger> BalanceAsync(int seed)
    {
        var ledger = await SettleAsync();
        TestRun.Say($"{ledger.Sent.Count} messages sent, {ledger.Sent.Count(message => message.IsAcknowledged)} acknowledged, "
            + $"{ledger.Arrived.Values.Sum(arrived => arrived.Count)} arrivals, {Resumptions} resumptions");
        var violations = ledger.Violations().ToList();
        Assert.True(violations.Count == 0, $"{violations.Count} violations (seed {seed}):\n{string.Join('\n', violations.Take(20))}\n{_server.Output}");
        return ledger;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _life.End();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _life.Dispose();
    }

    private void Begin() => _running =
    [
        .. _senders.Select(sender => Task.Run(() => sender.LiveAsync(_life))),
        .. _recipients.Select(recipient => Task.Run(() => recipient.LiveAsync(_life, calm: false, CancellationToken.None))),
    ];

    /// <summary>What was in flight at the last kill goes out again, and all of it is acknowledged.</summary>
    private async Task SendCalmlyAsync()
    {
        var sending = _senders.Select(sender => Task.Run(() => sender.LiveAsync(_life))).ToArray();
        await await Task.WhenAny(_life.AcknowledgedAsync(1), Task.WhenAll(sending));
        _life.CalmDown();
        await Task.WhenAll(sending).WaitAsync(Patience);
        Assert.Equal(0, InFlight);
    }

    /// <summary>Fails as soon as one of those who send and receive does; completes never, else.</summary>
    private async Task WhenOneFails()
    {
        var running = _running.ToList();
        while (running.Count > 0)
        {
            var done = await Task.WhenAny(running);
            running.Remove(done);
            await done;
        }
        await new TaskCompletionSource().Task;
    }
}
