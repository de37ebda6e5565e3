using LinqToDB;
using LinqToDB.Async;
using MyChat.Storage.Schema;
using MyChat.Xmpp.Search;

namespace MyChat.Storage.Search;

/// <summary>
/// Brings one account's index forward: a segment of the next entries, and where segments have become many, a larger one in their place. Each
/// entry so is written twice in all, or three times where somebody searches often, whatever the log's length, and a log of a million has at most
/// 29 segments. Only what is filed is seen.
/// </summary>
internal sealed class AccountIndexer(Database database, IndexPace pace)
{
    /// <summary>As long as fewer entries than this are not indexed, they stay so, even where somebody searches.</summary>
    public const int SmallSegment = 1024;

    /// <summary>As many that are not indexed become a segment though nobody searches.</summary>
    public const int LargeSegment = SmallSegment * MergeAt;

    /// <summary>How many segments of one level become one of the next.</summary>
    public const int MergeAt = 8;

    private const int HighestLevel = 2;
    private const int MostCharacters = 2_000_000;

    /// <summary>How many entries are read at once: each stanza may be as long as stanzas can be.</summary>
    private const int PageEntries = 64;

    private readonly SegmentStore store = new(database);

    /// <summary>Where an account's index ends, and how many entries come after it, counted only as far as it matters.</summary>
    public async ValueTask<AccountTail> FindTailAsync(long account, CancellationToken cancellation) => await database.ReadAsync(async db =>
    {
        var last = await db.GetTable<SearchSegmentRow>().Where(row => row.Account == account).MaxAsync(row => (long?)row.LastId, cancellation) ?? 0;
        var entries = db.GetTable<MailboxRow>()
            .Where(row => row.Account == account && row.Id > last && (row.Flags & MailboxRow.Transient) == 0)
            .OrderBy(row => row.Id).Select(row => row.Id).Take(LargeSegment);
        var waiting = await entries.GroupBy(_ => 1).Select(ids => new { Count = ids.Count(), Last = ids.Max() }).FirstOrDefaultAsync(cancellation);
        return new AccountTail { IndexedTo = last, CountedTo = waiting?.Last ?? last, Waiting = waiting?.Count ?? 0 };
    }, cancellation);

    /// <summary>Adds a segment, when there are at least so many entries for one; whether there may be more.</summary>
    public async Task<bool> IndexAsync(long account, AccountTail tail, int least, CancellationToken cancellation)
    {
        var present = await store.ReadAsync(account, cancellation);
        tail.IndexedTo = present.Count == 0 ? 0 : present[^1].LastId;
        var builder = new SegmentBuilder();
        var wanted = tail.Waiting >= LargeSegment ? LargeSegment : SmallSegment;
        while (builder.Messages < wanted && builder.Characters < MostCharacters && await ReadAsync(account, tail.IndexedTo, builder, cancellation))
        {
        }
        if (builder.Messages < least && builder.Characters < MostCharacters)
        {
            (tail.Waiting, tail.CountedTo) = (builder.Messages, Math.Max(tail.IndexedTo, builder.LastId));
            return false;
        }
        var segment = await builder.BuildAsync(builder.Messages >= LargeSegment ? 1 : 0, pace, cancellation);
        if (await store.StoreAsync(account, segment, present, 0, cancellation) is not { } row)
        {
            (tail.IndexedTo, tail.CountedTo, tail.Waiting) = (0, 0, 0); // the account is gone, or its index is made anew: the log is read again then
            return false;
        }
        tail.IndexedTo = row.LastId;
        // It may have taken some that were not counted yet.
        (tail.Waiting, tail.CountedTo) = row.LastId >= tail.CountedTo ? (0, row.LastId) : (Math.Max(0, tail.Waiting - builder.Messages), tail.CountedTo);
        await MergeAsync(account, [.. present, row], cancellation);
        if (tail.Waiting < LargeSegment && wanted == LargeSegment)
        {
            var rest = await FindTailAsync(account, cancellation); // it was counted only so far
            (tail.Waiting, tail.CountedTo) = (rest.Waiting, rest.CountedTo);
        }
        return tail.Waiting >= least;
    }

    /// <summary>Takes the next entries into the builder; whether there were as many as were asked for.</summary>
    private async Task<bool> ReadAsync(long account, long indexedTo, SegmentBuilder builder, CancellationToken cancellation)
    {
        var after = Math.Max(indexedTo, builder.LastId);
        var entries = await database.ReadAsync(db =>
        {
            var next = from entry in db.GetTable<MailboxRow>()
                       join message in db.GetTable<MessageRow>() on entry.Id equals message.Id
                       where entry.Account == account && entry.Id > after && (entry.Flags & MailboxRow.Transient) == 0
                       orderby entry.Id
                       select new { entry.Id, entry.Peer, message.Stamp, message.Stanza };
            return next.Take(PageEntries).ToListAsync(cancellation);
        }, cancellation);
        foreach (var entry in entries)
        {
            builder.Add(entry.Id, entry.Stamp, entry.Peer, MessageWords.Read(entry.Stanza));
            await pace.BreatheAsync(cancellation);
        }
        return entries.Count == PageEntries;
    }

    private async Task MergeAsync(long account, List<SearchSegmentRow> present, CancellationToken cancellation)
    {
        for (var level = 0; level < HighestLevel; level++)
        {
            var run = 0;
            while (run < present.Count && present[^(run + 1)].Level <= level)
            {
                run++;
            }
            if (present.TakeLast(run).Count(row => row.Level == level) < MergeAt
                || await MergeAsync(account, present, run, level + 1, cancellation) is not { } merged)
            {
                continue;
            }
            present = [.. present.SkipLast(run), merged];
        }
    }

    private async Task<SearchSegmentRow?> MergeAsync(
        long account, List<SearchSegmentRow> present, int run, int level, CancellationToken cancellation)
    {
        var parts = new List<(SearchSegmentRow Row, IReadOnlyList<byte[]> Blocks)>();
        foreach (var row in present.TakeLast(run))
        {
            var blocks = await store.ReadBlocksAsync(row, cancellation);
            if (blocks.Count != row.Blocks)
            {
                return null; // it is being removed
            }
            parts.Add((row, blocks));
        }
        var (first, last) = (parts[0].Row.FirstId, parts[^1].Row.LastId);
        var kept = await database.ReadAsync(
            db => db.GetTable<MailboxRow>().Where(row => row.Account == account && row.Id >= first && row.Id <= last)
                .OrderBy(row => row.Id).Select(row => row.Id).ToArrayAsync(cancellation),
            cancellation);
        var isWhole = kept.Length >= parts.Sum(part => part.Row.Messages);
        var merged = await SegmentMerge.MergeAsync(parts, level, isWhole ? null : kept, pace, cancellation);
        var stored = await store.StoreAsync(account, merged, present, run, cancellation);
        if (stored is not null)
        {
            await store.RemoveUnclaimedAsync(account, [.. present.SkipLast(run), stored], cancellation);
        }
        return stored;
    }
}
