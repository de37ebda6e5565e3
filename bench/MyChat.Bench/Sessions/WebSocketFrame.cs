using System.Buffers;
using System.Buffers.Binary;
using MyChat.Client.Connections;
using MyChat.Xmpp.Xml;

namespace MyChat.Bench.Sessions;

/// <summary>RFC 6455 §5.2, the client's side of it: what is sent can so be put into the buffer of a batch like any bytes.</summary>
internal static class WebSocketFrame
{
    /// <summary>Two bytes, a length of eight, a mask of four.</summary>
    public const int MostHeader = 14;

    private const byte Final = 0x80;
    private const byte Masked = 0x80;
    private const byte Text = 1;
    private const byte Pong = 10;
    private const int MaskBytes = 4;

    /// <summary>Writes a text message; returns its length with header.</summary>
    public static int Write(ReadOnlySpan<byte> payload, Span<byte> output)
    {
        var header = WriteHeader(payload.Length, output);
        payload.CopyTo(output[header..]);
        return header + payload.Length;
    }

    /// <summary>Writes what comes before a text message; returns its length.</summary>
    public static int WriteHeader(int length, Span<byte> output)
    {
        output[0] = Final | Text;
        var header = 2;
        if (length < 126)
        {
            output[1] = (byte)(Masked | length);
        }
        else if (length <= ushort.MaxValue)
        {
            output[1] = Masked | 126;
            BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)length);
            header += sizeof(ushort);
        }
        else
        {
            output[1] = Masked | 127;
            BinaryPrimitives.WriteUInt64BigEndian(output[2..], (ulong)length);
            header += sizeof(ulong);
        }
        // A mask of zeros leaves the payload as it is. Masks protect proxies (§10.3); there is none between a benchmark and its server.
        output.Slice(header, MaskBytes).Clear();
        return header + MaskBytes;
    }

    public static ReadOnlySpan<byte> EmptyPong => [Final | Pong, Masked, 0, 0, 0, 0];
}

/// <summary>What a server sends over a WebSocket, message by message.</summary>
internal sealed class WebSocketInput
{
    private readonly ArrayBufferWriter<byte> _fragments = new();
    private bool _taken;

    /// <summary>Takes the next message of <paramref name="input"/> from <paramref name="start"/> on, and moves that behind it.</summary>
    public FrameKind TryTake(byte[] input, ref int start, int end, out ReadOnlySequence<byte> message, out bool isPing)
    {
        (message, isPing) = (default, false);
        if (_taken)
        {
            _fragments.ResetWrittenCount();
            _taken = false;
        }
        while (TryReadHeader(input.AsSpan(start, end - start), out var header, out var length))
        {
            var (first, payload) = (input[start], start + header);
            start = payload + length;
            switch (first & 0x0F)
            {
                case 8:
                    return FrameKind.StreamClose;
                case 9:
                    isPing = true;
                    return FrameKind.Element;
                case 10:
                    continue;
                case 0 or 1 when (first & 0x80) != 0 && _fragments.WrittenCount == 0:
                    message = new ReadOnlySequence<byte>(input, payload, length);
                    return FrameKind.Element;
                case 0 or 1:
                    _fragments.Write(input.AsSpan(payload, length));
                    if ((first & 0x80) != 0)
                    {
                        _taken = true;
                        message = new ReadOnlySequence<byte>(_fragments.WrittenMemory);
                        return FrameKind.Element;
                    }
                    continue;
                default:
                    throw new NegotiationException("The server sent a WebSocket message that is no text (RFC 7395 §3.2).");
            }
        }
        return FrameKind.Incomplete;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        (header, length) = (2, 0);
        if (bytes.Length < header)
        {
            return false;
        }
        length = bytes[1] & 0x7F;
        header += length switch { 126 => sizeof(ushort), 127 => sizeof(ulong), _ => 0 };
        if (bytes.Length < header)
        {
            return false;
        }
        length = length switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
            _ => length,
        };
        return bytes.Length - header >= length;
    }
}
