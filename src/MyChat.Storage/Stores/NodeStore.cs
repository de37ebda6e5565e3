using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using MyChat.Modules;
using MyChat.Storage.Schema;
using MyChat.Xmpp.Xeps;

namespace MyChat.Storage.Stores;

internal sealed class NodeStore(Database database) : INodeStore
{
    private const int NamesPerQuery = 256;

    public async ValueTask<IReadOnlyList<Node>> LoadAsync(long account, CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(
            db => db.GetTable<NodeRow>().Where(row => row.Account == account).OrderBy(row => row.Name).ToListAsync(cancellation), cancellation);
        return rows.ConvertAll(Read);
    }

    public ValueTask<Node> SaveAsync(long account, Node node, int keep, CancellationToken cancellation) =>
        database.WriteAsync(account, db => Save(db, account, Trim(db, node, keep)), cancellation);

    public async ValueTask DeleteAsync(long account, Node node, CancellationToken cancellation) =>
        await database.WriteAsync(account, db =>
        {
            db.GetTable<NodeItemRow>().Delete(row => row.Node == node.Id);
            return db.GetTable<NodeRow>().Delete(row => row.Id == node.Id);
        }, cancellation);

    public ValueTask<Node> PublishAsync(long account, Node node, NodeItem item, int keep, CancellationToken cancellation) =>
        database.WriteAsync(account, db =>
        {
            var known = node.Id == 0 ? Save(db, account, node) : node;
            var items = db.GetTable<NodeItemRow>().Where(row => row.Node == known.Id);
            var before = items.Where(row => row.Name == item.Id).Select(row => (int?)row.Bytes).FirstOrDefault();
            var row = Row(known.Id, item, (items.Max(other => (long?)other.Place) ?? 0) + 1);
            if (before is null)
            {
                db.Insert(row);
            }
            else
            {
                db.Update(row);
            }
            var grown = known with { Bytes = known.Bytes - (before ?? 0) + row.Bytes };
            return Save(db, account, before is null ? Trim(db, grown, keep) : grown);
        }, cancellation, item.Payload.Length);

    public ValueTask<Node?> RetractAsync(long account, Node node, string id, CancellationToken cancellation) =>
        database.WriteAsync(account, db =>
        {
            var item = db.GetTable<NodeItemRow>().Where(row => row.Node == node.Id && row.Name == id);
            if (item.Select(row => (int?)row.Bytes).FirstOrDefault() is not { } bytes)
            {
                return null;
            }
            item.Delete();
            return Save(db, account, node with { Bytes = node.Bytes - bytes });
        }, cancellation);

    public ValueTask<IReadOnlyList<NodeItem>> ReadNewestAsync(Node node, int most, long mostBytes, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<NodeItem>>(async db =>
        {
            var items = db.GetTable<NodeItemRow>().Where(row => row.Node == node.Id);
            var sizes = await items.OrderByDescending(row => row.Place).Take(most)
                .Select(row => new { row.Place, row.Bytes }).ToListAsync(cancellation);
            var (from, bytes) = (long.MaxValue, 0L);
            foreach (var size in sizes.TakeWhile(size => (bytes += size.Bytes) <= mostBytes || from == long.MaxValue))
            {
                from = size.Place;
            }
            var rows = await items.Where(row => row.Place >= from).OrderBy(row => row.Place).ToListAsync(cancellation);
            return rows.ConvertAll(Read);
        }, cancellation);

    public ValueTask<NodeItem?> FindAsync(Node node, string id, CancellationToken cancellation) => database.ReadAsync(async db =>
        await db.GetTable<NodeItemRow>().FirstOrDefaultAsync(row => row.Node == node.Id && row.Name == id, cancellation) is { } row
            ? Read(row)
            : null,
        cancellation);

    public ValueTask<IReadOnlyList<string>> ListAsync(Node node, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async db => await db.GetTable<NodeItemRow>().Where(row => row.Node == node.Id).OrderBy(row => row.Place)
                .Select(row => row.Name).ToListAsync(cancellation),
            cancellation);

    public async ValueTask<IReadOnlyList<string>> FindOwnersAsync(
        IReadOnlyCollection<string> localparts, IReadOnlyCollection<string> nodes, CancellationToken cancellation)
    {
        var owners = new List<string>();
        foreach (var some in localparts.Chunk(NamesPerQuery))
        {
            var found = await database.ReadAsync(db =>
            {
                var telling = from account in db.GetTable<AccountRow>()
                              join node in db.GetTable<NodeRow>() on account.Id equals node.Account
                              where account.Localpart != null && some.Contains(account.Localpart) && nodes.Contains(node.Name)
                                  && node.Access != (int)NodeAccess.Whitelist && node.SendLast == (int)SendLastItem.OnSubAndPresence && node.Bytes > 0
                              select account.Localpart!;
                return telling.Distinct().ToListAsync(cancellation);
            }, cancellation);
            owners.AddRange(found);
        }
        return owners;
    }

    /// <summary>Adds items behind those that are there, in one transaction and without limits; one whose id is there already takes its place.</summary>
    internal static Node Add(DataConnection db, long account, Node node, IReadOnlyList<NodeItem> items)
    {
        var place = db.GetTable<NodeItemRow>().Where(row => row.Node == node.Id).Max(row => (long?)row.Place) ?? 0;
        foreach (var item in items)
        {
            var before = db.GetTable<NodeItemRow>().Where(row => row.Node == node.Id && row.Name == item.Id);
            node = node with { Bytes = node.Bytes + item.Payload.Length - (before.Select(row => (long?)row.Bytes).FirstOrDefault() ?? 0) };
            before.Delete();
            db.Insert(Row(node.Id, item, ++place));
        }
        return Save(db, account, node);
    }

    private static NodeItemRow Row(long node, NodeItem item, long place) => new()
    {
        Node = node,
        Name = item.Id,
        Place = place,
        Published = item.Published.ToUnixTimeMilliseconds(),
        Bytes = item.Payload.Length,
        Payload = item.Payload,
    };

    /// <summary>Writes the node's own row, a new one where it has no id yet.</summary>
    internal static Node Save(DataConnection db, long account, Node node)
    {
        var row = new NodeRow
        {
            Id = node.Id,
            Account = account,
            Name = node.Name,
            Access = (int)node.Configuration.Access,
            Persist = node.Configuration.PersistItems,
            MaxItems = node.Configuration.MaxItems,
            SendLast = (int)node.Configuration.SendLast,
            NotifyRetract = node.Configuration.NotifyRetract,
            NotifyDelete = node.Configuration.NotifyDelete,
            Bytes = node.Bytes,
        };
        if (node.Id == 0)
        {
            return node with { Id = db.InsertWithInt64Identity(row) };
        }
        db.Update(row);
        return node;
    }

    /// <summary>Removes all but the newest items.</summary>
    private static Node Trim(DataConnection db, Node node, int keep)
    {
        var items = db.GetTable<NodeItemRow>().Where(row => row.Node == node.Id);
        var surplus = items.Count() - keep;
        if (surplus <= 0)
        {
            return node;
        }
        var oldest = items.OrderBy(row => row.Place).Take(surplus).Select(row => new { row.Place, row.Bytes }).ToList();
        var last = oldest[^1].Place;
        items.Delete(row => row.Place <= last);
        return node with { Bytes = node.Bytes - oldest.Sum(row => (long)row.Bytes) };
    }

    internal static Node Read(NodeRow row) => new(
        row.Id,
        row.Name,
        new NodeConfiguration
        {
            Access = (NodeAccess)row.Access,
            PersistItems = row.Persist,
            MaxItems = row.MaxItems,
            SendLast = (SendLastItem)row.SendLast,
            NotifyRetract = row.NotifyRetract,
            NotifyDelete = row.NotifyDelete,
        },
        row.Bytes);

    private static NodeItem Read(NodeItemRow row) => new(row.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.Published), row.Payload);
}
