using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MyChat.Server.Accounts;
using MyChat.Server.Connections;
using MyChat.Server.Mailboxes;
using MyChat.Server.Modules;
using MyChat.Server.Routing;
using MyChat.Server.Streams;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Streams;

namespace MyChat.Server;

/// <summary>The server: what its parts share, the streams it serves, and its clock.</summary>
public sealed partial class XmppServer : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ClientStream, byte> streams = new();
    private readonly ConcurrentDictionary<Session, byte> detached = new();
    private readonly ConcurrentDictionary<Account, byte> changed = new();
    private readonly ConcurrentQueue<Session> owed = new();
    private readonly ITimer ticker;
    private readonly ITimer owedTimer;
    private readonly ILogger<XmppServer> log;
    private int owedArmed;
    private volatile bool stopping;

    public XmppServer(ServerOptions options, ServerStores stores, EntryIds entryIds, ModuleTable modules, TimeProvider time, ILoggerFactory logs)
    {
        Options = options;
        Domain = BareJid.Parse(options.Domain);
        Stores = stores;
        EntryIds = entryIds;
        Modules = modules;
        Time = time;
        Logs = logs;
        log = logs.CreateLogger<XmppServer>();
        var loader = new AccountLoader(stores.Accounts, stores.Rosters, stores.Mailboxes, modules);
        Router = new AccountRouter(Domain, options.Limits.CachedAccounts, loader, logs.CreateLogger<Account>());
        Sessions = new SessionLifecycle(this);
        Presences = new PresenceRouting(this);
        Subscriptions = new SubscriptionRouting(this);
        Iqs = new IqRouting(this);
        FailedLogins = new AddressLimiter(options.Limits.FailedLoginsPerAddressPerMinute, TimeSpan.FromMinutes(1), time);
        Registrations = new AddressLimiter(options.Registration.PerAddressPerHour, TimeSpan.FromHours(1), time);
        ticker = time.CreateTimer(_ => Tick(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        owedTimer = time.CreateTimer(_ => AnswerOwed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ServerOptions Options { get; }

    /// <summary>The server's own address.</summary>
    public BareJid Domain { get; }

    public ServerStores Stores { get; }
    public TimeProvider Time { get; }
    public ModuleTable Modules { get; }
    public EntryIds EntryIds { get; }
    public IAccountRouter Accounts => Router;

    /// <summary>Failed log-ins by address.</summary>
    public AddressLimiter FailedLogins { get; }

    /// <summary>New accounts by address.</summary>
    public AddressLimiter Registrations { get; }

    /// <summary>When the server started.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    internal AccountRouter Router { get; }
    internal SessionLifecycle Sessions { get; }
    internal PresenceRouting Presences { get; }
    internal SubscriptionRouting Subscriptions { get; }
    internal IqRouting Iqs { get; }
    internal IMailboxStore Mailboxes => Stores.Mailboxes;
    internal ILoggerFactory Logs { get; }

    /// <summary>Serves one connection until it ends.</summary>
    public async Task ServeAsync(Transport transport, CancellationToken cancellation)
    {
        var stream = new ClientStream(this, transport, Logs.CreateLogger<ClientStream>());
        streams.TryAdd(stream, 0);
        try
        {
            if (stopping)
            {
                stream.End(new StreamError(StreamErrorCondition.SystemShutdown), resumable: true);
            }
            await stream.RunAsync(cancellation);
        }
        finally
        {
            streams.TryRemove(stream, out _);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        StartedAt = Time.GetUtcNow();
        return Task.CompletedTask;
    }

    /// <summary>Ends every stream with system-shutdown, when all it sent is committed and answered, and saves what changed.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        Log.Stopping(log, streams.Count);
        foreach (var (stream, _) in streams)
        {
            stream.End(new StreamError(StreamErrorCondition.SystemShutdown), resumable: true);
        }
        try
        {
            await Task.WhenAll(streams.Keys.Select(stream => stream.Completion)).WaitAsync(ShutdownPatience, cancellationToken);
        }
        catch (TimeoutException)
        {
            Log.StillOpen(log, streams.Count);
        }
        await Task.WhenAll(changed.Keys.Select(account => SaveAsync(account)));
    }

    public async ValueTask DisposeAsync()
    {
        await ticker.DisposeAsync();
        await owedTimer.DisposeAsync();
    }

    /// <summary>The mailbox of this account has something to save; it is saved within about a second.</summary>
    internal void MarkChanged(Account account) => changed.TryAdd(account, 0);

    /// <summary>A session lost its link and may be resumed until its time is up.</summary>
    internal void MarkDetached(Session session) => detached.TryAdd(session, 0);

    internal void UnmarkDetached(Session session) => detached.TryRemove(session, out _);

    /// <summary>The client's question is answered with what is committed by then, if not before (design: at the latest after 100 ms).</summary>
    internal void OweAnswer(Session session)
    {
        owed.Enqueue(session);
        if (Interlocked.Exchange(ref owedArmed, 1) == 0)
        {
            owedTimer.Change(TimeSpan.FromMilliseconds(90), Timeout.InfiniteTimeSpan);
        }
    }

    private void AnswerOwed()
    {
        Volatile.Write(ref owedArmed, 0);
        while (owed.TryDequeue(out var session))
        {
            session.Account.Post(new AnswerWork(session, evenInPart: true));
        }
    }

    // Once a second. It only looks; what there is to do is posted to the accounts.
    private void Tick()
    {
        var now = Time.GetUtcNow();
        foreach (var (stream, _) in streams)
        {
            stream.Tick();
        }
        foreach (var (session, _) in detached)
        {
            if (now - session.Since >= TimeSpan.FromSeconds(Options.Limits.ResumeSeconds))
            {
                session.Account.Post(new AccountAction(_ => session.Stream is null ? Sessions.EndAsync(session) : default));
            }
        }
        foreach (var (account, _) in changed)
        {
            _ = SaveAsync(account);
        }
        Router.Trim();
    }

    private Task SaveAsync(Account account)
    {
        if (!changed.TryRemove(account, out _))
        {
            return Task.CompletedTask;
        }
        var save = new AccountRequest<bool>(owner =>
        {
            if (owner.Exists && owner.Mailbox.TakeChanges() is { } changes)
            {
                return SaveAsync(owner.Mailbox, changes.State, changes.Expunged);
            }
            return new ValueTask<bool>(true);
        });
        return account.Post(save) ? save.Result : Task.CompletedTask;
    }

    // Not awaited by the account: a slow database must not hold up what needs none. The ids expunged are the mailbox's own.
    private async ValueTask<bool> SaveAsync(Mailbox mailbox, MailboxState state, IReadOnlyList<long> expunged)
    {
        var saved = false;
        try
        {
            await Mailboxes.SaveStateAsync(mailbox.Account, state, expunged, CancellationToken.None);
            saved = true;
        }
        catch (Exception reason)
        {
            Log.NotSaved(log, mailbox.Account, reason);
        }
        mailbox.Saved(expunged, saved);
        return saved;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "stopping: ending {Count} streams")]
        public static partial void Stopping(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} streams did not end in time")]
        public static partial void StillOpen(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Error, Message = "mailbox {Account}: what was delivered could not be saved; it is tried again")]
        public static partial void NotSaved(ILogger logger, long account, Exception reason);
    }
}

/// <summary>The stores that the server needs.</summary>
public sealed record ServerStores(
    IAccountStore Accounts, IRosterStore Rosters, IMailboxStore Mailboxes, IDocumentStore Documents, ISecretStore Secrets);
