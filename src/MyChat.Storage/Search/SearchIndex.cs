using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Search;

/// <summary>What an operator may want of the index for searching in histories. It can be made anew from the log at any time.</summary>
public sealed class SearchIndex(Database database)
{
    private readonly SegmentStore store = new(database);
    private readonly SearchCursor cursor = new(database);

    /// <summary>
    /// Throws the index away; the indexer of the running server, or of the next, makes it anew in the background. Searches find everything
    /// meanwhile, but more slowly, and those in long histories only what is recent.
    /// </summary>
    public async Task RebuildAsync(CancellationToken cancellation)
    {
        foreach (var account in await AccountsAsync(cancellation))
        {
            await store.RemoveAsync(account, rows: null, cancellation);
        }
        await cursor.SaveAsync(0, cancellation);
    }

    /// <summary>Removes what is of no use any more: the index of accounts that are gone, and of entries that are all gone; how many segments.</summary>
    public async Task<int> CleanAsync(CancellationToken cancellation)
    {
        var removed = 0;
        foreach (var account in await AccountsAsync(cancellation))
        {
            var rows = await store.ReadAsync(account, cancellation);
            var gone = new List<SearchSegmentRow>();
            foreach (var row in rows)
            {
                if (await IsOfUseAsync(row, cancellation))
                {
                    break; // what is old goes first: what comes after this is of use too
                }
                gone.Add(row);
            }
            if (gone.Count > 0)
            {
                await store.RemoveAsync(account, gone, cancellation);
                removed += gone.Count;
            }
            else
            {
                await store.RemoveUnclaimedAsync(account, rows, cancellation);
            }
        }
        return removed;
    }

    /// <summary>How large the index is.</summary>
    public async Task<SearchIndexSize> MeasureAsync(CancellationToken cancellation)
    {
        var (segments, messages) = await database.ReadAsync(async db =>
        {
            var rows = db.GetTable<SearchSegmentRow>();
            return (await rows.CountAsync(cancellation), await rows.SumAsync(row => (long?)row.Messages, cancellation) ?? 0);
        }, cancellation);
        var bytes = await database.ReadAsync(
            async db => await db.ExecuteAsync<decimal>("SELECT coalesce(sum(length(directory)),0) FROM search_segment", cancellation)
                + await db.ExecuteAsync<decimal>("SELECT coalesce(sum(length(data)),0) FROM search_block", cancellation),
            cancellation);
        return new SearchIndexSize(segments, messages, (long)bytes);
    }

    private async Task<bool> IsOfUseAsync(SearchSegmentRow segment, CancellationToken cancellation) => await database.ReadMailboxesAsync(
        db => db.Log().AnyAsync(
            entry => entry.Account == segment.Account && entry.Id >= segment.FirstId && entry.Id <= segment.LastId, cancellation),
        cancellation);

    private async Task<List<long>> AccountsAsync(CancellationToken cancellation) => await database.ReadAsync(
        db => db.GetTable<SearchSegmentRow>().Select(row => row.Account).Distinct().ToListAsync(cancellation), cancellation);
}

/// <summary>The size of the index for searching.</summary>
/// <param name="Segments">Its parts.</param>
/// <param name="Messages">Entries of logs that are in it; a message that two accounts hold counts twice.</param>
/// <param name="Bytes">What its blocks and directories hold; the database's own overhead comes on top.</param>
public sealed record SearchIndexSize(int Segments, long Messages, long Bytes);
