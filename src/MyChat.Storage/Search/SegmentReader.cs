namespace MyChat.Storage.Search;

/// <summary>Reads what <see cref="SegmentWriter"/> wrote.</summary>
internal static class SegmentReader
{
    /// <summary>Which blocks of a segment may hold a key: from the first to before the last; none when both are the same.</summary>
    public static (int First, int End) Find(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> key, bool isPrefix)
    {
        var reader = new FrontReader(directory, stackalloc byte[IndexKeys.MaxBytes]);
        var first = 0;
        var end = 0;
        for (var block = 0; !reader.IsAtEnd; block++)
        {
            reader.ReadKey();
            var order = reader.Key.SequenceCompareTo(key);
            if (order < 0)
            {
                first = block; // it may end with the key
            }
            if (order > 0 && !(isPrefix && reader.Key.StartsWith(key)))
            {
                break;
            }
            end = block + 1;
        }
        return (first, end);
    }

    /// <summary>Adds the ids of a key that a block holds; those of several keys (<paramref name="isPrefix"/>) are in no order.</summary>
    public static void Collect(ReadOnlySpan<byte> block, long firstId, ReadOnlySpan<byte> key, bool isPrefix, List<long> ids)
    {
        var reader = new FrontReader(block, stackalloc byte[IndexKeys.MaxBytes]);
        while (!reader.IsAtEnd)
        {
            reader.ReadKey();
            var steps = reader.ReadBytes();
            if (isPrefix ? reader.Key.StartsWith(key) : reader.Key.SequenceEqual(key))
            {
                Decode(steps, firstId, ids);
            }
            else if (reader.Key.SequenceCompareTo(key) > 0)
            {
                return;
            }
        }
    }

    public static void Decode(ReadOnlySpan<byte> steps, long firstId, List<long> ids)
    {
        var id = firstId;
        for (var at = 0; at < steps.Length;)
        {
            id += (long)Varint.Read(steps, ref at);
            ids.Add(id);
        }
    }
}
