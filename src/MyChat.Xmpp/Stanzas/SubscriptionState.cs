namespace MyChat.Xmpp.Stanzas;

/// <summary>The state of a subscription as the user's server keeps it (RFC 6121 appendix A.1), with pre-approval (§3.4).</summary>
[Flags]
public enum SubscriptionState
{
    None = 0,
    /// <summary>The user receives the contact's presence.</summary>
    To = 1,
    /// <summary>The contact receives the user's presence.</summary>
    From = 2,
    Both = To | From,
    /// <summary>The user asked, and the contact has not answered.</summary>
    PendingOut = 4,
    /// <summary>The contact asked, and the user has not answered.</summary>
    PendingIn = 8,
    /// <summary>A request of the contact will be answered with yes at once.</summary>
    Approved = 16,
}
