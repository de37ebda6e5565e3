using MyChat.Server.Accounts;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Routing;

/// <summary>Changes of a roster: committed first, then pushed to the sessions that asked for the roster (RFC 6121 §2.1.6).</summary>
internal static class RosterChanges
{
    public static readonly XName Query = new(Ns.Roster, "query");
    public static readonly XName Item = new(Ns.Roster, "item");
    public static readonly XName Group = new(Ns.Roster, "group");

    /// <summary>Commits an item; one that holds nothing is removed.</summary>
    public static async ValueTask SaveAsync(XmppServer server, Account account, RosterItem item)
    {
        var version = account.Roster.Version + 1;
        if (item is { Listed: false, State: SubscriptionState.None })
        {
            await server.Stores.Rosters.RemoveAsync(account.Id, item.Jid, version, CancellationToken.None);
            account.Roster.Remove(item.Jid, version);
            return;
        }
        await server.Stores.Rosters.SaveAsync(account.Id, item, version, CancellationToken.None);
        account.Roster.Put(item, version);
    }

    public static void Push(Account account, RosterItem item, bool removed = false)
    {
        var element = removed ? new Element(Item, ("jid", item.Jid.ToString()), ("subscription", "remove")) : ToElement(item);
        var query = new Payload(new Element(Query, ("ver", account.Roster.VersionName), element));
        foreach (var session in account.Sessions)
        {
            if (session.IsInterested)
            {
                session.Send(new Iq { Type = IqType.Set, To = session.Jid, Id = "push-" + account.Roster.VersionName, Payload = query });
            }
        }
    }

    /// <summary>The item as clients see it (RFC 6121 §2.1.2).</summary>
    public static Element ToElement(RosterItem item) => new(
        Item,
        ("jid", item.Jid.ToString()),
        ("name", item.Name),
        ("subscription", item.State.AttributeValue()),
        ("ask", item.State.HasFlag(SubscriptionState.PendingOut) ? "subscribe" : null),
        ("approved", item.State.HasFlag(SubscriptionState.Approved) ? "true" : null),
        item.Groups.Select(group => new Element(Group, group)));
}
