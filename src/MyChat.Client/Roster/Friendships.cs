using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Roster;

/// <summary>What a subscription means to people.</summary>
internal static class Friendships
{
    public static Friendship Of(SubscriptionState state)
    {
        var (to, from) = (state.HasFlag(SubscriptionState.To), state.HasFlag(SubscriptionState.From));
        return (to, from) switch
        {
            (true, true) => Friendship.Friends,
            (true, false) => Friendship.OnlyIFollow,
            _ when state.HasFlag(SubscriptionState.PendingOut) => Friendship.Asked,
            (false, true) => Friendship.OnlyTheyFollow,
            _ => Friendship.None,
        };
    }
}
