using System.Reflection;
using MyChat.Server.Accounts;
using MyChat.Server.Streams;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Modules;

/// <summary>Where a module says what it does. Everything said here is data; the table of modules checks it when the server starts.</summary>
public sealed class ModuleBuilder
{
    private readonly ModuleTable _table;
    private readonly string _module;

    internal ModuleBuilder(ModuleTable table, IXmppModule module)
    {
        _table = table;
        _module = module.GetType().Name;
        table.Xeps.AddRange(module.GetType().GetCustomAttributes<XepAttribute>().Select(xep => (module.GetType(), xep)));
    }

    /// <summary>A feature that service discovery names (XEP-0030), for the server or on behalf of accounts.</summary>
    public ModuleBuilder Feature(string name, IqTargets where = IqTargets.Server)
    {
        _table.Features.Add((name, where));
        return this;
    }

    /// <summary>Something that the server, or each account, also is (XEP-0030 §3.1): a category and type of the registry.</summary>
    public ModuleBuilder Identity(string category, string type, IqTargets where = IqTargets.Server)
    {
        _table.Identities.Add((category, type, where));
        return this;
    }

    /// <summary>An extension of service discovery (XEP-0128) about the server.</summary>
    public ModuleBuilder ServerInformation(Func<XmppServer, Element?> form)
    {
        _table.ServerForms.Add(form);
        return this;
    }

    /// <summary>Answers requests; exactly one handler may answer a payload at a target.</summary>
    public ModuleBuilder OnIq(IqType type, IqTargets targets, XName payload, IqHandler handler)
    {
        _table.AddIq(type, targets, payload, _module, handler);
        return this;
    }

    /// <summary>
    /// Answers requests to the own account that read the log, and so may take long: beside the account's turn, when what the session sent
    /// before is committed, one after the other. The answer comes behind everything that the session has been given.
    /// </summary>
    public ModuleBuilder OnQuery(IqType type, XName payload, IqHandler handler)
    {
        _table.AddIq(type, IqTargets.Self, payload, _module, handler, isBeside: true);
        return this;
    }

    /// <summary>Answers requests of those who have not logged in.</summary>
    public ModuleBuilder OnStrangerIq(IqType type, XName payload, StrangerIqHandler handler)
    {
        _table.AddStrangerIq(type, payload, _module, handler);
        return this;
    }

    public ModuleBuilder OnMessage(Direction direction, MessageStage stage, MessageType[] types, MessageHandler handler)
    {
        _table.AddMessage(direction, stage, types, handler);
        return this;
    }

    /// <summary>Refuses stanzas of any kind, before anything else is done with them.</summary>
    public ModuleBuilder OnStanza(Direction direction, StanzaGuard guard)
    {
        (direction == Direction.Outbound ? _table.OutboundGuards : _table.InboundGuards).Add(guard);
        return this;
    }

    /// <summary>Looks at everything that others say before it is written to a session.</summary>
    public ModuleBuilder OnForward(ForwardFilter filter)
    {
        _table.ForwardFilters.Add(filter);
        return this;
    }

    public ModuleBuilder OnNonza(XName name, NonzaHandler handler)
    {
        if (!_table.Nonzas.TryAdd(name, handler))
        {
            throw new InvalidOperationException($"{_module}: another module already answers <{name.Local} xmlns='{name.Ns}'/>.");
        }
        return this;
    }

    /// <summary>A stream feature (RFC 6120 §4.3.2), before or after log-in; null leaves it out.</summary>
    public ModuleBuilder StreamFeature(bool afterLogin, Func<ClientStream, Element?> feature)
    {
        (afterLogin ? _table.FeaturesAfterLogin : _table.FeaturesBeforeLogin).Add(feature);
        return this;
    }

    /// <summary>Runs when an account comes into memory, before anything else happens in it.</summary>
    public ModuleBuilder OnAccountLoad(Func<XmppServer, Account, ValueTask> load)
    {
        _table.AccountLoaders.Add(load);
        return this;
    }

    /// <summary>Runs when a session was resumed on a new stream (XEP-0198 §5), after everything unacknowledged was queued again.</summary>
    public ModuleBuilder OnResumed(Action<Session> handler)
    {
        _table.ResumedHandlers.Add(handler);
        return this;
    }

    /// <summary>Runs when a session sends its first presence after it had none.</summary>
    public ModuleBuilder OnAvailable(Action<Session> handler)
    {
        _table.AvailableHandlers.Add(handler);
        return this;
    }

    /// <summary>Runs each time that a session tells everybody its presence, after they were told.</summary>
    public ModuleBuilder OnPresence(Action<Session, Presence> handler)
    {
        _table.PresenceHandlers.Add(handler);
        return this;
    }

    /// <summary>Runs in the account whose presence a contact may see from now on, after the contact was told who is there.</summary>
    public ModuleBuilder OnShown(Action<XmppServer, Account, BareJid> handler)
    {
        _table.ShownHandlers.Add(handler);
        return this;
    }

    /// <summary>Takes what clients answer to requests that the module sent as the server: those whose id begins with this.</summary>
    public ModuleBuilder OnAnswer(string idPrefix, Action<Session, Iq> handler)
    {
        _table.AnswerHandlers.Add((idPrefix, handler));
        return this;
    }

    /// <summary>
    /// What service discovery lists of an account beside its sessions (XEP-0030 §4), for the one who asks: at no node, or at a node; null when
    /// there is no such node for this one.
    /// </summary>
    public ModuleBuilder AccountItems(AccountItems items)
    {
        _table.AccountItems.Add(items);
        return this;
    }

    /// <summary>What service discovery tells of a node of an account, to those who share presence; null when it is none of the module's.</summary>
    public ModuleBuilder AccountNode(AccountNode node)
    {
        _table.AccountNodes.Add(node);
        return this;
    }

    /// <summary>Runs when an available session becomes unavailable, by word or by loss; the last presence status is given.</summary>
    public ModuleBuilder OnUnavailable(Action<Session, Presence?> handler)
    {
        _table.UnavailableHandlers.Add(handler);
        return this;
    }
}
