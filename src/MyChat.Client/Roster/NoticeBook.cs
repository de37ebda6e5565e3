using System.Collections.Immutable;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Roster;

/// <summary>
/// What the user's devices know together about requests and about what became of friendships. Books merge without order, so that no interleaving of
/// two devices loses or doubles a notice; each device keeps its own copy, and so brings back what another's write has overwritten.
/// </summary>
internal sealed class NoticeBook
{
    public static readonly NoticeBook Empty = new(ImmutableDictionary<BareJid, NoticeMarks>.Empty);

    public NoticeBook(ImmutableDictionary<BareJid, NoticeMarks> marks) => Marks = marks;

    public ImmutableDictionary<BareJid, NoticeMarks> Marks { get; }

    public NoticeMarks this[BareJid jid] => Marks.GetValueOrDefault(jid, NoticeMarks.None);

    public NoticeBook Merge(NoticeBook other) =>
        new(Marks.SetItems(other.Marks.Select(mark => KeyValuePair.Create(mark.Key, NoticeMarks.Merge(this[mark.Key], mark.Value)))));

    /// <summary>Looks at a roster that is at least as new as what is in the book.</summary>
    public NoticeBook Observe(RosterState roster, DateTimeOffset now)
    {
        var changes = ImmutableDictionary.CreateBuilder<BareJid, NoticeMarks>();
        foreach (var jid in Marks.Keys.Concat(roster.Items.Keys))
        {
            var (before, item) = (this[jid], roster[jid]);
            var after = before with { Link = LinkRules.Observe(before.Link, item, now) };
            // Whoever sees the user has an answer.
            after = item?.SeesMe == true ? Close(after) : after;
            if (after != before)
            {
                changes[jid] = after;
            }
        }
        return changes.Count == 0 ? this : new NoticeBook(Marks.SetItems(changes));
    }

    /// <summary>The user asked them, which is no news.</summary>
    public NoticeBook Asked(RosterItem item, DateTimeOffset now) =>
        With(item.Jid, this[item.Jid] with { Link = LinkRules.Observe(this[item.Jid].Link, item, now) });

    /// <summary>A request came in, or came again because it waits.</summary>
    public NoticeBook Request(BareJid jid, string? note, DateTimeOffset now)
    {
        var before = this[jid];
        return before.Request is { State: not RequestState.Closed }
            ? this
            : With(jid, before with { Request = new RequestMark((before.Request?.Number ?? 0) + 1, RequestState.Open, now, note) });
    }

    /// <summary>A request was answered or taken back.</summary>
    public NoticeBook CloseRequest(BareJid jid) => With(jid, Close(this[jid]));

    /// <summary>Everything about somebody is dealt with.</summary>
    public NoticeBook Answered(BareJid jid)
    {
        var marks = Close(this[jid]);
        return With(jid, marks with { Link = marks.Link is { Kind: not null } link ? link with { IsDismissed = true, IsSeen = true } : marks.Link });
    }

    public NoticeBook Dismiss(BareJid jid, bool request)
    {
        var marks = this[jid];
        if (request)
        {
            return marks.Request is { State: RequestState.Open } open
                ? With(jid, marks with { Request = open with { State = RequestState.Ignored, IsSeen = true } })
                : this;
        }
        return marks.Link is { Kind: not null } link ? With(jid, marks with { Link = link with { IsDismissed = true, IsSeen = true } }) : this;
    }

    public NoticeBook MarkSeen() => new(Marks.SetItems(Marks.Where(mark => IsShown(mark.Value)).Select(mark => KeyValuePair.Create(mark.Key, new NoticeMarks(
        mark.Value.Link is { Kind: not null } link ? link with { IsSeen = true } : mark.Value.Link,
        mark.Value.Request is { State: RequestState.Open } request ? request with { IsSeen = true } : mark.Value.Request)))));

    private static bool IsShown(NoticeMarks marks) => marks.Link is { Kind: not null } || marks.Request is { State: RequestState.Open };

    private static NoticeMarks Close(NoticeMarks marks) => marks.Request is { State: not RequestState.Closed } request
        ? marks with { Request = request with { State = RequestState.Closed, IsSeen = true } }
        : marks;

    private NoticeBook With(BareJid jid, NoticeMarks marks) => marks == this[jid] ? this : new NoticeBook(Marks.SetItem(jid, marks));
}
