using System.Text;
using MyChat.Modules;
using MyChat.Storage.Stores;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Storage.Portable;

/// <summary>What an imported account has published (XEP-0060 in XEP-0227). It is written as it is read: the account has no name meanwhile.</summary>
internal sealed class ImportedNodes(Database database, long account, DateTimeOffset now)
{
    private const int ItemsPerWrite = 32;

    private readonly Dictionary<string, Node> nodes = new(StringComparer.Ordinal);

    /// <summary>Takes a part of the user's element; false when it is not about nodes.</summary>
    /// <param name="part">The part.</param>
    /// <param name="notices">Told what is kept otherwise than the file says.</param>
    /// <exception cref="FormatException">It is not as it should be.</exception>
    public async Task<bool> TakeAsync(Element part, ICollection<string> notices)
    {
        if (part.Name == PubSub.OwnerRoot)
        {
            foreach (var configure in part.Children(PubSub.OwnerConfigure))
            {
                await ConfigureAsync(NameOf(configure), configure.Child(DataForms.Form), notices);
            }
            return true;
        }
        if (part.Name == PubSub.Root)
        {
            foreach (var items in part.Children(PubSub.Items))
            {
                await AddAsync(NameOf(items), [.. items.Children(PubSub.Item).Select(Read)]);
            }
            return true;
        }
        return false;
    }

    private async Task ConfigureAsync(string name, Element? form, ICollection<string> notices)
    {
        var configuration = form is null ? NodeConfiguration.Default : NodeConfiguration.Default.With(form, strict: false);
        if (configuration is null)
        {
            // Rather too few may read it than too many.
            configuration = new NodeConfiguration { Access = NodeAccess.Whitelist, MaxItems = null };
            notices.Add($"what is published at {name} is the owner's alone, for this server does not know the node's configuration");
        }
        await SaveAsync(name, configuration);
    }

    private async Task SaveAsync(string name, NodeConfiguration configuration)
    {
        var node = nodes.GetValueOrDefault(name) ?? new Node(0, name, configuration, 0);
        nodes[name] = await database.Writer.WriteAsync(session => NodeStore.Save(session.Db, account, node with { Configuration = configuration }), needsMailboxes: false);
    }

    private async Task AddAsync(string name, IReadOnlyList<NodeItem> items)
    {
        if (!nodes.ContainsKey(name))
        {
            // Its configuration may follow; without one it is what a client gets that says nothing, but for all items.
            await SaveAsync(name, new NodeConfiguration { MaxItems = null });
        }
        foreach (var some in items.Chunk(ItemsPerWrite))
        {
            nodes[name] = await database.Writer.WriteAsync(
                session => NodeStore.Add(session.Db, account, nodes[name], some), needsMailboxes: false, some.Sum(item => item.Payload.Length));
        }
    }

    private NodeItem Read(Element item) =>
        item["id"] is { Length: > 0 } id && Encoding.UTF8.GetByteCount(id) <= NodeItem.LongestId && item.Elements.ToArray() is [var payload]
            ? new NodeItem(id, now, Encoding.UTF8.GetBytes(payload.ToString()))
            : throw new FormatException($"a published item without an id or with other than one element: {item["id"]}");

    private static string NameOf(Element element) =>
        element["node"] is { Length: > 0 } name && Encoding.UTF8.GetByteCount(name) <= Node.LongestName
            ? name : throw new FormatException($"a node that cannot be called so: '{element["node"]}'");
}
