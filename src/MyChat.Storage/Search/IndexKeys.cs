using System.Buffers.Binary;
using System.Text;

namespace MyChat.Storage.Search;

/// <summary>The keys of the index as bytes: they ascend as bytes do.</summary>
internal static class IndexKeys
{
    /// <summary>No key is longer: 24 UTF-16 units are at most 72 bytes.</summary>
    public const int MaxBytes = 96;

    private const byte PeerMark = 1; // no text has it

    public static byte[] Of(ReadOnlySpan<char> key)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(key)];
        Encoding.UTF8.GetBytes(key, bytes);
        return bytes;
    }

    /// <summary>The beginning of a key as a number: where two differ, they say which key is less.</summary>
    public static ulong Beginning(ReadOnlySpan<byte> key)
    {
        if (key.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(key);
        }
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        key.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }

    /// <summary>The key of everything that was exchanged with one address.</summary>
    public static byte[] OfPeer(long peer)
    {
        var bytes = new byte[1 + sizeof(long)];
        bytes[0] = PeerMark;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), peer);
        return bytes;
    }
}
