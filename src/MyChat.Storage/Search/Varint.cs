namespace MyChat.Storage.Search;

/// <summary>Numbers in as few bytes as they need: seven bits each, the lowest first.</summary>
internal static class Varint
{
    public const int MaxBytes = 10;

    public static int Write(Span<byte> to, ulong value)
    {
        var at = 0;
        while (value >= 0x80)
        {
            to[at++] = (byte)(value | 0x80);
            value >>= 7;
        }
        to[at++] = (byte)value;
        return at;
    }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static ulong Read(ReadOnlySpan<byte> from, scoped ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (at >= from.Length)
            {
                break;
            }
            var part = from[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
        throw new InvalidDataException("A block of the search index is damaged.");
    }

    /// <summary>A number that says how many bytes follow, and those bytes.</summary>
    public static ReadOnlySpan<byte> ReadBytes(ReadOnlySpan<byte> from, scoped ref int at)
    {
        var length = Read(from, ref at);
        if (length > (ulong)(from.Length - at))
        {
            throw new InvalidDataException("A block of the search index is damaged.");
        }
        at += (int)length;
        return from.Slice(at - (int)length, (int)length);
    }
}
