using System.Runtime.InteropServices;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Search;

/// <summary>Makes one segment of several that follow each other.</summary>
internal static class SegmentMerge
{
    private const int KeysAtOnce = 128;

    /// <param name="parts">The segments, ascending, each with all its blocks.</param>
    /// <param name="level">The new one's.</param>
    /// <param name="kept">The entries that are still in the log, ascending; null when none was removed.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async ValueTask<Segment> MergeAsync(
        IReadOnlyList<(SearchSegmentRow Row, IReadOnlyList<byte[]> Blocks)> parts, int level, long[]? kept, IndexPace pace, CancellationToken cancellation)
    {
        var first = parts[0].Row;
        var last = parts[^1].Row;
        var writer = new SegmentWriter(first.FirstId);
        var cursors = parts.Select(part => new Cursor(part.Row.FirstId, part.Blocks)).Where(cursor => cursor.Next()).ToList();
        var ids = new List<long>();
        while (cursors.Count > 0)
        {
            Merge(cursors, kept, writer, ids);
            await pace.BreatheAsync(cancellation);
        }
        return new Segment(
            level,
            kept?.Length ?? parts.Sum(part => part.Row.Messages),
            (first.FirstId, last.LastId),
            (parts.Min(part => part.Row.FirstStamp), parts.Max(part => part.Row.LastStamp)),
            writer.Finish(),
            writer.Blocks);
    }

    /// <summary>Takes the next keys from all.</summary>
    private static void Merge(List<Cursor> cursors, long[]? kept, SegmentWriter writer, List<long> ids)
    {
        Span<byte> buffer = stackalloc byte[IndexKeys.MaxBytes];
        for (var count = 0; count < KeysAtOnce && cursors.Count > 0; count++)
        {
            var least = cursors[0];
            for (var i = 1; i < cursors.Count; i++)
            {
                least = cursors[i].CompareTo(least) < 0 ? cursors[i] : least;
            }
            var key = buffer[..least.Key.Length];
            least.Key.CopyTo(key); // it moves on
            ids.Clear();
            for (var i = 0; i < cursors.Count; i++)
            {
                // A list that goes on in the next block comes again under its key.
                while (cursors[i].Key.SequenceEqual(key))
                {
                    cursors[i].Collect(ids);
                    if (!cursors[i].Next())
                    {
                        cursors.RemoveAt(i--);
                        break;
                    }
                }
            }
            if (kept is not null)
            {
                ids.RemoveAll(id => Array.BinarySearch(kept, id) < 0);
            }
            writer.Add(key, CollectionsMarshal.AsSpan(ids));
        }
    }

    /// <summary>Walks over the keys of one segment.</summary>
    private sealed class Cursor(long firstId, IReadOnlyList<byte[]> blocks)
    {
        private readonly byte[] key = new byte[IndexKeys.MaxBytes];
        private int keyLength;
        private ulong beginning;
        private int block;
        private int at;
        private int steps;
        private int length;

        public ReadOnlySpan<byte> Key => key.AsSpan(0, keyLength);

        public int CompareTo(Cursor other) =>
            beginning != other.beginning ? beginning.CompareTo(other.beginning) : Key.SequenceCompareTo(other.Key);

        public bool Next()
        {
            while (block < blocks.Count && at >= blocks[block].Length)
            {
                block++;
                at = 0;
                keyLength = 0;
            }
            if (block == blocks.Count)
            {
                return false;
            }
            ReadOnlySpan<byte> data = blocks[block];
            keyLength = FrontReader.ReadKey(data, ref at, key, keyLength);
            beginning = IndexKeys.Beginning(Key);
            length = Varint.ReadBytes(data, ref at).Length;
            steps = at - length;
            return true;
        }

        public void Collect(List<long> ids) => SegmentReader.Decode(blocks[block].AsSpan(steps, length), firstId, ids);
    }
}
