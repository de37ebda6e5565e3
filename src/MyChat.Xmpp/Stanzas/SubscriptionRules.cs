using static MyChat.Xmpp.Stanzas.SubscriptionState;

namespace MyChat.Xmpp.Stanzas;

/// <summary>The state machine of RFC 6121 appendix A, from the side of the user whose server keeps the state; pure.</summary>
public static class SubscriptionRules
{
    /// <summary>The user sends <paramref name="type"/> to the contact (appendix A.2, pre-approval §3.4).</summary>
    /// <returns>The state that follows, and whether the stanza is routed to the contact.</returns>
    public static (SubscriptionState State, bool Route) Outbound(SubscriptionState state, PresenceType type) => type switch
    {
        PresenceType.Subscribe => (state.HasFlag(To) ? state : state | PendingOut, true),
        PresenceType.Unsubscribe => (state & ~(To | PendingOut), true),
        PresenceType.Subscribed when state.HasFlag(PendingIn) => ((state & ~(PendingIn | Approved)) | From, true),
        // §3.4.2: yes before the question is remembered, and nothing is sent.
        PresenceType.Subscribed => (state.HasFlag(From) ? state : state | Approved, false),
        PresenceType.Unsubscribed => (state & ~(From | PendingIn | Approved), (state & (From | PendingIn)) != 0),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a subscription stanza."),
    };

    /// <summary>The contact sent <paramref name="type"/> to the user (appendix A.3, pre-approval §3.4).</summary>
    /// <returns>The state that follows, whether the user's clients get the stanza, and what the server answers on its own, if anything.</returns>
    public static (SubscriptionState State, bool Deliver, PresenceType? Reply) Inbound(SubscriptionState state, PresenceType type) => type switch
    {
        // §3.1.3: who has it already is told so again, which mends a lost answer.
        PresenceType.Subscribe when state.HasFlag(From) => (state, false, PresenceType.Subscribed),
        PresenceType.Subscribe when state.HasFlag(Approved) => ((state & ~(PendingIn | Approved)) | From, false, PresenceType.Subscribed),
        PresenceType.Subscribe => (state | PendingIn, !state.HasFlag(PendingIn), null),
        PresenceType.Unsubscribe => (state & ~(From | PendingIn), (state & (From | PendingIn)) != 0, null),
        PresenceType.Subscribed => state.HasFlag(PendingOut) ? ((state & ~PendingOut) | To, true, null) : (state, false, null),
        PresenceType.Unsubscribed => (state & ~(To | PendingOut), (state & (To | PendingOut)) != 0, null),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a subscription stanza."),
    };

    /// <summary>Whether a presence type belongs to subscriptions (RFC 6121 §3) rather than to availability.</summary>
    public static bool IsSubscription(this PresenceType type) =>
        type is PresenceType.Subscribe or PresenceType.Subscribed or PresenceType.Unsubscribe or PresenceType.Unsubscribed;

    /// <summary>The value of the subscription attribute of a roster item (RFC 6121 §2.1.2.5).</summary>
    public static string AttributeValue(this SubscriptionState state) => (state & Both) switch
    {
        Both => "both",
        To => "to",
        From => "from",
        _ => "none",
    };
}
