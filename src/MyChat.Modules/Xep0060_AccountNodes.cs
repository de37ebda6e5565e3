using MyChat.Server.Accounts;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;

namespace MyChat.Modules;

/// <summary>An account's nodes, in memory while the account is: a few, and without what is published at them.</summary>
internal sealed class AccountNodes
{
    private readonly Dictionary<string, Node> _nodes;

    private AccountNodes(IEnumerable<Node> nodes) => _nodes = nodes.ToDictionary(node => node.Name);

    public int Count => _nodes.Count;
    public long Bytes => _nodes.Values.Sum(node => node.Bytes);
    public IEnumerable<Node> All => _nodes.Values.OrderBy(node => node.Name, StringComparer.Ordinal);

    /// <summary>Whether a change was begun and nobody knows how it ended.</summary>
    private bool IsInDoubt { get; set; }

    public Node? Find(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>The nodes of this account; none for an address that nobody has.</summary>
    public static async ValueTask<AccountNodes> OfAsync(INodeStore store, Account account, CancellationToken cancellation)
    {
        if (!account.Exists)
        {
            return new AccountNodes([]);
        }
        if (account.Get<AccountNodes>() is not { IsInDoubt: false } nodes)
        {
            nodes = new AccountNodes(await store.LoadAsync(account.Id, cancellation));
            account.Set(nodes);
        }
        return nodes;
    }

    /// <summary>Changes one node, here after it is changed in the store; null as the result is a node that is gone, or was not changed.</summary>
    public async ValueTask<Node?> ChangeAsync(string name, Func<ValueTask<Node?>> change, bool removes = false)
    {
        IsInDoubt = true;
        var changed = await change();
        IsInDoubt = false;
        if (changed is not null)
        {
            _nodes[name] = changed;
        }
        else if (removes)
        {
            _nodes.Remove(name);
        }
        return changed;
    }

    public static bool MayRead(Account account, BareJid reader, Node node) => reader.Equals(account.Jid) || node.Configuration.Access switch
    {
        NodeAccess.Open => true,
        NodeAccess.Presence => account.SharesPresenceWith(reader),
        _ => false,
    };

    /// <summary>
    /// Why somebody may not read a node that perhaps is not there; null when he may. A stranger hears the same of every node that is not open
    /// to all, there or not, and of every address, somebody's or not.
    /// </summary>
    public static StanzaError? Refusal(Account account, BareJid reader, Node? node)
    {
        if (node is not null && MayRead(account, reader, node))
        {
            return null;
        }
        if (!account.SharesPresenceWith(reader))
        {
            return PubSub.Error(StanzaErrorCondition.NotAuthorized, "presence-subscription-required"); // §6.5.9.6
        }
        return node is null
            ? new StanzaError(StanzaErrorCondition.ItemNotFound) // §6.5.9.11
            : PubSub.Error(StanzaErrorCondition.NotAllowed, "closed-node"); // §6.5.9.8
    }
}
