using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.History;
using MyChat.Client.Profiles;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Client;

/// <summary>What part of a <see cref="ChatClient"/> has changed; read the part's property for its new value.</summary>
[Flags]
public enum Changes
{
    None = 0,
    Status = 1,
    Contacts = 2,
    Notices = 4,
    Conversations = 8,
    Profiles = 16,
    Self = 32,
    /// <summary>The local store refuses (<see cref="ChatClient.StoreFault"/>).</summary>
    Store = 64,
}

/// <summary>
/// One account on this device: connection, friends, conversations. All properties are snapshots that never change once handed out and may be
/// read from any thread; commands may be called from any thread. Events are raised in order, outside of locks, never at the same time as
/// another of the same client; handlers return quickly.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    private readonly ClientContext _context;
    private readonly StatusBoard _status;
    private readonly StreamSession _session;
    private readonly ConnectionLoop _loop;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private int _state;

    public ChatClient(ChatOptions options, IClientStore store)
    {
        _context = new ClientContext(options, store);
        Contacts = _context.Contacts = new Contacts(_context);
        Notices = _context.Notices = new Notices(_context);
        Profiles = _context.Profiles = new ProfileBook(_context);
        Self = _context.Self = new Self(_context);
        Conversations = _context.Conversations = new ConversationList(_context);
        Search = new PeopleSearch(_context);
        MessageSearch = new MessageSearch(_context);
        IReadOnlyList<IClientPart> parts = [_context.Server, .. new object[] { Contacts, Notices, Profiles, Self, Conversations, Search }.OfType<IClientPart>()];
        _status = new StatusBoard(_context);
        _session = new StreamSession(_context, parts, _status);
        _loop = new ConnectionLoop(_context, _session, _status);
    }

    public BareJid Account => _context.Account;

    /// <summary>Where the connection stands.</summary>
    public ConnectionStatus Status => _status.Status;

    /// <summary>Why nothing is kept on this device at the moment (its storage is full, or broken), or null.</summary>
    public string? StoreFault => _context.StoreFault;

    /// <summary>The friends, and whoever is to become one.</summary>
    public Contacts Contacts { get; }

    /// <summary>Requests and notices that wait for the user: the verification inbox.</summary>
    public Notices Notices { get; }

    public ConversationList Conversations { get; }

    /// <summary>Names, signatures and pictures, the user's own among them.</summary>
    public ProfileBook Profiles { get; }

    /// <summary>The user's own presence, settings kept on the account, and other devices.</summary>
    public Self Self { get; }

    /// <summary>Finds people (XEP-0055).</summary>
    public PeopleSearch Search { get; }

    /// <summary>Finds messages, on the server and on this device.</summary>
    public MessageSearch MessageSearch { get; }

    public event Action<Changes>? Changed
    {
        add => _context.Changed += value;
        remove => _context.Changed -= value;
    }

    /// <summary>
    /// A new message for the user that was not seen anywhere yet, after it is stored: for notifications, and for bots. Not raised for carbons of
    /// one's own, duplicates, or history.
    /// </summary>
    public event Action<IncomingMessage>? MessageReceived
    {
        add => Conversations.Received += value;
        remove => Conversations.Received -= value;
    }

    /// <summary>The salted key of the log-in that just worked: what may be kept to log in again.</summary>
    public event Action<SaltedKey>? LoggedIn
    {
        add => _loop.LoggedIn += value;
        remove => _loop.LoggedIn -= value;
    }

    /// <summary>Loads what is stored, then connects in the background, again and again. Returns when the stored state can be shown.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.CompareExchange(ref _state, 1, 0) != 0)
        {
            throw new InvalidOperationException("A client is started once.");
        }
        using (await _context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            await _session.LoadAsync(cancellationToken).ConfigureAwait(false);
            _context.Loaded();
        }
        _running = Task.Run(() => _loop.RunAsync(_stopping.Token), CancellationToken.None);
    }

    /// <summary>Completes when the client is online; throws what stopped it for good.</summary>
    /// <exception cref="XmppException">It is <see cref="ConnectionPhase.Stopped"/>.</exception>
    public Task WhenOnlineAsync(CancellationToken cancellationToken = default) => _status.WhenOnlineAsync(cancellationToken);

    /// <summary>Connects now rather than at <see cref="ConnectionStatus.RetryAt"/>; also after <see cref="ConnectionPhase.Stopped"/>.</summary>
    public void Retry() => _loop.Wake();

    /// <summary>After a wrong password: another one.</summary>
    public void Retry(Credentials credentials) => _loop.Wake(credentials);

    /// <summary>The system says that the network came or went: hurries the next attempt, or a look at whether the link lives.</summary>
    public void NetworkChanged()
    {
        switch (Status.Phase)
        {
            case ConnectionPhase.Waiting:
                _loop.Wake();
                break;
            case ConnectionPhase.CatchingUp or ConnectionPhase.Online:
                _session.Hurry();
                break;
        }
    }

    /// <summary>Makes an account (XEP-0077) without logging in.</summary>
    /// <exception cref="StanzaErrorException">Refused: <c>conflict</c>, the name is taken; <c>not-acceptable</c>, the name or password cannot be;
    /// <c>not-allowed</c>, registration is closed; <c>resource-constraint</c>, too many from this address.</exception>
    /// <exception cref="XmppException">The server cannot be reached, or is not trusted.</exception>
    public static Task RegisterAsync(ChatOptions options, string password, CancellationToken cancellationToken = default) =>
        AccountRequests.RegisterAsync(options, password, cancellationToken);

    /// <summary>Changes the password (XEP-0077 §3.3). The server ends the account's other sessions.</summary>
    /// <exception cref="StanzaErrorException">Refused.</exception>
    public Task ChangePasswordAsync(string password, CancellationToken cancellationToken = default) =>
        _loop.ChangePasswordAsync(password, cancellationToken);

    /// <summary>Says goodbye: unavailable, closes the stream. What waits to be sent stays in the store.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        _status.Set(new ConnectionStatus(ConnectionPhase.Offline));
    }

    /// <summary>Stops, and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _state, 2) == 2)
        {
            return;
        }
        await StopAsync().ConfigureAwait(false);
        await _context.StopWorkAsync().ConfigureAwait(false);
        await _context.Store.DisposeAsync().ConfigureAwait(false);
        _loop.Dispose();
        _session.Dispose();
        _context.Dispose();
        _stopping.Dispose();
    }
}
