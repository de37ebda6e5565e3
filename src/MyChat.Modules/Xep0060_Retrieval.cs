using System.Globalization;
using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>How items are read (XEP-0060 §6.5), and what service discovery tells of nodes (§5); in the owner's account, for whoever asks.</summary>
internal sealed class Retrieval(INodeStore store)
{
    /// <summary>Items by id in one request.</summary>
    private const int MostIds = 100;

    /// <summary>What one answer may have: clients take about this much, and a stream no more than 4 MB. The newest items go first.</summary>
    private const long MostBytes = 1_048_576;

    public async ValueTask<IqReply> ReadAsync(IqRequest request, Element asked, CancellationToken cancellation)
    {
        if (asked["node"] is not { Length: > 0 } name)
        {
            return PubSub.Error(StanzaErrorCondition.BadRequest, "nodeid-required");
        }
        var most = int.MaxValue;
        if (asked["max_items"] is { } number && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out most) && most > 0))
        {
            return new StanzaError(StanzaErrorCondition.BadRequest, "max_items is a number above 0.");
        }
        var ids = asked.Children(PubSub.Item).Select(item => item["id"]).ToArray();
        if (ids.Length > MostIds || ids.Contains(null))
        {
            return new StanzaError(StanzaErrorCondition.BadRequest, $"Ask for at most {MostIds} items, by id.");
        }
        var node = (await AccountNodes.OfAsync(store, request.Account, cancellation)).Find(name);
        if (AccountNodes.Refusal(request.Account, request.From.Bare, node) is { } refusal)
        {
            return refusal;
        }
        var items = ids.Length > 0 ? await FindAsync(node!, ids!, cancellation) : await store.ReadNewestAsync(node!, most, MostBytes, cancellation);
        return new Element(PubSub.Root, new Element(
            PubSub.Items, ("node", name), items.Select(item => new Element(PubSub.Item, ("id", item.Id), Element.Parse(item.Payload, defaultNs: "")))));
    }

    /// <summary>The nodes that the one who asks may read (XEP-0163 §6.2), or the items of one (§5.5).</summary>
    public async ValueTask<IReadOnlyList<Element>?> ListAsync(IqRequest request, string? name, CancellationToken cancellation)
    {
        var nodes = await AccountNodes.OfAsync(store, request.Account, cancellation);
        var (owner, reader) = (request.Account.Jid.ToString(), request.From.Bare);
        if (name is null)
        {
            return [.. nodes.All.Where(node => AccountNodes.MayRead(request.Account, reader, node))
                .Select(node => new Element(Disco.Item, ("jid", owner), ("node", node.Name)))];
        }
        return nodes.Find(name) is { } found && AccountNodes.MayRead(request.Account, reader, found)
            ? [.. (await store.ListAsync(found, cancellation)).Select(id => new Element(Disco.Item, ("jid", owner), ("name", id)))]
            : null;
    }

    /// <summary>What a node is (§5.3).</summary>
    public async ValueTask<Element?> DescribeAsync(IqRequest request, string name, CancellationToken cancellation)
    {
        var node = (await AccountNodes.OfAsync(store, request.Account, cancellation)).Find(name);
        return node is not null && AccountNodes.MayRead(request.Account, request.From.Bare, node)
            ? Disco.MakeInfo([new DiscoIdentity("pubsub", "leaf")], [PubSub.Ns])
            : null;
    }

    // §6.5.9: what is not there is left out.
    private async ValueTask<IReadOnlyList<NodeItem>> FindAsync(Node node, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var items = new List<NodeItem>();
        var bytes = 0L;
        foreach (var id in ids.Distinct())
        {
            if (bytes < MostBytes && await store.FindAsync(node, id, cancellation) is { } item)
            {
                items.Add(item);
                bytes += item.Payload.Length;
            }
        }
        return items;
    }
}
