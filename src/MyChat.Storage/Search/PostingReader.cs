using LinqToDB;
using LinqToDB.Async;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Search;

/// <summary>A key that is looked for, or with <paramref name="IsPrefix"/> all keys that begin so.</summary>
internal sealed record IndexTerm(byte[] Key, bool IsPrefix);

/// <summary>A segment was merged into another while it was read: the list of segments must be read again.</summary>
internal sealed class SegmentsChangedException : Exception;

/// <summary>
/// Asks segments which entries have all of some keys. Their directories tell how many blocks each key takes, so the rarest is read first, and
/// what would cost more than it saves is not read at all.
/// </summary>
internal sealed class PostingReader(Database database, long account, IReadOnlyList<IndexTerm> terms)
{
    /// <summary>A term that takes more blocks than this (a prefix of one letter) tells little: looking at the entries is cheaper.</summary>
    private const int MostBlocks = 64;

    private const int FewBlocks = 3;
    private const int FewEntries = 16;
    private const int BlocksPerQuery = 256;

    /// <summary>The entries of each segment that may have all keys, ascending; null where that is not known, and all must be looked at.</summary>
    /// <exception cref="SegmentsChangedException">One of them is gone.</exception>
    public async Task<IReadOnlyList<long[]?>> FindAsync(IReadOnlyList<SearchSegmentRow> segments, CancellationToken cancellation)
    {
        var plans = segments.Select(Plan).ToList();
        var blocks = await FetchAsync(plans.SelectMany(plan => SegmentPlan.Numbers(plan.First)), cancellation);
        foreach (var plan in plans)
        {
            plan.Narrow(plan.First, blocks);
        }
        // What the rarest keys have in common is often little or nothing: then the others need not be read.
        var more = plans.Where(plan => plan.Ids is { Length: > FewEntries }).ToList();
        blocks = await FetchAsync(more.SelectMany(plan => SegmentPlan.Numbers(plan.Later)), cancellation);
        foreach (var plan in more)
        {
            plan.Narrow(plan.Later, blocks);
        }
        return [.. plans.Select(plan => plan.Ids)];
    }

    private SegmentPlan Plan(SearchSegmentRow row)
    {
        var parts = terms.Select(term =>
        {
            var (first, end) = SegmentReader.Find(row.Directory, term.Key, term.IsPrefix);
            return new PlannedTerm(term, row.FirstBlock + first, row.FirstBlock + end);
        }).Where(part => part.Width <= MostBlocks).OrderBy(part => part.Width).ToList();
        return new SegmentPlan(row, [.. parts.Where((part, i) => i == 0 || part.Width <= FewBlocks)], [.. parts.Skip(1).Where(part => part.Width > FewBlocks)]);
    }

    private async Task<Dictionary<long, byte[]>> FetchAsync(IEnumerable<long> numbers, CancellationToken cancellation)
    {
        var blocks = new Dictionary<long, byte[]>();
        foreach (var some in numbers.Distinct().Order().Chunk(BlocksPerQuery))
        {
            var rows = await database.ReadAsync(
                db => db.GetTable<SearchBlockRow>().Where(row => row.Account == account && some.Contains(row.Number)).ToListAsync(cancellation),
                cancellation);
            if (rows.Count != some.Length)
            {
                throw new SegmentsChangedException();
            }
            foreach (var row in rows)
            {
                blocks[row.Number] = row.Data;
            }
        }
        return blocks;
    }

    private sealed record PlannedTerm(IndexTerm Term, long FirstBlock, long EndBlock)
    {
        public long Width => EndBlock - FirstBlock;
    }

    /// <summary>Which keys of a segment are read when, and what they have in common so far.</summary>
    private sealed class SegmentPlan(SearchSegmentRow row, IReadOnlyList<PlannedTerm> first, IReadOnlyList<PlannedTerm> later)
    {
        public IReadOnlyList<PlannedTerm> First => first;
        public IReadOnlyList<PlannedTerm> Later => later;

        public long[]? Ids { get; private set; }

        public static IEnumerable<long> Numbers(IReadOnlyList<PlannedTerm> parts)
        {
            foreach (var part in parts)
            {
                if (part.Width == 0)
                {
                    yield break; // a key that is nowhere: the list is in order of width, so nothing was named yet
                }
                for (var number = part.FirstBlock; number < part.EndBlock; number++)
                {
                    yield return number;
                }
            }
        }

        public void Narrow(IReadOnlyList<PlannedTerm> parts, Dictionary<long, byte[]> blocks)
        {
            foreach (var part in parts)
            {
                if (Ids is { Length: 0 })
                {
                    return;
                }
                var found = Read(part, blocks);
                Ids = Ids is null ? [.. found] : Common(Ids, found);
            }
        }

        private List<long> Read(PlannedTerm part, Dictionary<long, byte[]> blocks)
        {
            var ids = new List<long>();
            for (var number = part.FirstBlock; number < part.EndBlock; number++)
            {
                SegmentReader.Collect(blocks[number], row.FirstId, part.Term.Key, part.Term.IsPrefix, ids);
            }
            if (part.Term.IsPrefix)
            {
                ids.Sort();
                return [.. ids.Distinct()];
            }
            return ids;
        }

        private static long[] Common(long[] some, List<long> others)
        {
            var common = new List<long>(Math.Min(some.Length, others.Count));
            for (var (i, j) = (0, 0); i < some.Length && j < others.Count;)
            {
                if (some[i] == others[j])
                {
                    common.Add(some[i++]);
                    j++;
                }
                else if (some[i] < others[j])
                {
                    i++;
                }
                else
                {
                    j++;
                }
            }
            return [.. common];
        }
    }
}
