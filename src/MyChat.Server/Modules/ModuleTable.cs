using MyChat.Server.Accounts;
using MyChat.Server.Streams;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Modules;

/// <summary>Everything that the loaded modules declared, ready to be looked up.</summary>
public sealed class ModuleTable
{
    private static readonly int Types = Enum.GetValues<MessageType>().Length;
    private static readonly int Stages = Enum.GetValues<MessageStage>().Length;

    private readonly Dictionary<(IqType, IqTargets, XName), (string Module, IqHandler Handler, bool IsBeside)> _iqs = [];
    private readonly Dictionary<(IqType, XName), StrangerIqHandler> _strangerIqs = [];
    private readonly List<MessageHandler>?[] _messages = new List<MessageHandler>?[2 * Stages * Types];

    public ModuleTable(IEnumerable<IXmppModule> modules)
    {
        foreach (var module in modules)
        {
            module.Configure(new ModuleBuilder(this, module));
        }
    }

    /// <summary>The XEPs of the loaded modules.</summary>
    public List<(Type Module, XepAttribute Xep)> Xeps { get; } = [];

    public List<(string Name, IqTargets Where)> Features { get; } = [];

    public List<(string Category, string Type, IqTargets Where)> Identities { get; } = [];

    /// <summary>Extensions of the server's disco#info (XEP-0128).</summary>
    public List<Func<XmppServer, Element?>> ServerForms { get; } = [];

    /// <summary>What service discovery lists of accounts.</summary>
    public List<AccountItems> AccountItems { get; } = [];

    /// <summary>What service discovery tells of accounts' nodes.</summary>
    public List<AccountNode> AccountNodes { get; } = [];

    internal List<StanzaGuard> OutboundGuards { get; } = [];
    internal List<StanzaGuard> InboundGuards { get; } = [];
    internal List<ForwardFilter> ForwardFilters { get; } = [];
    internal Dictionary<XName, NonzaHandler> Nonzas { get; } = [];
    internal List<Func<ClientStream, Element?>> FeaturesBeforeLogin { get; } = [];
    internal List<Func<ClientStream, Element?>> FeaturesAfterLogin { get; } = [];
    internal List<Func<XmppServer, Account, ValueTask>> AccountLoaders { get; } = [];
    internal List<Action<Session>> ResumedHandlers { get; } = [];
    internal List<Action<Session>> AvailableHandlers { get; } = [];
    internal List<Action<Session, Presence?>> UnavailableHandlers { get; } = [];
    internal List<Action<Session, Presence>> PresenceHandlers { get; } = [];
    internal List<Action<XmppServer, Account, Xmpp.Jids.BareJid>> ShownHandlers { get; } = [];
    internal List<(string IdPrefix, Action<Session, Iq> Handler)> AnswerHandlers { get; } = [];

    internal IqHandler? FindIq(IqType type, IqTargets target, XName payload, out bool isBeside)
    {
        (_, var handler, isBeside) = _iqs.GetValueOrDefault((type, target, payload));
        return handler;
    }

    internal StrangerIqHandler? FindStrangerIq(IqType type, XName payload) => _strangerIqs.GetValueOrDefault((type, payload));

    /// <summary>Runs the handlers of a stage, in the order of the modules, until one refuses or drops the message.</summary>
    internal void Run(Direction direction, MessageStage stage, Routing.MessageTransit message)
    {
        if (_messages[Slot(direction, stage, message.Message.Type)] is not { } handlers)
        {
            return;
        }
        foreach (var handler in handlers)
        {
            handler(message);
            if (message.IsOver)
            {
                return;
            }
        }
    }

    /// <summary>Gives an answer to the module that asked, if any did.</summary>
    internal void Answered(Session session, Iq answer)
    {
        foreach (var (prefix, handler) in AnswerHandlers)
        {
            if (answer.Id!.StartsWith(prefix, StringComparison.Ordinal))
            {
                handler(session, answer);
                return;
            }
        }
    }

    internal static StanzaError? Guard(List<StanzaGuard> guards, Account account, Xmpp.Jids.Jid other, Stanza stanza)
    {
        foreach (var guard in guards)
        {
            if (guard(account, other, stanza) is { } error)
            {
                return error;
            }
        }
        return null;
    }

    internal bool MaySendNow(Session session, Forwarding forwarding)
    {
        foreach (var filter in ForwardFilters)
        {
            if (!filter(session, forwarding))
            {
                return false;
            }
        }
        return true;
    }

    internal void AddIq(IqType type, IqTargets targets, XName payload, string module, IqHandler handler, bool isBeside = false)
    {
        foreach (var target in Enum.GetValues<IqTargets>().Where(target => targets.HasFlag(target)))
        {
            if (!_iqs.TryAdd((type, target, payload), (module, handler, isBeside)))
            {
                throw new InvalidOperationException(
                    $"{_iqs[(type, target, payload)].Module} and {module} both answer iq {type} {payload} for {target}; one must go.");
            }
        }
    }

    internal void AddStrangerIq(IqType type, XName payload, string module, StrangerIqHandler handler)
    {
        if (!_strangerIqs.TryAdd((type, payload), handler))
        {
            throw new InvalidOperationException($"{module}: another module already answers iq {type} {payload} before log-in.");
        }
    }

    internal void AddMessage(Direction direction, MessageStage stage, MessageType[] types, MessageHandler handler)
    {
        foreach (var type in types)
        {
            (_messages[Slot(direction, stage, type)] ??= []).Add(handler);
        }
    }

    private static int Slot(Direction direction, MessageStage stage, MessageType type) =>
        ((((int)direction * Stages) + (int)stage) * Types) + (int)type;
}
