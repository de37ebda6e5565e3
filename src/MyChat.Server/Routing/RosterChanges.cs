using MyChat.Server.Accounts;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Routing;

/// <summary>Changes of a roster: committed first, then pushed to the sessions that asked for the roster (RFC 6121 §2.1.6).</summary>
internal static class RosterChanges
{
    /// <summary>Whether the user may list no more contacts. Requests that strangers sent do not count: they must not lock the owner out.</summary>
    public static bool IsFull(XmppServer server, Account account) =>
        server.Options.Limits.RosterItems is > 0 and var most && account.Roster.Listed.Count() >= most;

    /// <summary>Whether as many strangers as a roster holds wait for an answer.</summary>
    public static bool HasTooManyRequests(XmppServer server, Account account) =>
        server.Options.Limits.RosterItems is > 0 and var most && account.Roster.Items.Count(item => !item.Listed) >= most;

    /// <summary>Commits an item; one that holds nothing is removed.</summary>
    /// <param name="isSeen">Whether clients can see the change: what is not pushed is no new version (RFC 6121 §2.6.3).</param>
    public static async ValueTask SaveAsync(XmppServer server, Account account, RosterItem item, bool isSeen = true)
    {
        var version = account.Roster.Version + (isSeen ? 1 : 0);
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
        var element = removed ? new Element(RosterNames.Item, ("jid", item.Jid.ToString()), ("subscription", "remove")) : ToElement(item);
        var query = new Payload(new Element(RosterNames.Query, ("ver", account.Roster.VersionName), element));
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
        RosterNames.Item,
        ("jid", item.Jid.ToString()),
        ("name", item.Name),
        ("subscription", item.State.AttributeValue()),
        ("ask", item.State.HasFlag(SubscriptionState.PendingOut) ? "subscribe" : null),
        ("approved", item.State.HasFlag(SubscriptionState.Approved) ? "true" : null),
        item.Groups.Select(group => new Element(RosterNames.Group, group)));
}
