using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>How the owner publishes and retracts (XEP-0060 §7); always in the owner's account.</summary>
internal sealed class Publishing(INodeStore store)
{
    private static readonly StanzaError NoNode = PubSub.Error(StanzaErrorCondition.BadRequest, "nodeid-required");
    private static readonly StanzaError NoItem = PubSub.Error(StanzaErrorCondition.BadRequest, "item-required");
    private static readonly StanzaError NotThere = new(StanzaErrorCondition.ItemNotFound);

    public async ValueTask<IqReply> PublishAsync(IqRequest request, Element publish, CancellationToken cancellation)
    {
        if (publish["node"] is not { Length: > 0 } node)
        {
            return NoNode;
        }
        if (publish.Children(PubSub.Item).ToArray() is not [var item])
        {
            return publish.Child(PubSub.Item) is null ? NoItem : new StanzaError(StanzaErrorCondition.BadRequest, "Publish one item at a time.");
        }
        if (item.Elements.ToArray() is not [var payload])
        {
            return PubSub.Error(StanzaErrorCondition.BadRequest, item.Elements.Any() ? "invalid-payload" : "payload-required"); // §7.1.3
        }
        var options = request.Payload.Child(PubSub.PublishOptions);
        var form = options?.Child(DataForms.Form);
        if (options is not null && (form is null || DataForms.FormType(form) != PubSub.PublishOptionsNs))
        {
            return new StanzaError(StanzaErrorCondition.BadRequest, "publish-options holds one form of that FORM_TYPE."); // §7.1.5
        }
        var id = item["id"] is { Length: > 0 } given ? given : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)); // §7.1.2
        var error = await PublishAsync(request.Server, request.Account, node, id, payload, form, cancellation);
        return error is null
            ? new Element(PubSub.Root, new Element(PubSub.Publish, ("node", node), new Element(PubSub.Item, ("id", id))))
            : error;
    }

    /// <summary>Publishes in an account, and tells those who want to know; the conditions are a form of publish-options, or null.</summary>
    public async ValueTask<StanzaError?> PublishAsync(
        XmppServer server, Account account, string name, string id, Element payload, Element? conditions, CancellationToken cancellation)
    {
        var nodes = await AccountNodes.OfAsync(store, account, cancellation);
        var node = nodes.Find(name);
        var configuration = Configure(node, conditions);
        if (configuration is null)
        {
            return PubSub.Error(StanzaErrorCondition.Conflict, "precondition-not-met");
        }
        var item = new NodeItem(id, server.Time.GetUtcNow(), Encoding.UTF8.GetBytes(payload.ToString()));
        if (Excess(server.Options.Limits, nodes, node, name, item) is { } excess)
        {
            return excess;
        }
        var target = node ?? new Node(0, name, configuration, 0);
        if (configuration.PersistItems)
        {
            await nodes.ChangeAsync(name, async () => await store.PublishAsync(account.Id, target, item, Keep(server, configuration), CancellationToken.None));
        }
        else if (node is null)
        {
            await nodes.ChangeAsync(name, async () => await store.SaveAsync(account.Id, target, 0, CancellationToken.None));
        }
        NodeEvents.Tell(server, account, target, PubSub.MakeItemEvent(name, id, payload));
        return null;
    }

    public async ValueTask<IqReply> RetractAsync(IqRequest request, Element retract, CancellationToken cancellation)
    {
        if (retract["node"] is not { Length: > 0 } name)
        {
            return NoNode;
        }
        if (retract.Children(PubSub.Item).ToArray() is not [var item] || item["id"] is not { Length: > 0 } id)
        {
            return NoItem; // §7.2.3.4; one at a time
        }
        var (server, account) = (request.Server, request.Account);
        var nodes = await AccountNodes.OfAsync(store, account, cancellation);
        if (nodes.Find(name) is not { } node)
        {
            return NotThere;
        }
        if (!node.Configuration.PersistItems)
        {
            return PubSub.Unsupported("persistent-items"); // §7.2.3.5
        }
        if (await nodes.ChangeAsync(name, () => store.RetractAsync(account.Id, node, id, CancellationToken.None)) is null)
        {
            return NotThere;
        }
        if (node.Configuration.NotifyRetract || retract["notify"] is "true" or "1") // §7.2.2.1
        {
            NodeEvents.Tell(server, account, node, PubSub.MakeRetractEvent(name, id));
        }
        return IqReply.Empty;
    }

    /// <summary>How many items a node keeps.</summary>
    public static int Keep(XmppServer server, NodeConfiguration configuration)
    {
        var most = server.Options.Limits.ItemsPerNode is > 0 and var limit ? limit : int.MaxValue;
        return configuration.PersistItems ? Math.Min(configuration.MaxItems ?? most, most) : 0;
    }

    /// <summary>Why there can be no node of this name besides those there are, or null.</summary>
    public static StanzaError? NoRoomFor(LimitOptions limits, AccountNodes nodes, string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > Node.LongestName)
        {
            return new StanzaError(StanzaErrorCondition.NotAcceptable, $"The name of a node has at most {Node.LongestName} bytes.");
        }
        return limits.NodesPerAccount > 0 && nodes.Count >= limits.NodesPerAccount
            ? new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, $"An account has at most {limits.NodesPerAccount} nodes.")
            : null;
    }

    // §7.1.5: the conditions must hold at a node that is there; one that is not gets them as its configuration.
    private static NodeConfiguration? Configure(Node? node, Element? conditions) => (node, conditions) switch
    {
        (null, null) => NodeConfiguration.Default,
        (null, _) => NodeConfiguration.Default.With(conditions, strict: true),
        (_, null) => node.Configuration,
        _ => node.Configuration.Meets(conditions) ? node.Configuration : null,
    };

    private static StanzaError? Excess(LimitOptions limits, AccountNodes nodes, Node? node, string name, NodeItem item)
    {
        if (Encoding.UTF8.GetByteCount(item.Id) > NodeItem.LongestId)
        {
            return new StanzaError(StanzaErrorCondition.NotAcceptable, $"The id of an item has at most {NodeItem.LongestId} bytes.");
        }
        if (limits.ItemBytes > 0 && item.Payload.Length > limits.ItemBytes)
        {
            return PubSub.Error(StanzaErrorCondition.NotAcceptable, "payload-too-big", $"An item has at most {limits.ItemBytes} bytes."); // §7.1.3.5
        }
        if (limits.NodeMegabytesPerAccount > 0 && nodes.Bytes + item.Payload.Length > limits.NodeMegabytesPerAccount * 1_048_576L)
        {
            return new StanzaError(
                StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, $"The items of an account have at most {limits.NodeMegabytesPerAccount} MB.");
        }
        return node is null ? NoRoomFor(limits, nodes, name) : null;
    }
}
