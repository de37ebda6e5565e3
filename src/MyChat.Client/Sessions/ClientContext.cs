using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Profiles;
using MyChat.Client.Roster;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Sessions;

/// <summary>
/// A part of the client (roster, notices, conversations …). The client calls one method of one part at a time, in the order of
/// <see cref="ChatClient"/>'s list. <see cref="LoadAsync"/>, <see cref="ReceiveAsync"/> and <see cref="Reset"/> are called inside a turn
/// (<see cref="ClientContext.EnterAsync"/>): they must not take one, nor wait for the server. <see cref="PrepareAsync"/> and
/// <see cref="ReadyAsync"/> may wait for the server and are called outside: they take a turn to change something, as commands do.
/// </summary>
internal interface IClientPart
{
    /// <summary>Once, before anything is connected: takes from the store what is to be shown at once.</summary>
    ValueTask LoadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A new stream (not a resumed one) is there and initial presence is not sent: fetch the roster, turn carbons on … No stanza is given to
    /// <see cref="ReceiveAsync"/> before <see cref="ReadyAsync"/> of the last part returned. What is thrown ends the connection; it is tried again.
    /// </summary>
    ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Initial presence was sent, or the stream was resumed. What takes long belongs into <see cref="ClientContext.Run"/>.</summary>
    ValueTask ReadyAsync(bool resumed, CancellationToken cancellationToken);

    /// <summary>Looks at a stanza; true: it is dealt with and no later part sees it. What it commits is in the store before the stanza counts as
    /// handled (XEP-0198). What is thrown is reported, and the stanza counts as dealt with.</summary>
    ValueTask<bool> ReceiveAsync(Stanza stanza, CancellationToken cancellationToken);

    /// <summary>The stream is lost and cannot be resumed: nobody is known to be online any more.</summary>
    void Reset();
}

/// <summary>What the parts of one client share.</summary>
internal sealed class ClientContext : IDisposable
{
    /// <summary>How often a store that refused is offered again what it did not take.</summary>
    private static readonly TimeSpan OfferAgain = TimeSpan.FromSeconds(30);

    private readonly Turns _turns;
    private readonly SteadyStore _store;
    private readonly ITimer _offering;
    private volatile XmppConnection? _connection;
    private volatile FullJid? _jid;
    private DateTimeOffset _began;

    public ClientContext(ChatOptions options, IClientStore store)
    {
        Options = options;
        _turns = new Turns(options);
        _store = new SteadyStore(store, () => Raise(Changes.Store));
        _offering = options.Time.CreateTimer(_ => OfferStore(), null, OfferAgain, OfferAgain);
        Server = new ServerFacts(this);
    }

    public ChatOptions Options { get; }
    public BareJid Account => Options.Account;

    /// <summary>The device's store; what it refuses is kept in memory.</summary>
    public IClientStore Store => _store;

    /// <inheritdoc cref="ChatClient.StoreFault"/>
    public string? StoreFault => _store.Fault;

    /// <summary>From here on a store that cannot be read counts as one that is empty.</summary>
    public void Loaded() => _store.MustRead = false;

    /// <summary>The parts; not yet set while they are constructed.</summary>
    public Contacts Contacts { get; set; } = null!;
    public Notices Notices { get; set; } = null!;
    public ProfileBook Profiles { get; set; } = null!;
    public Self Self { get; set; } = null!;
    public ConversationList Conversations { get; set; } = null!;

    public ServerFacts Server { get; }

    /// <summary>Told after the turn, by <see cref="Raise(Changes)"/>.</summary>
    public event Action<Changes>? Changed
    {
        add => _turns.Changed += value;
        remove => _turns.Changed -= value;
    }

    /// <summary>The bound resource; null before the first log-in.</summary>
    public FullJid? Jid => _jid;

    /// <summary>Whether a stream is up (requests make sense).</summary>
    public bool IsConnected => _connection is not null;

    /// <summary>Now by the server's clock (XEP-0202), as far as it is known.</summary>
    public DateTimeOffset Now => Options.Time.GetUtcNow() + Server.ClockOffset;

    /// <summary>Nothing that comes as new was sent before this, by the server's clock: the stream began then.</summary>
    public DateTimeOffset StreamBegan => _began + Server.ClockOffset - ServerFacts.ClockBlur;

    /// <summary>The stream that is up, or null.</summary>
    public XmppConnection? Connection
    {
        get => _connection;
        set
        {
            _connection = value;
            _jid = value?.Jid ?? _jid;
            _began = value is { Resumed: false } ? Options.Time.GetUtcNow() : _began;
        }
    }

    /// <summary>Whether the account's server or domain has a feature (XEP-0030): of the domain, or of the account itself.</summary>
    public bool ServerHas(string feature) => Server.Has(feature);

    /// <inheritdoc cref="XmppConnection.RequestAsync"/>
    public Task<Iq> RequestAsync(Iq request, CancellationToken cancellationToken) => Connected().RequestAsync(request, cancellationToken);

    /// <summary>Sends a stanza on the stream; with stream management it survives a resumption.</summary>
    /// <exception cref="XmppException">There is no connection.</exception>
    public ValueTask SendAsync(Stanza stanza, CancellationToken cancellationToken) => Connected().SendAsync(stanza, cancellationToken);

    /// <summary>Puts a stanza on the stream in the order of the turns, to be sent after this one; false when there is no connection.</summary>
    /// <param name="mark">
    /// What <see cref="StreamManagement.TakeConfirmed"/> tells once the server has it. The message itself: it is posted again on the next stream,
    /// when this one is lost before.
    /// </param>
    public bool Post(Stanza stanza, object? mark = null)
    {
        if (_connection is not { } connection)
        {
            return false;
        }
        try
        {
            connection.Post(stanza, mark);
        }
        catch (XmppException)
        {
            return false;
        }
        Run(_ => FlushAsync(connection));
        return true;
    }

    private static async Task FlushAsync(XmppConnection connection)
    {
        try
        {
            await connection.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (XmppException)
        {
            // Lost, as the reader finds out; with stream management the stanza goes with the next connection.
        }
    }

    /// <summary>The turn of one command, or of stanzas that came together: state is changed and the store written only inside. Not re-entrant; never held while waiting for an answer.</summary>
    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken) => _turns.EnterAsync(cancellationToken);

    /// <summary>Commits inside a turn. A store that refuses is told as <see cref="ChatClient.StoreFault"/>; the client goes on in memory.</summary>
    public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // What is begun is finished: memory and store must say the same.
        return _store.CommitAsync(batch, CancellationToken.None);
    }

    /// <summary>Until it is disposed of, what is committed is only noted, and seen by whoever reads; then it is one commit. Inside a turn.</summary>
    public IAsyncDisposable CommitTogether() => _store.CommitTogether();

    /// <summary>Searches this device; a page at a time, in a turn of its own.</summary>
    public async Task<IReadOnlyList<ChatMessage>> SearchAsync(string text, BareJid? contact, long before, int count, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await _store.SearchAsync(text, contact, before, count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells the outside after the turn; several in a turn are told as one. Outside of a turn it is told at once.</summary>
    public void Raise(Changes changes) => _turns.Raise(changes);

    /// <summary>
    /// Raises another event after the turn, in order with the others: <c>context.Raise(() => Arrived?.Invoke(notice))</c>. The same delegate several
    /// times in a turn is called once.
    /// </summary>
    public void Raise(Action raise) => _turns.Raise(raise);

    /// <summary>Runs something after the turn that waits for answers (fetching a profile); its failure is reported, its end awaited at the stop.</summary>
    public void Run(Func<CancellationToken, Task> work) => _turns.Run(work);

    /// <summary>Ends what <see cref="Run"/> started, and waits for it.</summary>
    public ValueTask StopWorkAsync() => _turns.StopAsync();

    public void Dispose()
    {
        _offering.Dispose();
        _turns.Dispose();
    }

    private void OfferStore()
    {
        if (StoreFault is not null)
        {
            Run(OfferAgainAsync);
        }
    }

    private async Task OfferAgainAsync(CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(cancellationToken).ConfigureAwait(false);
        await _store.TryAgainAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private XmppConnection Connected() => _connection ?? throw new XmppException("There is no connection.");
}
