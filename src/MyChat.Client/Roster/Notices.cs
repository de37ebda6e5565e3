using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Roster;

public enum NoticeKind
{
    /// <summary>They want to be friends: agree, refuse or block.</summary>
    Request,
    /// <summary>They agreed to the user's request.</summary>
    Agreed,
    /// <summary>They refused it.</summary>
    Refused,
    /// <summary>They ended the friendship.</summary>
    Deleted,
}

/// <summary>Something that waits for the user until it is answered or dismissed. The same on all devices: kept on the account (XEP-0049).</summary>
/// <param name="Id">Stable; the same on every device.</param>
/// <param name="At">When this account's clients first knew.</param>
/// <param name="Note">The words that came with a request.</param>
public sealed record Notice(string Id, NoticeKind Kind, BareJid Jid, DateTimeOffset At, string? Note)
{
    /// <summary>Whether the user has seen it (it then counts no more, but stays).</summary>
    public bool IsSeen { get; init; }

    /// <summary>What to call them.</summary>
    public required string Name { get; init; }
    public string? PictureHash { get; init; }
}

/// <summary>
/// The verification inbox. Notices come from the difference between the roster and the roster last seen (kept on the account), not from stanzas
/// alone, so that what happened while the user was away is told, once, on whatever device comes first.
/// </summary>
public sealed class Notices
{
    private readonly ClientContext _context;

    internal Notices(ClientContext context) => _context = context;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Notice> All => throw new NotImplementedException();

    /// <summary>How many are not seen: the badge.</summary>
    public int UnseenCount => throw new NotImplementedException();

    /// <summary>Raised once for a notice that is new on this device and not yet seen anywhere.</summary>
    public event Action<Notice>? Arrived { add => throw new NotImplementedException(); remove => throw new NotImplementedException(); }

    /// <summary>The user looks at the inbox: all are seen.</summary>
    public Task MarkSeenAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Agrees to a request: <c>subscribed</c>, and <c>subscribe</c> back.</summary>
    public Task AgreeAsync(BareJid jid, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Refuses a request.</summary>
    public Task RefuseAsync(BareJid jid, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Takes a notice away, on all devices.</summary>
    public Task DismissAsync(string id, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
