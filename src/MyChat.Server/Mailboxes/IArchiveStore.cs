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

/// <summary>The history in the logs: entries that are kept, which is all but the transient ones.</summary>
public interface IArchiveStore
{
    /// <summary>Whether queries may have a <see cref="ArchiveQuery.Text"/>.</summary>
    bool CanSearch { get; }

    /// <summary>A page of an account's history.</summary>
    ValueTask<ArchivePage> QueryAsync(long account, ArchiveQuery query, CancellationToken cancellation);

    /// <summary>Whether all these entries are in the account's history.</summary>
    ValueTask<bool> HoldsAsync(long account, IReadOnlyCollection<long> ids, CancellationToken cancellation);

    /// <summary>The first and the last entry with their times; null when there is none.</summary>
    ValueTask<((long Id, DateTimeOffset Stamp) First, (long Id, DateTimeOffset Stamp) Last)?> SpanAsync(long account, CancellationToken cancellation);
}
