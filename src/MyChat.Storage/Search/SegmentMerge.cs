using System.Runtime.InteropServices;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Search;

/// <summary>Makes one segment of several that follow each other.</summary>
internal static class SegmentMerge
{
    /// <param name="parts">The segments, ascending, each with all its blocks.</param>
    /// <param name="level">The new one's.</param>
    /// <param name="kept">The entries that are still in the log, ascending; null when none was removed.</param>
    public static Segment Merge(IReadOnlyList<(SearchSegmentRow Row, IReadOnlyList<byte[]> Blocks)> parts, int level, long[]? kept)
    {
        var first = parts[0].Row;
        var last = parts[^1].Row;
        var writer = new SegmentWriter(first.FirstId);
        var cursors = parts.Select(part => new Cursor(part.Row.FirstId, part.Blocks)).Where(cursor => cursor.Next()).ToList();
        var ids = new List<long>();
        while (cursors.Count > 0)
        {
            var key = cursors.Select(cursor => cursor.Key).Aggregate((least, next) => next.AsSpan().SequenceCompareTo(least) < 0 ? next : least);
            ids.Clear();
            for (var i = 0; i < cursors.Count; i++)
            {
                // A list that goes on in the next block comes again under its key.
                while (cursors[i].Key.AsSpan().SequenceEqual(key))
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
        return new Segment(
            level,
            kept?.Length ?? parts.Sum(part => part.Row.Messages),
            (first.FirstId, last.LastId),
            (parts.Min(part => part.Row.FirstStamp), parts.Max(part => part.Row.LastStamp)),
            writer.Finish(),
            writer.Blocks);
    }

    /// <summary>Walks over the keys of one segment.</summary>
    private sealed class Cursor(long firstId, IReadOnlyList<byte[]> blocks)
    {
        private int block;
        private int at;
        private int steps;
        private int length;

        public byte[] Key { get; private set; } = [];

        public bool Next()
        {
            while (block < blocks.Count && at >= blocks[block].Length)
            {
                block++;
                at = 0;
                Key = [];
            }
            if (block == blocks.Count)
            {
                return false;
            }
            ReadOnlySpan<byte> data = blocks[block];
            var shared = (int)Varint.Read(data, ref at);
            Key = [.. Key.AsSpan(0, shared), .. Varint.ReadBytes(data, ref at)];
            length = Varint.ReadBytes(data, ref at).Length;
            steps = at - length;
            return true;
        }

        public void Collect(List<long> ids) => SegmentReader.Decode(blocks[block].AsSpan(steps, length), firstId, ids);
    }
}
