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
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xeps;

namespace MyChat.Server;

/// <summary>The server: what its parts share, the streams it serves, and its clock.</summary>
public sealed partial class XmppServer : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(10);

    /// <summary>The longest chain of accounts that tell each other something: a request, its answer, and the presence that follows.</summary>
    private const int RoundsOfWork = 3;

    /// <summary>What is changed is saved in so many steps in a second, as long as there are more than a few.</summary>
    private const int SaveSteps = 16;
    private const int LeastSaves = 8;

    private readonly ConcurrentDictionary<ClientStream, byte> _streams = new();
    private readonly ConcurrentDictionary<Session, byte> _detached = new();
    private readonly ConcurrentDictionary<Account, byte> _changed = new();
    private readonly ConcurrentQueue<Session> _owed = new();
    private readonly Notices _notices;
    private readonly ITimer _ticker;
    private readonly ITimer _owedTimer;
    private readonly ILogger<XmppServer> _log;
    private int _owedArmed;
    private volatile bool _stopping;

    public XmppServer(ServerOptions options, ServerStores stores, ServerSecrets secrets, ModuleTable modules, TimeProvider time, ILoggerFactory logs)
    {
        Options = options;
        Domain = BareJid.Parse(options.Domain);
        HistoryDefault = new ArchivePreferences(options.History.Default);
        Stores = stores;
        EntryIds = new EntryIds(secrets.EntryIdKey);
        Decoys = secrets.DecoyKey;
        Modules = modules;
        Time = time;
        Logs = logs;
        _log = logs.CreateLogger<XmppServer>();
        Router = new AccountRouter(Domain, options.Limits.CachedAccounts, new AccountLoader(this), logs.CreateLogger<Account>());
        Registry = new AccountRegistry(this);
        Sessions = new SessionLifecycle(this);
        Presences = new PresenceRouting(this);
        Subscriptions = new SubscriptionRouting(this);
        Iqs = new IqRouting(this);
        Retention = new Retention(this);
        _notices = new Notices(this);
        FailedLogins = new AddressLimiter(options.Limits.FailedLoginsPerAddressPerMinute, TimeSpan.FromMinutes(1), time);
        Registrations = new AddressLimiter(options.Registration.PerAddressPerHour, TimeSpan.FromHours(1), time);
        _ticker = time.CreateTimer(_ => Tick(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _owedTimer = time.CreateTimer(_ => AnswerOwed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ServerOptions Options { get; }

    /// <summary>Which conversations are kept of those who did not choose.</summary>
    public ArchivePreferences HistoryDefault { get; }

    /// <summary>The server's own address.</summary>
    public BareJid Domain { get; }

    public ServerStores Stores { get; }
    public TimeProvider Time { get; }
    public ILoggerFactory Logs { get; }
    public ModuleTable Modules { get; }
    public EntryIds EntryIds { get; }
    public IAccountRouter Accounts => Router;

    /// <summary>Makes and removes accounts.</summary>
    public AccountRegistry Registry { get; }

    /// <summary>Removes what is too old to be kept.</summary>
    public Retention Retention { get; }

    /// <summary>Failed log-ins by address.</summary>
    public AddressLimiter FailedLogins { get; }

    /// <summary>New accounts by address.</summary>
    public AddressLimiter Registrations { get; }

    /// <summary>When the server started.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Open connections of clients.</summary>
    public int Connections => _streams.Count;

    /// <summary>Accounts in use, and the last used ones.</summary>
    public int AccountsInMemory => Router.Count;

    /// <summary>
    /// From now on the contact is not to see the user: it is told that whoever it could see is gone. For modules that keep the two apart; runs
    /// in the account.
    /// </summary>
    public void HideFrom(Account account, Jid contact) => Presences.HideFrom(account, contact);

    /// <summary>The contact may see the user again, as far as the subscriptions say, and the other way round; runs in the account.</summary>
    public void ShowTo(Account account, Jid contact) => Presences.ShowTo(account, contact);

    /// <summary>
    /// Sends word of the account itself to those sessions of a contact that are there and that <paramref name="which"/> picks, unless one
    /// blocks the other; runs in the account, and the picking in the contact's. Who is not in memory has no session to hear it.
    /// </summary>
    public void Notify(Account account, BareJid contact, Message word, Func<Session, bool> which) => _notices.Send(account, contact, word, which);

    internal AccountRouter Router { get; }
    internal SessionLifecycle Sessions { get; }
    internal PresenceRouting Presences { get; }
    internal SubscriptionRouting Subscriptions { get; }
    internal IqRouting Iqs { get; }
    /// <summary>Makes salts for users that do not exist.</summary>
    internal byte[] Decoys { get; }

    internal IMailboxStore Mailboxes => Stores.Mailboxes;

    /// <summary>Serves one connection until it ends; with <paramref name="directTls"/> the handshake comes first.</summary>
    public async Task ServeAsync(Transport transport, bool directTls, CancellationToken cancellation)
    {
        var stream = new ClientStream(this, transport, Logs.CreateLogger<ClientStream>());
        _streams.TryAdd(stream, 0);
        try
        {
            if (_stopping)
            {
                stream.End(new StreamError(StreamErrorCondition.SystemShutdown), resumable: true);
            }
            await stream.RunAsync(directTls, cancellation);
        }
        finally
        {
            _streams.TryRemove(stream, out _);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        StartedAt = Time.GetUtcNow();
        Retention.Start();
        return Task.CompletedTask;
    }

    /// <summary>Ends every stream with system-shutdown, when all it sent is committed and answered, and saves what changed.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        await Retention.StopAsync();
        Log.Stopping(_log, _streams.Count);
        foreach (var (stream, _) in _streams)
        {
            stream.End(new StreamError(StreamErrorCondition.SystemShutdown), resumable: true);
        }
        try
        {
            await Task.WhenAll(_streams.Keys.Select(stream => stream.Completion)).WaitAsync(ShutdownPatience, cancellationToken);
        }
        catch (TimeoutException)
        {
            Log.StillOpen(_log, _streams.Count);
        }
        // What accounts told each other still arrives: a friend removed here must not stay a friend there.
        for (var round = 0; round < RoundsOfWork; round++)
        {
            await Router.SettleAsync();
        }
        await Task.WhenAll(_changed.Keys.Select(account => SaveAsync(account)));
    }

    public async ValueTask DisposeAsync()
    {
        await _ticker.DisposeAsync();
        await _owedTimer.DisposeAsync();
        Retention.Dispose();
        EntryIds.Dispose();
    }

    /// <summary>
    /// Ends the streams that log in as this user, or have and not yet bound a resource: by a password that no longer holds, or to an account
    /// that is gone, whose name somebody else may get next. The sessions are <see cref="SessionLifecycle.EndAllAsync"/>'s.
    /// </summary>
    internal void EndUnbound(BareJid user, StreamError error)
    {
        foreach (var (stream, _) in _streams)
        {
            if (stream.Session is null && user.Equals(stream.User ?? stream.Negotiation.Claimed))
            {
                stream.End(error, resumable: false);
            }
        }
    }

    /// <summary>Answers a session's stanza with an error, unless it is one that is never answered (RFC 6120 §8.3.1).</summary>
    internal static void Refuse(Session sender, Stanza stanza, StanzaError error)
    {
        if (!stanza.IsError && stanza is not Iq { Type: IqType.Result })
        {
            sender.Tell(stanza.ToError(error));
        }
    }

    /// <summary>Answers a request that came from a session of this server, wherever that is, with an error.</summary>
    internal void Answer(Iq request, StanzaError error)
    {
        if (request.From is FullJid from && Router.IsLocalAccount(from))
        {
            Router.FindLoaded(from.Bare)?.Post(new AccountAction(account =>
            {
                account.Sessions.Find(from.Resourcepart)?.Send(request.ToError(error));
                return default;
            }));
        }
    }

    /// <summary>The mailbox of this account has something to save; it is saved within a second or two.</summary>
    internal void MarkChanged(Account account) => _changed.TryAdd(account, 0);

    /// <summary>A session lost its link and may be resumed until its time is up.</summary>
    internal void MarkDetached(Session session) => _detached.TryAdd(session, 0);

    internal void UnmarkDetached(Session session) => _detached.TryRemove(session, out _);

    /// <summary>The client's question is answered with what is committed by then, if not before (design: at the latest after 100 ms).</summary>
    internal void OweAnswer(Session session)
    {
        _owed.Enqueue(session);
        if (Interlocked.Exchange(ref _owedArmed, 1) == 0)
        {
            _owedTimer.Change(TimeSpan.FromMilliseconds(90), Timeout.InfiniteTimeSpan);
        }
    }

    private void AnswerOwed()
    {
        Volatile.Write(ref _owedArmed, 0);
        while (_owed.TryDequeue(out var session))
        {
            session.Account.Post(new AnswerWork(session, evenInPart: true));
        }
    }

    // Once a second. It only looks; what there is to do is posted to the accounts.
    private void Tick()
    {
        var now = Time.GetUtcNow();
        foreach (var (stream, _) in _streams)
        {
            stream.Tick();
        }
        foreach (var (session, _) in _detached)
        {
            if (now - session.Since >= TimeSpan.FromSeconds(Options.Limits.ResumeSeconds))
            {
                session.Account.Post(new AccountAction(_ => session.Stream is null ? Sessions.EndAsync(session) : default));
            }
        }
        _ = SaveChangedAsync();
        Router.Trim();
    }

    // Some after the other: messages would wait while a thousand are saved at once.
    private async Task SaveChangedAsync()
    {
        var changed = _changed.Keys.ToArray();
        foreach (var some in changed.Chunk(Math.Max(LeastSaves, (changed.Length / SaveSteps) + 1)))
        {
            foreach (var account in some)
            {
                _ = SaveAsync(account);
            }
            await Task.Delay(TimeSpan.FromSeconds(0.8 / SaveSteps), Time);
        }
    }

    // The account says what to save and goes on: a slow database must not hold up what needs none.
    private async Task SaveAsync(Account account)
    {
        if (!_changed.TryRemove(account, out _))
        {
            return;
        }
        var save = new AccountRequest<(MailboxState State, IReadOnlyList<long> Expunged)?>(owner => new(owner.Exists ? owner.Mailbox.TakeChanges() : null));
        if (!account.Post(save) || await save.Result is not { } changes)
        {
            return;
        }
        var saved = false;
        var removed = 0L;
        try
        {
            removed = await Mailboxes.SaveStateAsync(account.Mailbox.Account, changes.State, changes.Expunged, CancellationToken.None);
            saved = true;
        }
        catch (Exception reason)
        {
            Log.NotSaved(_log, account.Jid, reason);
            _changed.TryAdd(account, 0);
        }
        account.Post(new AccountAction(owner =>
        {
            owner.Mailbox.Saved(changes.Expunged, saved, removed);
            WarnIfNearlyFull(owner);
            return default;
        }));
    }

    private void WarnIfNearlyFull(Account account)
    {
        var limit = Options.Limits.MailboxMegabytesPerAccount * 1_048_576L;
        if (limit > 0 && account.Exists && account.Mailbox.HasGrownPast(limit / 5 * 4))
        {
            Log.NearlyFull(_log, account.Jid, account.Mailbox.Bytes / 1_048_576, Options.Limits.MailboxMegabytesPerAccount);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "stopping: ending {Count} streams")]
        public static partial void Stopping(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} streams did not end in time")]
        public static partial void StillOpen(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message =
            "{Account}: the mailbox holds {Megabytes} of {Limit} MB (Limits:MailboxMegabytesPerAccount); when it is full, messages to it are refused")]
        public static partial void NearlyFull(ILogger logger, BareJid account, long megabytes, int limit);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Account}: what was delivered could not be saved; it is tried again")]
        public static partial void NotSaved(ILogger logger, BareJid account, Exception reason);
    }
}

/// <summary>The stores that the server needs.</summary>
public sealed record ServerStores(
    IAccountStore Accounts, IRosterStore Rosters, IMailboxStore Mailboxes, IArchiveStore Archive, IDocumentStore Documents, ISecretStore Secrets);

/// <summary>Secrets of this server that never change, kept in its database.</summary>
public sealed record ServerSecrets(byte[] EntryIdKey, byte[] DecoyKey)
{
    public static async ValueTask<ServerSecrets> LoadAsync(ISecretStore store, CancellationToken cancellation) => new(
        await store.GetOrCreateAsync("entry-ids", EntryIds.KeyBytes, cancellation),
        await store.GetOrCreateAsync("decoy-salts", 32, cancellation));
}
