using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>
/// XEP-0163: Personal Eventing Protocol: every account publishes at nodes of its own (XEP-0060), and those who see its presence hear of it, as far
/// as their clients want to. What is for the user alone is private storage (XEP-0223).
/// </summary>
[Xep(60, "1.30.0", Note = "For accounts (XEP-0163). No explicit subscriptions, affiliations or collections; an answer has at most 1 MiB of the newest items.")]
[Xep(163, "1.2.2", Note = "Access: presence, open, whitelist (the owner alone). Subscriptions are those to presence.")]
[Xep(222, "1.0", Note = "By publish-options.")]
[Xep(223, "1.1.1", Note = "By publish-options.")]
public sealed class PersonalEventing : IXmppModule
{
    private const IqTargets Accounts = IqTargets.Self | IqTargets.Contact;
    private const IqTargets Everybody = Accounts | IqTargets.Nobody; // strangers cannot tell who has an account
    private static readonly StanzaError NotYours = new(StanzaErrorCondition.Forbidden);
    private static readonly StanzaError Unknown = new(StanzaErrorCondition.BadRequest);

    /// <summary>What of XEP-0060 §10 there is.</summary>
    private static readonly string[] Features =
    [
        "access-open", "access-presence", "access-whitelist", "auto-create", "auto-subscribe", "config-node", "config-node-max",
        "create-and-configure", "create-nodes", "delete-items", "delete-nodes", "filtered-notifications", "item-ids", "last-published", "multi-items",
        "persistent-items", "presence-subscribe", "publish", "publish-options", "retract-items", "retrieve-default", "retrieve-items",
    ];

    private readonly INodeStore _store;
    private readonly NodeEvents _events;
    private readonly ClientInterests _interests;
    private readonly NodeOwnership _ownership;
    private readonly Retrieval _retrieval;

    public PersonalEventing(INodeStore store)
    {
        _store = store;
        Publishing = new Publishing(store);
        _events = new NodeEvents(store);
        _interests = new ClientInterests(_events.Meet);
        _ownership = new NodeOwnership(store);
        _retrieval = new Retrieval(store);
    }

    /// <summary>For modules that publish on behalf of the user.</summary>
    internal Publishing Publishing { get; }

    /// <summary>A node of the account in whose turn this is, or null.</summary>
    internal async ValueTask<Node?> FindAsync(Account account, string name, CancellationToken cancellation) =>
        (await AccountNodes.OfAsync(_store, account, cancellation)).Find(name);

    public void Configure(ModuleBuilder module)
    {
        module
            .Identity("pubsub", "pep", Accounts)
            .Feature(PubSub.Ns, Accounts)
            .OnIq(IqType.Get, Everybody, PubSub.Root, ReadAsync)
            .OnIq(IqType.Set, Everybody, PubSub.Root, WriteAsync)
            .OnIq(IqType.Get, Everybody, PubSub.OwnerRoot, ReadAsOwnerAsync)
            .OnIq(IqType.Set, Everybody, PubSub.OwnerRoot, WriteAsOwnerAsync)
            .OnPresence(_interests.Look)
            .OnAnswer(ClientInterests.IdPrefix, _interests.Learn)
            .OnUnavailable(ClientInterests.Forget)
            .OnShown(_events.Introduce)
            .AccountItems(_retrieval.ListAsync)
            .AccountNode(_retrieval.DescribeAsync);
        foreach (var feature in Features)
        {
            module.Feature($"{PubSub.Ns}#{feature}", Accounts);
        }
    }

    private ValueTask<IqReply> ReadAsync(IqRequest request, CancellationToken cancellation) => First(request) switch
    {
        { Name: var name } items when name == PubSub.Items => _retrieval.ReadAsync(request, items, cancellation),
        var other => new(Refuse(other)),
    };

    private ValueTask<IqReply> WriteAsync(IqRequest request, CancellationToken cancellation)
    {
        var change = First(request);
        Func<IqRequest, Element, CancellationToken, ValueTask<IqReply>>? handler = change?.Name switch
        {
            { } name when name == PubSub.Publish => Publishing.PublishAsync,
            { } name when name == PubSub.Retract => Publishing.RetractAsync,
            { } name when name == PubSub.Create => _ownership.CreateAsync,
            _ => null,
        };
        return handler is null ? new(Refuse(change))
            : request.Target == IqTargets.Self ? handler(request, change!, cancellation)
            : new(NotYours);
    }

    private ValueTask<IqReply> ReadAsOwnerAsync(IqRequest request, CancellationToken cancellation) => First(request) switch
    {
        { Name: var name } when name == PubSub.OwnerDefault => new(NodeOwnership.ShowDefault()),
        { Name: var name } configure when name == PubSub.OwnerConfigure =>
            request.Target == IqTargets.Self ? _ownership.ShowConfigurationAsync(request, configure, cancellation) : new(NotYours),
        var other => new(Refuse(other)),
    };

    private ValueTask<IqReply> WriteAsOwnerAsync(IqRequest request, CancellationToken cancellation)
    {
        var change = First(request);
        Func<IqRequest, Element, CancellationToken, ValueTask<IqReply>>? handler = change?.Name switch
        {
            { } name when name == PubSub.OwnerConfigure => _ownership.ConfigureAsync,
            { } name when name == PubSub.OwnerDelete => _ownership.DeleteAsync,
            _ => null,
        };
        return handler is null ? new(Refuse(change))
            : request.Target == IqTargets.Self ? handler(request, change!, cancellation)
            : new(NotYours);
    }

    private static Element? First(IqRequest request) => request.Payload.Elements.FirstOrDefault();

    // The names of features as in XEP-0060 §10.
    private static IqReply Refuse(Element? asked) => (asked?.Name.Ns, asked?.Name.Local) switch
    {
        (PubSub.Ns, "subscribe" or "unsubscribe") => PubSub.Unsupported("subscribe"),
        (PubSub.Ns, "options") => PubSub.Unsupported("subscription-options"),
        (PubSub.Ns, "default") => PubSub.Unsupported("retrieve-default-sub"),
        (PubSub.Ns, "subscriptions") => PubSub.Unsupported("retrieve-subscriptions"),
        (PubSub.Ns, "affiliations") => PubSub.Unsupported("retrieve-affiliations"),
        (PubSub.OwnerNs, "subscriptions") => PubSub.Unsupported("manage-subscriptions"),
        (PubSub.OwnerNs, "affiliations") => PubSub.Unsupported("modify-affiliations"),
        (PubSub.OwnerNs, "purge") => PubSub.Unsupported("purge-nodes"),
        _ => Unknown,
    };
}
