using System.Buffers.Binary;

namespace MyChat.Storage.Writer;

/// <summary>The ids beside a cursor, as the database keeps them: eight bytes each, little-endian.</summary>
internal static class SettledIds
{
    public static byte[] Write(IReadOnlyList<long> ids)
    {
        var bytes = new byte[ids.Count * sizeof(long)];
        for (var i = 0; i < ids.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), ids[i]);
        }
        return bytes;
    }

    public static IReadOnlyList<long> Read(ReadOnlySpan<byte> bytes)
    {
        var ids = new long[bytes.Length / sizeof(long)];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * sizeof(long))..]);
        }
        return ids;
    }
}
