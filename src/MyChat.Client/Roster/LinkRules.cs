using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Roster;

/// <summary>What it means that the roster is now like this, and was like that when a device of the user last looked; pure.</summary>
internal static class LinkRules
{
    private const SubscriptionState Seen = SubscriptionState.Both | SubscriptionState.PendingOut;

    /// <summary>The same mark when nothing happened.</summary>
    /// <param name="item">Null when they are not in the roster: only the user removes somebody from there.</param>
    public static LinkMark? Observe(LinkMark? before, RosterItem? item, DateTimeOffset now)
    {
        var state = before?.State ?? LinkState.None;
        var (next, kind) = item is null ? (LinkState.None, null) : Next(state, item.State & Seen);
        if (next == state)
        {
            return before;
        }
        return state == LinkState.Agreed && next == LinkState.Friend
            // The second half of what is told already.
            ? before! with { State = next }
            : new LinkMark((before?.Number ?? 0) + 1, next, kind, now);
    }

    private static (LinkState State, NoticeKind? Kind) Next(LinkState state, SubscriptionState item) => (item, state) switch
    {
        (SubscriptionState.Both, LinkState.Asked) => (LinkState.Friend, NoticeKind.Agreed),
        (SubscriptionState.Both, _) => (LinkState.Friend, null),
        (SubscriptionState.To, LinkState.Asked) => (LinkState.Agreed, NoticeKind.Agreed),
        (SubscriptionState.To, LinkState.AskedBack) => (LinkState.Friend, null),
        (SubscriptionState.From, LinkState.Asked or LinkState.AskedBack) => (LinkState.None, NoticeKind.Refused),
        (SubscriptionState.None, LinkState.Asked or LinkState.AskedBack) => (LinkState.None, NoticeKind.Refused),
        (SubscriptionState.None, LinkState.Agreed or LinkState.Friend) => (LinkState.None, NoticeKind.Deleted),
        (SubscriptionState.PendingOut, LinkState.None or LinkState.Agreed or LinkState.Friend) => (LinkState.Asked, null),
        (SubscriptionState.PendingOut | SubscriptionState.From, LinkState.None or LinkState.Friend) => (LinkState.AskedBack, null),
        _ => (state, null),
    };
}
