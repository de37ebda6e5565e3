namespace MyChat.Storage.Search;

/// <summary>
/// Packs keys and the entries that have them into blocks, and notes with which key each block begins. A block is a row of keys (front-coded),
/// each followed by its ids as steps from one to the next; a long list goes on in the next block under the same key.
/// </summary>
internal sealed class SegmentWriter(long firstId)
{
    /// <summary>Fills a page of SQLite's (4 KB) and the part of a row that stays with its key; half a page of InnoDB's at most.</summary>
    public const int BlockBytes = 4800;

    private const int LeastRoom = 64;

    private readonly FrontWriter block = new();
    private readonly FrontWriter directory = new();
    private readonly byte[] steps = new byte[BlockBytes];

    /// <summary>The blocks so far; complete after <see cref="Finish"/>.</summary>
    public List<byte[]> Blocks { get; } = [];

    /// <summary>Adds a key, larger than those before, with ascending ids.</summary>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<long> ids)
    {
        while (!ids.IsEmpty)
        {
            if (block.Length > 0 && BlockBytes - block.Length < key.Length + LeastRoom)
            {
                Blocks.Add(block.Take());
            }
            if (block.Length == 0)
            {
                directory.Key(key);
            }
            var room = BlockBytes - block.Length - key.Length - (3 * Varint.MaxBytes);
            var last = firstId;
            var length = 0;
            var taken = 0;
            while (taken < ids.Length && length < room)
            {
                length += Varint.Write(steps.AsSpan(length), (ulong)(ids[taken] - last));
                last = ids[taken++];
            }
            block.Key(key);
            block.Bytes(steps.AsSpan(0, length));
            ids = ids[taken..];
        }
    }

    /// <summary>Ends the last block; returns the directory.</summary>
    public byte[] Finish()
    {
        if (block.Length > 0)
        {
            Blocks.Add(block.Take());
        }
        return directory.Take();
    }
}
