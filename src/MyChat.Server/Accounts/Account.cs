using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;

namespace MyChat.Server.Accounts;

/// <summary>
/// An actor: one address of this server with its sessions, roster and mailbox. Everything posted to it runs one thing at a time; nothing
/// else may touch what it holds. It never waits for another account: it posts to it. An account is loaded when the first thing is posted,
/// while its queue waits. An address that nobody registered is an account that does not <see cref="Exists"/>: it answers as such.
/// </summary>
public sealed partial class Account : IThreadPoolWorkItem
{
    private const int MostPerTurn = 256;

    private readonly Lock _gate = new();
    private readonly AccountLoader _loader;
    private readonly ILogger<Account> _log;
    private readonly Dictionary<Type, object> _moduleStates = [];
    private readonly Dictionary<FullJid, int> _uncommitted = [];
    private List<IAccountWork> _waiting = [];
    private List<IAccountWork> _taken = [];
    private bool _scheduled;
    private bool _retired;
    private bool _loaded;

    internal Account(BareJid jid, AccountLoader loader, ILogger<Account> log)
    {
        Jid = jid;
        PeerKey = PeerKeys.Of(jid);
        _loader = loader;
        _log = log;
    }

    public BareJid Jid { get; }

    /// <summary>The address as logs name it.</summary>
    internal long PeerKey { get; }

    /// <summary>The id in the database; 0 when nobody registered this address.</summary>
    public long Id { get; private set; }

    public bool Exists => Id != 0;

    /// <summary>The bound resources, in the order in which they came.</summary>
    public SessionList Sessions { get; } = new();

    public Roster Roster { get; private set; } = null!;
    public Mailbox Mailbox { get; private set; } = null!;

    /// <summary>Which conversations the user wants kept (XEP-0441); null when it is the operator's choice.</summary>
    public ArchivePreferences? HistoryPreferences { get; set; }

    /// <summary>When something last happened here, in ticks of the router's clock; for the cache.</summary>
    internal long LastUsed { get; set; }

    /// <summary>What a module keeps about this account while it is loaded, or null.</summary>
    public T? Get<T>() where T : class => (T?)_moduleStates.GetValueOrDefault(typeof(T));

    public void Set<T>(T state) where T : class => _moduleStates[typeof(T)] = state;

    /// <summary>Whether the contact may know when this user is there (RFC 6121 §4).</summary>
    public bool SharesPresenceWith(BareJid contact) =>
        contact.Equals(Jid) || (Roster.Find(contact)?.State & SubscriptionState.From) == SubscriptionState.From;

    /// <summary>Whether messages of this session are on their way to this account's log: what needs no storage waits behind them.</summary>
    internal bool HasUncommitted(FullJid sender) => _uncommitted.ContainsKey(sender);

    /// <summary>How many they are.</summary>
    internal int UncommittedOf(FullJid sender) => _uncommitted.GetValueOrDefault(sender);

    internal void BeginUncommitted(FullJid sender)
    {
        _uncommitted[sender] = _uncommitted.GetValueOrDefault(sender) + 1;
        Mailbox.Uncommitted++;
    }

    internal void EndUncommitted(FullJid sender)
    {
        Mailbox.Uncommitted--;
        if (--CollectionsMarshal.GetValueRefOrNullRef(_uncommitted, sender) == 0)
        {
            _uncommitted.Remove(sender);
        }
    }

    /// <summary>Queues work; false when this object has left the cache and another must be asked for.</summary>
    internal bool Post(IAccountWork work)
    {
        lock (_gate)
        {
            if (_retired)
            {
                return false;
            }
            _waiting.Add(work);
            if (_scheduled)
            {
                return true;
            }
            _scheduled = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>Queues several pieces of work together.</summary>
    internal bool Post(List<IAccountWork> works)
    {
        lock (_gate)
        {
            if (_retired)
            {
                return false;
            }
            _waiting.AddRange(works);
            if (_scheduled)
            {
                return true;
            }
            _scheduled = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        return true;
    }

    /// <summary>Leaves the cache if nothing needs this object; true when it has.</summary>
    internal bool TryRetire()
    {
        lock (_gate)
        {
            if (_scheduled || _waiting.Count > 0 || (_loaded && Exists && (Sessions.Count > 0 || !Mailbox.IsIdle)))
            {
                return false;
            }
            _retired = true;
            return true;
        }
    }

    /// <summary>The account was deleted; whatever is posted later is answered as for an address that nobody has.</summary>
    internal void Forget()
    {
        Id = 0;
        _moduleStates.Clear();
        HistoryPreferences = null;
    }

    /// <summary>The account came to be while this object stood for an address that nobody had.</summary>
    internal void Reload() => _loaded = false;

    void IThreadPoolWorkItem.Execute() => _ = TakeTurnAsync();

    private async Task TakeTurnAsync()
    {
        var done = 0;
        while (Take())
        {
            foreach (var work in _taken)
            {
                await RunAsync(work);
            }
            done += _taken.Count;
            _taken.Clear();
            Flush();
            if (done >= MostPerTurn)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }
    }

    // Whatever goes wrong with one session, the account goes on.
    private void Flush()
    {
        try
        {
            Sessions.Flush();
        }
        catch (Exception reason)
        {
            Log.WorkFailed(_log, Jid, nameof(Flush), reason);
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _scheduled = false;
                return false;
            }
            (_waiting, _taken) = (_taken, _waiting);
            return true;
        }
    }

    private async ValueTask RunAsync(IAccountWork work)
    {
        try
        {
            if (!_loaded)
            {
                await LoadAsync();
            }
            var running = work.RunAsync(this);
            if (!running.IsCompletedSuccessfully)
            {
                Sessions.FlushOutputs(); // what is written must not wait for a database; the work itself goes on elsewhere meanwhile
                await running;
            }
        }
        catch (Exception reason)
        {
            Fail(work, reason);
        }
    }

    // Nothing may escape: nobody would take this account's turns any more.
    private void Fail(IAccountWork work, Exception reason)
    {
        Log.WorkFailed(_log, Jid, work.GetType().Name, reason);
        try
        {
            work.Fail(reason);
        }
        catch (Exception second)
        {
            Log.WorkFailed(_log, Jid, work.GetType().Name, second);
        }
    }

    private async ValueTask LoadAsync()
    {
        var data = await _loader.LoadAsync(this);
        (Id, Roster, Mailbox) = (data?.Id ?? 0, data?.Roster ?? new Roster(0, 0, []), data?.Mailbox ?? Mailbox.OfNobody);
        if (data is not null)
        {
            await _loader.LoadModulesAsync(this);
        }
        _loaded = true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Account}: {Work} failed")]
        public static partial void WorkFailed(ILogger logger, BareJid account, string work, Exception reason);
    }
}
