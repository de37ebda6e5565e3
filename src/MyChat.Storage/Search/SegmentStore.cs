using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using MyChat.Storage.Schema;
using MyChat.Storage.Writer;

namespace MyChat.Storage.Search;

/// <summary>
/// Segments in the database. A segment is there once its row is; blocks that no row claims were left by a crash, or by a merge that is not
/// through yet, and go sooner or later. All is written in small commands, so that messages never wait long behind one.
/// </summary>
internal sealed class SegmentStore(Database database)
{
    private const int BlocksPerCommand = 24; // about 100 KB

    public ValueTask<List<SearchSegmentRow>> ReadAsync(long account, CancellationToken cancellation) => database.ReadAsync(
        db => db.GetTable<SearchSegmentRow>().Where(row => row.Account == account).OrderBy(row => row.LastId).ToListAsync(cancellation), cancellation);

    /// <summary>All blocks of a segment, in order; fewer when it is gone meanwhile.</summary>
    public ValueTask<List<byte[]>> ReadBlocksAsync(SearchSegmentRow row, CancellationToken cancellation) => database.ReadAsync(
        db => db.GetTable<SearchBlockRow>()
            .Where(block => block.Account == row.Account && block.Number >= row.FirstBlock && block.Number < row.EndBlock)
            .OrderBy(block => block.Number).Select(block => block.Data).ToListAsync(cancellation), cancellation);

    /// <summary>
    /// Stores a segment in the place of others, which must still be there. Its row and theirs are exchanged in one transaction.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="segment">The new one.</param>
    /// <param name="present">All segments of the account, ascending, as they were read.</param>
    /// <param name="replaced">How many of the last of them it takes the place of; 0 for a segment that comes after them.</param>
    /// <param name="cancellation">Ends it between two commands.</param>
    /// <returns>Its row; null when the account or its segments are not what they were: then nothing changed.</returns>
    public async Task<SearchSegmentRow?> StoreAsync(
        long account, Segment segment, IReadOnlyList<SearchSegmentRow> present, int replaced, CancellationToken cancellation)
    {
        var row = new SearchSegmentRow
        {
            Account = account,
            FirstBlock = present.Count == 0 ? 1 : present.Max(other => other.EndBlock),
            Blocks = segment.Blocks.Count,
            Level = segment.Level,
            Messages = segment.Messages,
            FirstId = segment.Ids.First,
            LastId = segment.Ids.Last,
            FirstStamp = segment.Stamps.First,
            LastStamp = segment.Stamps.Last,
            Directory = segment.Directory,
        };
        await RemoveBlocksAsync(account, row.FirstBlock, long.MaxValue, cancellation); // of an attempt that a crash cut off
        var written = 0;
        while (segment.Blocks.Count - written > BlocksPerCommand)
        {
            var (from, count) = (written, BlocksPerCommand);
            await WriteAsync(session => Insert(session.Db, row, segment.Blocks, from, count), cancellation);
            written += count;
        }
        var stored = await WriteAsync(session => Finish(session.Db, row, segment.Blocks, written, present, replaced), cancellation);
        return stored ? row : null;
    }

    /// <summary>Removes blocks that none of these segments claims.</summary>
    public async Task RemoveUnclaimedAsync(long account, IReadOnlyList<SearchSegmentRow> present, CancellationToken cancellation)
    {
        var from = 0L;
        foreach (var row in present.OrderBy(row => row.FirstBlock))
        {
            await RemoveBlocksAsync(account, from, row.FirstBlock, cancellation);
            from = row.EndBlock;
        }
        await RemoveBlocksAsync(account, from, long.MaxValue, cancellation);
    }

    /// <summary>Takes an account's segments away, all or those whose row is in <paramref name="rows"/>, with their blocks.</summary>
    public async Task RemoveAsync(long account, IReadOnlyList<SearchSegmentRow>? rows, CancellationToken cancellation)
    {
        await WriteAsync(session => rows is null
            ? session.Db.GetTable<SearchSegmentRow>().Delete(row => row.Account == account)
            : rows.Sum(gone => session.Db.GetTable<SearchSegmentRow>().Delete(row => row.Account == account && row.FirstBlock == gone.FirstBlock)), cancellation);
        await RemoveUnclaimedAsync(account, await ReadAsync(account, cancellation), cancellation);
    }

    private async Task RemoveBlocksAsync(long account, long from, long end, CancellationToken cancellation)
    {
        while (from < end)
        {
            var start = from;
            var numbers = await database.ReadAsync(
                db => db.GetTable<SearchBlockRow>().Where(row => row.Account == account && row.Number >= start && row.Number < end)
                    .OrderBy(row => row.Number).Select(row => row.Number).Take(BlocksPerCommand).ToListAsync(cancellation),
                cancellation);
            if (numbers.Count == 0)
            {
                return;
            }
            from = numbers[^1] + 1;
            var next = from;
            // Whoever asked may have read the segments some time ago.
            await WriteAsync(session => session.Db.GetTable<SearchSegmentRow>()
                .Any(row => row.Account == account && row.FirstBlock < next && row.FirstBlock + row.Blocks > start)
                ? 0
                : session.Db.GetTable<SearchBlockRow>().Delete(row => row.Account == account && row.Number >= start && row.Number < next), cancellation);
        }
    }

    private static bool Finish(
        DataConnection db, SearchSegmentRow row, List<byte[]> blocks, int written, IReadOnlyList<SearchSegmentRow> present, int replaced)
    {
        var rows = db.GetTable<SearchSegmentRow>();
        var isThere = db.GetTable<AccountRow>().Any(account => account.Id == row.Account && account.Localpart != null);
        var last = present.Count == 0 ? 0 : present[^1].LastId;
        if (!isThere || !AreThere(db, row, written) || rows.Count(other => other.Account == row.Account) != present.Count
            || (rows.Where(other => other.Account == row.Account).Max(other => (long?)other.LastId) ?? 0) != last)
        {
            return false;
        }
        Insert(db, row, blocks, written, blocks.Count - written);
        foreach (var old in present.TakeLast(replaced))
        {
            rows.Delete(other => other.Account == old.Account && other.FirstBlock == old.FirstBlock);
        }
        db.Insert(row);
        return true;
    }

    /// <summary>Whether nobody removed what was written before: until now no segment claimed it.</summary>
    private static bool AreThere(DataConnection db, SearchSegmentRow row, int written) => written == 0
        || db.GetTable<SearchBlockRow>().Count(
            block => block.Account == row.Account && block.Number >= row.FirstBlock && block.Number < row.FirstBlock + written) == written;

    private static int Insert(DataConnection db, SearchSegmentRow row, List<byte[]> blocks, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            db.Insert(new SearchBlockRow { Account = row.Account, Number = row.FirstBlock + i, Data = blocks[i] });
        }
        return count;
    }

    private async Task<T> WriteAsync<T>(Func<WriterSession, T> write, CancellationToken cancellation)
    {
        // Messages go first: while they fill the queue, the index waits.
        await database.Writer.WaitForRoomAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        return await database.Writer.WriteAsync(write, needsMailboxes: false);
    }
}
