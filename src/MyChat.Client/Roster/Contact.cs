using MyChat.Xmpp.Jids;

namespace MyChat.Client.Roster;

/// <summary>How reachable somebody is, best first (RFC 6121 §4.7.2.1).</summary>
public enum Availability { Chatty, Online, Away, ExtendedAway, Busy, Offline }

/// <summary>What there is between the user and somebody else.</summary>
public enum Friendship
{
    /// <summary>Nothing: a stranger, or somebody who was a friend.</summary>
    None,
    /// <summary>The user asked and waits for the answer.</summary>
    Asked,
    /// <summary>subscription both.</summary>
    Friends,
    /// <summary>Only the user sees the other's presence (subscription to): half a friendship.</summary>
    OnlyIFollow,
    /// <summary>Only the other sees the user's presence (subscription from): half a friendship.</summary>
    OnlyTheyFollow,
}

/// <summary>Somebody in the roster.</summary>
public sealed record Contact(BareJid Jid)
{
    public Friendship Friendship { get; init; }

    /// <summary>The name that the user gave (the roster's), or null.</summary>
    public string? Alias { get; init; }

    /// <summary>What to call them: alias, else nickname or full name of the profile, else localpart.</summary>
    public required string Name { get; init; }

    /// <summary>The best of their resources (highest priority, then most reachable).</summary>
    public Availability Availability { get; init; } = Availability.Offline;

    public bool IsOnline => Availability != Availability.Offline;

    /// <summary>The personal signature: of the presence while online, else the profile's (vCard DESC); null when there is none.</summary>
    public string? Signature { get; init; }

    /// <summary>When they were last seen, while offline and where it is known (XEP-0012).</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Key of the picture for <see cref="Profiles.ProfileBook.GetPictureAsync"/>, or null: show initials.</summary>
    public string? PictureHash { get; init; }
    public bool IsBlocked { get; init; }
}
