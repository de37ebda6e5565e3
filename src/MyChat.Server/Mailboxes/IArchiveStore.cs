using MyChat.Xmpp.Jids;

namespace MyChat.Server.Mailboxes;

/// <summary>What is asked of an account's history: the entries of its log that are kept, in the order of the log.</summary>
public sealed record ArchiveQuery
{
    /// <summary>Only what went to or came from this address; a bare one stands for all its resources.</summary>
    public Jid? With { get; init; }

    /// <summary>Only what was received at this moment or later.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Only what was received at this moment or before.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Only ids above this one.</summary>
    public long After { get; init; }

    /// <summary>Only ids below this one.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>Only these ids; null is all.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Only what holds these words; where the store cannot search, it refuses (<see cref="IArchiveStore.CanSearch"/>).</summary>
    public string? Text { get; init; }

    /// <summary>The most entries of a page.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Past this many bytes of stanzas a page ends, though it always holds one entry.</summary>
    public long MostBytes { get; init; } = 1_048_576;

    /// <summary>Whether the page holds the last entries that match, rather than the first.</summary>
    public bool FromEnd { get; init; }
}

/// <summary>A page of history.</summary>
/// <param name="Entries">Ascending, also when it was asked for from the end.</param>
/// <param name="IsComplete">Whether no other entry matches in the direction of the query.</param>
public sealed record ArchivePage(IReadOnlyList<MailboxEntry> Entries, bool IsComplete);

/// <summary>What is too old to be kept.</summary>
/// <param name="Before">What was received before this moment; null is nothing.</param>
/// <param name="MostEntries">What is older than so many newer entries of the same log; 0 is nothing.</param>
public readonly record struct RetentionRule(DateTimeOffset? Before, int MostEntries)
{
    public bool RemovesNothing => Before is null && MostEntries <= 0;
}

/// <summary>A look at the oldest entries of a log.</summary>
/// <param name="Ids">Those that a rule lets go, ascending.</param>
/// <param name="Bytes">The size of their stanzas.</param>
/// <param name="Next">Up to where it was looked; null when nothing older than the rule says is left above.</param>
public readonly record struct OldEntries(IReadOnlyList<long> Ids, long Bytes, long? Next);

/// <summary>So much had to be looked at in vain that the search was given up: with another word or a narrower time it may be found.</summary>
public sealed class SearchTooBroadException() : Exception("Too many messages would have to be looked at.");

/// <summary>The history in the logs: entries that are kept, which is all but the transient ones.</summary>
public interface IArchiveStore
{
    /// <summary>Whether queries may have a <see cref="ArchiveQuery.Text"/>.</summary>
    bool CanSearch { get; }

    /// <summary>A page of an account's history.</summary>
    /// <exception cref="SearchTooBroadException">See there.</exception>
    ValueTask<ArchivePage> QueryAsync(long account, ArchiveQuery query, CancellationToken cancellation);

    /// <summary>Whether all these entries are in the account's history.</summary>
    ValueTask<bool> HoldsAsync(long account, IReadOnlyCollection<long> ids, CancellationToken cancellation);

    /// <summary>The first and the last entry with their times; null when there is none.</summary>
    ValueTask<((long Id, DateTimeOffset Stamp) First, (long Id, DateTimeOffset Stamp) Last)?> SpanAsync(long account, CancellationToken cancellation);

    /// <summary>
    /// Looks at the oldest entries above <paramref name="after"/>, at most <paramref name="most"/>, for those that a rule lets go. It never lets go
    /// one that nobody proved to have.
    /// </summary>
    ValueTask<OldEntries> FindOldAsync(long account, RetentionRule rule, long after, int most, CancellationToken cancellation);

    /// <summary>Removes the account's side of these entries in one short transaction; returns the bytes that its mailbox is smaller by.</summary>
    ValueTask<long> RemoveAsync(long account, IReadOnlyList<long> ids, CancellationToken cancellation);
}
