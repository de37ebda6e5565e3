using CsCheck;
using MyChat.Storage.Schema;
using MyChat.Storage.Search;
using MyChat.Xmpp.Search;

namespace MyChat.Storage.Tests.Search;

public sealed class SegmentTests
{
    private static readonly string[] Common = ["light", "lig", "likely", "a", "zebra", "👍", "全"];
    private static readonly Gen<string> Words = Gen.OneOf(Gen.Int[0, Common.Length - 1].Select(i => Common[i]), Gen.String[Gen.Char.AlphaNumeric, 1, 24]);

    // Ids with gaps, as there are between the entries of one account.
    private static readonly Gen<(long Id, string Text)[]> Logs = Gen.Select(Gen.Int[1, 1000], Words.Array[0, 6].Select(words => string.Join(' ', words)))
        .Array[1, 600].Select(steps =>
        {
            var id = 5_000_000_000L;
            return steps.Select(step => (id += step.Item1, step.Item2)).ToArray();
        });

    private static IndexPace Pace { get; } = new(TimeProvider.System) { IsAlone = true };

    [Fact]
    public Task A_key_leads_to_the_entries_that_have_it() => Logs.SampleAsync(async log =>
    {
        var segment = await Build(log, level: 0);
        Assert.All(segment.Blocks, block => Assert.InRange(block.Length, 1, SegmentWriter.BlockBytes));
        AssertHolds(segment, log);
    }, iter: 30);

    [Fact]
    public Task Merged_segments_hold_what_their_parts_held_but_for_what_is_gone() => Gen.Select(Logs, Gen.Int[1, 5], Gen.Int[2, 9]).SampleAsync(async (log, count, gone) =>
    {
        var parts = new List<(SearchSegmentRow Row, IReadOnlyList<byte[]> Blocks)>();
        foreach (var part in log.Chunk((log.Length / count) + 1))
        {
            var segment = await Build(part, 0);
            parts.Add((Row(segment), segment.Blocks));
        }
        var left = log.Where((_, i) => i % gone != 0 && gone < 9).ToArray();
        var merged = await SegmentMerge.MergeAsync(parts, 1, [.. left.Select(entry => entry.Id)], Pace, TestDatabase.Token);
        Assert.Equal((log[0].Id, log[^1].Id), merged.Ids);
        Assert.Equal(left.Length, merged.Messages);
        AssertHolds(merged, left);
        AssertHolds(await SegmentMerge.MergeAsync(parts, 1, kept: null, Pace, TestDatabase.Token), log);
    }, iter: 30);

    [Fact]
    public async Task Damaged_blocks_are_noticed()
    {
        var block = (await Build([(7, "soft light")], 0)).Blocks[0];
        Assert.Throws<InvalidDataException>(() => Collect(block[..^1], 7, "soft", false));
        Assert.Throws<InvalidDataException>(() => Collect([9, .. block[1..]], 7, "soft", false));
    }

    private static ValueTask<Segment> Build((long Id, string Text)[] log, int level)
    {
        var builder = new SegmentBuilder();
        foreach (var (id, text) in log)
        {
            builder.Add(id, id * 2, id % 3, text);
        }
        return builder.BuildAsync(level, Pace, TestDatabase.Token);
    }

    private static void AssertHolds(Segment segment, (long Id, string Text)[] log)
    {
        foreach (var word in log.SelectMany(entry => entry.Text.Split(' ')).Where(word => word.Length > 0).Distinct().Append("absent"))
        {
            var key = SearchFolding.Fold(word);
            Assert.Equal(Having(log, key), Lookup(segment, key, isPrefix: false));
            Assert.Equal(
                log.Where(entry => Folded(entry.Text).Any(one => one.StartsWith(key, StringComparison.Ordinal))).Select(entry => entry.Id),
                Lookup(segment, key, isPrefix: true));
        }
        Assert.Equal(
            log.Where(entry => entry.Id % 3 == 1).Select(entry => entry.Id),
            Lookup(segment, IndexKeys.OfPeer(1), isPrefix: false));
    }

    private static IEnumerable<long> Having((long Id, string Text)[] log, string key) =>
        log.Where(entry => Folded(entry.Text).Contains(key)).Select(entry => entry.Id);

    private static string[] Folded(string text) => SearchFolding.Fold(text).Split(' ');

    private static IEnumerable<long> Lookup(Segment segment, string key, bool isPrefix) => Lookup(segment, IndexKeys.Of(key), isPrefix);

    private static IEnumerable<long> Lookup(Segment segment, byte[] key, bool isPrefix)
    {
        var (first, end) = SegmentReader.Find(segment.Directory, key, isPrefix);
        var ids = new List<long>();
        for (var block = first; block < end; block++)
        {
            SegmentReader.Collect(segment.Blocks[block], segment.Ids.First, key, isPrefix, ids);
        }
        return isPrefix ? ids.Order().Distinct() : ids;
    }

    private static List<long> Collect(byte[] block, long firstId, string key, bool isPrefix)
    {
        var ids = new List<long>();
        SegmentReader.Collect(block, firstId, IndexKeys.Of(key), isPrefix, ids);
        return ids;
    }

    private static SearchSegmentRow Row(Segment segment) => new()
    {
        FirstId = segment.Ids.First,
        LastId = segment.Ids.Last,
        FirstStamp = segment.Stamps.First,
        LastStamp = segment.Stamps.Last,
        Messages = segment.Messages,
        Blocks = segment.Blocks.Count,
    };
}
