namespace MyChat.Client.Roster;

/// <summary>How far a friendship had come when the user's devices last looked; the order matters where two devices saw different things at once.</summary>
internal enum LinkState
{
    /// <summary>Nothing that could be lost.</summary>
    None,
    /// <summary>The user asked.</summary>
    Asked,
    /// <summary>The user agreed to a request and asked back: that this is answered is no news.</summary>
    AskedBack,
    /// <summary>They said yes, and are expected to ask back.</summary>
    Agreed,
    /// <summary>It was a friendship; it stays one for as long as anything of it is left.</summary>
    Friend,
}

/// <summary>
/// The last turn that a friendship took. Turns are numbered, so that devices which saw the same turn gave it the same number and make of it
/// the same notice.
/// </summary>
/// <param name="Kind">What there is to tell, or null.</param>
internal sealed record LinkMark(int Number, LinkState State, NoticeKind? Kind, DateTimeOffset At)
{
    public bool IsSeen { get; init; }
    public bool IsDismissed { get; init; }

    /// <summary>What both know together. Order and repetition do not matter.</summary>
    public static LinkMark? Merge(LinkMark? one, LinkMark? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }
        var order = (one.Number, one.Kind ?? (NoticeKind)(-1)).CompareTo((other.Number, other.Kind ?? (NoticeKind)(-1)));
        return order != 0 ? (order > 0 ? one : other) : one with
        {
            State = one.State > other.State ? one.State : other.State,
            At = one.At < other.At ? one.At : other.At,
            IsSeen = one.IsSeen || other.IsSeen,
            IsDismissed = one.IsDismissed || other.IsDismissed,
        };
    }
}

internal enum RequestState
{
    Open,
    /// <summary>Dismissed without an answer: it waits on the server, and is shown no more.</summary>
    Ignored,
    /// <summary>Answered, or taken back.</summary>
    Closed,
}

/// <summary>The last request that somebody made; numbered like <see cref="LinkMark"/>.</summary>
internal sealed record RequestMark(int Number, RequestState State, DateTimeOffset At, string? Note)
{
    public bool IsSeen { get; init; }

    /// <inheritdoc cref="LinkMark.Merge"/>
    public static RequestMark? Merge(RequestMark? one, RequestMark? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }
        return one.Number != other.Number ? (one.Number > other.Number ? one : other) : one with
        {
            State = one.State > other.State ? one.State : other.State,
            At = one.At < other.At ? one.At : other.At,
            Note = string.CompareOrdinal(one.Note, other.Note) >= 0 ? one.Note : other.Note,
            IsSeen = one.IsSeen || other.IsSeen,
        };
    }
}

/// <summary>What is remembered of somebody.</summary>
internal sealed record NoticeMarks(LinkMark? Link, RequestMark? Request)
{
    public static readonly NoticeMarks None = new(null, null);

    public static NoticeMarks Merge(NoticeMarks one, NoticeMarks other) =>
        new(LinkMark.Merge(one.Link, other.Link), RequestMark.Merge(one.Request, other.Request));
}
