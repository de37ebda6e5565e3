namespace MyChat.Storage.Search;

/// <summary>Ascending keys, each written as what it shares with the one before and the rest.</summary>
internal ref struct FrontReader(ReadOnlySpan<byte> data, Span<byte> buffer)
{
    private readonly ReadOnlySpan<byte> data = data;
    private readonly Span<byte> buffer = buffer;
    private int length;
    private int at;

    public readonly bool IsAtEnd => at >= data.Length;

    /// <summary>The key last read; overwritten by the next.</summary>
    public readonly ReadOnlySpan<byte> Key => buffer[..length];

    public void ReadKey() => length = ReadKey(data, ref at, buffer, length);

    /// <summary>Reads a key over the one before it; returns its length.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static int ReadKey(ReadOnlySpan<byte> data, scoped ref int at, Span<byte> key, int length)
    {
        var shared = (int)Math.Min(Varint.Read(data, ref at), int.MaxValue);
        var rest = Varint.ReadBytes(data, ref at);
        if (shared > length || shared + rest.Length > key.Length)
        {
            throw new InvalidDataException("A block of the search index is damaged.");
        }
        rest.CopyTo(key[shared..]);
        return shared + rest.Length;
    }

    public ReadOnlySpan<byte> ReadBytes() => Varint.ReadBytes(data, ref at);
}

/// <summary>Writes keys for <see cref="FrontReader"/>.</summary>
internal sealed class FrontWriter
{
    private readonly byte[] last = new byte[IndexKeys.MaxBytes];
    private int lastLength;

    public int Length { get; private set; }

    public byte[] Buffer { get; private set; } = new byte[1024];

    public void Key(ReadOnlySpan<byte> key)
    {
        var shared = key.CommonPrefixLength(last.AsSpan(0, lastLength));
        Number((ulong)shared);
        Bytes(key[shared..]);
        key.CopyTo(last);
        lastLength = key.Length;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number((ulong)bytes.Length);
        Grow(bytes.Length);
        bytes.CopyTo(Buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>What was written since the last time.</summary>
    public byte[] Take()
    {
        var taken = Buffer[..Length];
        Length = 0;
        lastLength = 0;
        return taken;
    }

    private void Number(ulong value)
    {
        Grow(Varint.MaxBytes);
        Length += Varint.Write(Buffer.AsSpan(Length), value);
    }

    private void Grow(int more)
    {
        if (Buffer.Length - Length < more)
        {
            var larger = new byte[Math.Max(Buffer.Length * 2, Length + more)];
            Buffer.AsSpan(0, Length).CopyTo(larger);
            Buffer = larger;
        }
    }
}
