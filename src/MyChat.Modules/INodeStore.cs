using MyChat.Xmpp.Xeps;

namespace MyChat.Modules;

/// <summary>A node of an account (XEP-0060).</summary>
/// <param name="Id">0 for one that is not stored yet.</param>
/// <param name="Bytes">What its items take up.</param>
public sealed record Node(long Id, string Name, NodeConfiguration Configuration, long Bytes)
{
    /// <summary>In bytes: a database's index holds no more.</summary>
    public const int LongestName = 1024;
}

/// <summary>A published item: a whole element of its own, as UTF-8.</summary>
public sealed record NodeItem(string Id, DateTimeOffset Published, byte[] Payload)
{
    /// <summary>In bytes: a database's index holds no more.</summary>
    public const int LongestId = 2047;
}

/// <summary>Where the nodes of accounts and what is published at them are kept.</summary>
public interface INodeStore
{
    ValueTask<IReadOnlyList<Node>> LoadAsync(long account, CancellationToken cancellation);

    /// <summary>Makes a node, or gives the one with this id this configuration and keeps its newest <paramref name="keep"/> items; returns it as it is then.</summary>
    ValueTask<Node> SaveAsync(long account, Node node, int keep, CancellationToken cancellation);

    ValueTask DeleteAsync(long account, Node node, CancellationToken cancellation);

    /// <summary>
    /// Adds an item as the newest, or in place of the one with the same id, makes the node when it is new, and keeps the newest
    /// <paramref name="keep"/> items; all of it or nothing. Returns the node as it is then.
    /// </summary>
    ValueTask<Node> PublishAsync(long account, Node node, NodeItem item, int keep, CancellationToken cancellation);

    /// <summary>Removes an item; returns the node as it is then, or null when it has no such item.</summary>
    ValueTask<Node?> RetractAsync(long account, Node node, string id, CancellationToken cancellation);

    /// <summary>
    /// The newest items, oldest first: at most <paramref name="most"/>, and as many as have <paramref name="mostBytes"/> together, but one at
    /// least if there is one.
    /// </summary>
    ValueTask<IReadOnlyList<NodeItem>> ReadNewestAsync(Node node, int most, long mostBytes, CancellationToken cancellation);

    /// <summary>One item, or null.</summary>
    ValueTask<NodeItem?> FindAsync(Node node, string id, CancellationToken cancellation);

    /// <summary>The ids of all items, oldest first.</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(Node node, CancellationToken cancellation);

    /// <summary>Which of these accounts, by localpart, have one of these nodes with an item to tell those who come (XEP-0163 §4.3.4) that others may read.</summary>
    ValueTask<IReadOnlyList<string>> FindOwnersAsync(
        IReadOnlyCollection<string> localparts, IReadOnlyCollection<string> nodes, CancellationToken cancellation);
}
