using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Server.Streams;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>
/// XEP-0352: Client State Indication: while nobody looks at a client, the newest presence of each contact and the newest chat state of each
/// conversation wait, until something comes that is worth waking the radio for; then all goes out, in the order in which it came.
/// </summary>
[Xep(352, "1.0.0")]
public sealed class ClientStateIndication : IXmppModule
{
    private const int MostBytes = 4096;

    /// <summary>What may wait for one session; when it would be more, all goes out. 0 switches the waiting off.</summary>
    public int MostHeld { get; init; } = 256;

    public void Configure(ModuleBuilder module) => module
        .StreamFeature(afterLogin: true, _ => new Element(ClientState.Feature))
        .OnNonza(ClientState.Inactive, (session, _) => Begin(session))
        .OnNonza(ClientState.Active, (session, _) => End(session))
        .OnResumed(End) // §5.2: a resumed stream is active
        .OnUnavailable((session, _) => session.Get<Waiting>()?.ForgetPresence())
        .OnForward(MaySendNow);

    private static void Begin(Session session)
    {
        if (session.Get<Waiting>() is null)
        {
            session.Set(new Waiting());
        }
    }

    private static void End(Session session)
    {
        session.Get<Waiting>()?.ReleaseTo(session);
        session.Remove<Waiting>();
    }

    private bool MaySendNow(Session session, Forwarding forwarding)
    {
        if (session.Get<Waiting>() is not { } waiting || (forwarding.Stanza is Presence own && own.From == session.Jid))
        {
            return true; // what clients hear of themselves they may wait for
        }
        if (KeyOf(forwarding.Stanza) is { } key && waiting.TryHold(key, forwarding, MostHeld))
        {
            return false;
        }
        waiting.ReleaseTo(session);
        return true;
    }

    /// <summary>Of two with the same key only the newer is worth telling; null for what cannot wait.</summary>
    private static Key? KeyOf(Stanza? stanza) => stanza switch
    {
        { Payload.Utf8.Length: > MostBytes } => null, // memory that somebody else fills
        Presence { Type: PresenceType.Available or PresenceType.Unavailable } presence => new Key(IsPresence: true, presence.From!, null),
        Message message when ChatStates.IsAlone(message) => new Key(IsPresence: false, message.From!, message.To!.Bare),
        _ => null,
    };

    private sealed record Key(bool IsPresence, Jid From, BareJid? To);

    /// <summary>What waits for a session whose client is inactive, in the order in which it came.</summary>
    private sealed class Waiting
    {
        private readonly OrderedDictionary<Key, Forwarding> _held = [];

        public bool TryHold(Key key, Forwarding forwarding, int most)
        {
            _held.Remove(key); // the newer one takes its own place in the order
            return _held.Count < most && _held.TryAdd(key, forwarding);
        }

        public void ReleaseTo(Session session)
        {
            foreach (var forwarding in _held.Values)
            {
                session.Release(forwarding);
            }
            _held.Clear();
        }

        /// <summary>A client that went offline learns who is there when it comes back; what waited would be out of date by then.</summary>
        public void ForgetPresence()
        {
            foreach (var key in _held.Keys.Where(key => key.IsPresence).ToArray())
            {
                _held.Remove(key);
            }
        }
    }
}
