using MyChat.Server.Mailboxes;
using MyChat.Server.Modules;
using MyChat.Server.Routing;
using MyChat.Server.Streams;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Accounts;

/// <summary>
/// A bound resource (RFC 6120 §7). It outlives its connection while the stream can be resumed (XEP-0198). Only its account touches it,
/// except where a member says otherwise.
/// </summary>
public sealed class Session
{
    private readonly Dictionary<Type, object> _moduleStates = [];
    private readonly AnswerWork _answer;

    internal Session(Account account, FullJid jid, XmppServer server, ClientStream stream)
    {
        (Account, Jid, Server, Stream) = (account, jid, server, stream);
        Delivery = new SessionDelivery(this);
        Queries = new SessionQueries(this);
        _answer = new AnswerWork(this, evenInPart: false);
    }

    public XmppServer Server { get; }
    public Account Account { get; }
    public FullJid Jid { get; }

    /// <summary>The connection, or null while the link is lost and the stream may be resumed.</summary>
    public ClientStream? Stream { get; private set; }

    /// <summary>The presence that the user's contacts were last told, or null when unavailable.</summary>
    public Presence? Presence { get; internal set; }

    /// <summary>RFC 6121 §4.7.2.3; below zero nothing that is sent to the bare JID comes here.</summary>
    public int Priority { get; internal set; }

    public bool IsAvailable => Presence is not null;
    public bool ReceivesBare => IsAvailable && Priority >= 0;

    /// <summary>Whether the client asked for the roster, and so gets its pushes and requests (RFC 6121 §2.1.6).</summary>
    public bool IsInterested { get; internal set; }

    /// <summary>Those who were sent directed presence (RFC 6121 §4.6).</summary>
    public IReadOnlyCollection<Jid> SentPresenceTo => Directed;

    internal HashSet<Jid> Directed { get; } = [];

    /// <summary>When the session was bound or last lost its link.</summary>
    public DateTimeOffset Since { get; internal set; }

    internal SessionDelivery Delivery { get; }

    /// <summary>What it asked that is answered beside the account's turn.</summary>
    internal SessionQueries Queries { get; }

    /// <summary>What it sent that is not committed yet.</summary>
    internal OwnMessages OwnMessages { get; } = new();

    internal bool HasEnded { get; private set; }

    /// <summary>Whether it ended because its user has no right to be here any more: what it sent and nobody looked at yet is dropped.</summary>
    internal bool IsRevoked { get; set; }

    /// <summary>Stream management (XEP-0198), null until the client enables it.</summary>
    internal StreamManagement? Management { get; set; }

    /// <summary>What a module keeps about this session, or null.</summary>
    public T? Get<T>() where T : class => (T?)_moduleStates.GetValueOrDefault(typeof(T));

    public void Set<T>(T state) where T : class => _moduleStates[typeof(T)] = state;

    public void Remove<T>() where T : class => _moduleStates.Remove(typeof(T));

    /// <summary>Sends what the server itself says: a reply, a push.</summary>
    public void Send(Stanza stanza) => Delivery.Send(stanza);

    /// <summary>Sends what the server itself says, from wherever that is said.</summary>
    internal void Tell(Stanza stanza) =>
        Account.Post(new AccountAction(_ =>
        {
            Send(stanza);
            return default;
        }));

    /// <summary>Sends what somebody else says, behind what of theirs still waits.</summary>
    public void Forward(Stanza stanza)
    {
        if (Server.Modules.MaySendNow(this, new Forwarding(stanza, EntryForm.Direct)))
        {
            Delivery.Forward(stanza);
        }
    }

    /// <summary>Sends what a filter held back, past all filters.</summary>
    public void Release(Forwarding held)
    {
        var stanza = held.Stanza ?? throw new ArgumentException("A stored message is never held back.", nameof(held));
        if (held.Form == EntryForm.Direct)
        {
            Delivery.Forward(stanza);
        }
        else
        {
            Delivery.OfferUnstored(MessageTransit.Serialize((Message)stanza), held.Form);
        }
    }

    /// <summary>The stanza of this number is committed, or refused with an answer. Safe from anywhere.</summary>
    internal void Finish(uint number)
    {
        if (number != 0 && Management is { } management && management.Inbound.Finish(number) && management.Owed)
        {
            _answer.Post();
        }
    }

    internal void Attach(ClientStream stream) => Stream = stream;

    internal void Detach(DateTimeOffset now)
    {
        Stream = null;
        Since = now;
    }

    /// <summary>Sends what was written so far without waiting for the end of the account's turn.</summary>
    public void Flush() => Delivery.Flush();

    internal void MarkEnded()
    {
        HasEnded = true;
        Stream = null;
    }
}
