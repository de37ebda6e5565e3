using MyChat.Server.Mailboxes;

namespace MyChat.Storage.Stores;

/// <summary>Finds entries by the words in them, for <see cref="ArchiveStore"/>.</summary>
internal interface IArchiveSearch
{
    /// <summary>
    /// The next ids of entries of the account's log that may match <see cref="ArchiveQuery.Text"/>: above <paramref name="after"/>, below
    /// <paramref name="before"/>, ascending, or with <see cref="ArchiveQuery.FromEnd"/> descending, at most <paramref name="limit"/>; fewer only
    /// when there are no more. They may be entries that are gone, or that the rest of the query leaves out: the store looks at each.
    /// </summary>
    ValueTask<IReadOnlyList<long>> FindAsync(
        long account, ArchiveQuery query, long after, long before, int limit, CancellationToken cancellation);
}
