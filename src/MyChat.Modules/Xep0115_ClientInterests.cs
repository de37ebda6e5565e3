using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>
/// Which nodes the clients of sessions want to hear of: the features with <c>+notify</c> of their entity capabilities (XEP-0115). The server asks
/// a session whose capabilities it does not know, once, and believes the answer for everybody when it has the hash that was told, else for
/// that session alone (§5.4).
/// </summary>
/// <param name="learned">What to do when a session turns out to want nodes that it was not known to want since it came.</param>
internal sealed class ClientInterests(Action<Session, IReadOnlyCollection<string>> learned)
{
    public const string IdPrefix = "caps-";

    /// <summary>Nodes that a client may want; what goes beyond is not looked at.</summary>
    public const int MostNodes = 100;

    private const int LongestName = 1024;
    private const int MostKnown = 1000;
    private static readonly FrozenSet<string> Nothing = [];
    private static readonly ConditionalWeakTable<XmppServer, ConcurrentDictionary<string, FrozenSet<string>>> _known = [];

    public static bool Wants(Session session, string node) => session.Get<State>()?.Nodes.Contains(node) == true;

    public static IReadOnlyCollection<string> Of(Session session) => session.Get<State>()?.Nodes ?? Nothing;

    /// <summary>A session told its presence.</summary>
    public void Look(Session session, Presence presence)
    {
        if (KeyOf(presence) is not { } key)
        {
            session.Get<State>()?.Become("", Nothing);
            return;
        }
        var state = session.Get<State>();
        if (state is null)
        {
            session.Set(state = new State());
        }
        if (state.Key == key)
        {
            return;
        }
        if (Known(session).TryGetValue(key, out var nodes))
        {
            Become(session, state, key, nodes);
            return;
        }
        state.Become(key, Nothing);
        Ask(session, state, presence.Payload.Child(EntityCapabilities.C)!); // KeyOf saw it
    }

    /// <summary>A session answered.</summary>
    public void Learn(Session session, Iq answer)
    {
        if (session.Get<State>() is not { } state || state.Question is null || state.Question != answer.Id)
        {
            return;
        }
        state.Question = null;
        if (answer.Type != IqType.Result || answer.Payload.Child(Disco.Info) is not { } info)
        {
            return;
        }
        var nodes = info.Children(Disco.Feature)
            .Select(feature => feature["var"] ?? "")
            .Where(name => name.Length <= LongestName && name.EndsWith(PubSub.Notify, StringComparison.Ordinal))
            .Take(MostNodes)
            .Select(name => name[..^PubSub.Notify.Length])
            .ToFrozenSet();
        if (state.Key == "sha-1 " + EntityCapabilities.Verify(info))
        {
            Remember(session, state.Key, nodes);
        }
        Become(session, state, state.Key, nodes);
    }

    /// <summary>A session is not there any more: when it comes back, it is new.</summary>
    public static void Forget(Session session, Presence? word) => session.Remove<State>();

    private static ConcurrentDictionary<string, FrozenSet<string>> Known(Session session) => _known.GetValue(session.Server, static _ => new());

    private static void Remember(Session session, string key, FrozenSet<string> nodes)
    {
        var known = Known(session);
        if (known.Count >= MostKnown)
        {
            known.Clear(); // who is asked again answers again
        }
        known[key] = nodes;
    }

    // The one who asks is the server, and who answers is the session itself: an id that nobody else could know is not needed.
    private static void Ask(Session session, State state, Element capabilities)
    {
        state.Question = IdPrefix + (++state.Questions).ToString(CultureInfo.InvariantCulture);
        session.Send(new Iq
        {
            Type = IqType.Get,
            From = session.Server.Domain,
            To = session.Jid,
            Id = state.Question,
            Payload = new Payload(new Element(Disco.Info, ("node", $"{capabilities["node"]}#{capabilities["ver"]}"))), // XEP-0115 §6.2
        });
    }

    private void Become(Session session, State state, string key, FrozenSet<string> nodes)
    {
        state.Become(key, nodes);
        var added = state.Meet(nodes);
        if (added.Count > 0)
        {
            learned(session, added);
        }
    }

    /// <summary>What the capabilities are known by; null when there are none, or none of the present form (§4).</summary>
    private static string? KeyOf(Presence presence) =>
        presence.Payload.Mentions("http://jabber.org/protocol/caps"u8)
        && presence.Payload.Child(EntityCapabilities.C) is { } c
        && c["hash"] is { Length: > 0 and <= 64 } hash && c["ver"] is { Length: > 0 and <= 256 } ver && c["node"] is { Length: <= LongestName }
            ? $"{hash} {ver}"
            : null;

    /// <summary>What is known of a session while it is there.</summary>
    private sealed class State
    {
        private const int MostMet = 4 * MostNodes;
        private readonly HashSet<string> _met = [];

        public string Key { get; private set; } = "";
        public FrozenSet<string> Nodes { get; private set; } = Nothing;
        public string? Question { get; set; }
        public int Questions { get; set; }

        public void Become(string key, FrozenSet<string> nodes) => (Key, Nodes, Question) = (key, nodes, null);

        /// <summary>Those that are wanted for the first time: a client that changes its mind back and forth is not told everything again.</summary>
        public List<string> Meet(FrozenSet<string> nodes) => [.. nodes.Where(node => _met.Count < MostMet && _met.Add(node))];
    }
}
