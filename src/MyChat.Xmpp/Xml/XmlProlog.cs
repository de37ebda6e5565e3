using System.Buffers;
using System.Text;

namespace MyChat.Xmpp.Xml;

/// <summary>What may stand before the root: a byte order mark and the XML declaration (RFC 6120 §11.4, §11.6).</summary>
internal static class XmlProlog
{
    private const int MaxBytes = 256;

    /// <summary>Drops both from the buffer, if they are there; false when more bytes are needed to know.</summary>
    public static bool TrySkip(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> copy = stackalloc byte[MaxBytes];
        var length = (int)Math.Min(buffer.Length, MaxBytes);
        buffer.Slice(0, length).CopyTo(copy);
        ReadOnlySpan<byte> start = copy[..length];
        var mark = Encoding.UTF8.Preamble;
        if (length > 0 && start[0] >= 0xFE) // the marks of UTF-16; in UTF-8 these bytes do not occur
        {
            throw XmlFaults.Encoding("The stream is not UTF-8.");
        }

        if (start.Length < mark.Length && mark.StartsWith(start))
        {
            return false;
        }

        var skip = start.StartsWith(mark) ? mark.Length : 0;
        start = start[skip..];
        if (start.Length < 2 ? "<?"u8.StartsWith(start) : start.StartsWith("<?"u8))
        {
            var declaration = DeclarationLength(start);
            if (declaration < 0)
            {
                return false;
            }

            skip += declaration;
        }

        buffer = buffer.Slice(skip);
        return true;
    }

    /// <summary>The length of the checked declaration that starts here; -1 when its end is not there yet.</summary>
    private static int DeclarationLength(ReadOnlySpan<byte> start)
    {
        var opening = "<?xml"u8;
        if (start.Length <= opening.Length)
        {
            return opening.StartsWith(start) ? -1 : throw XmlFaults.Restricted("A processing instruction.");
        }

        if (!start.StartsWith(opening) || !IsSpace(start[opening.Length]))
        {
            throw XmlFaults.Restricted("A processing instruction.");
        }

        // The bound counts from here, so that a mark before it does not matter, nor how the bytes were split.
        var bound = MaxBytes - Encoding.UTF8.Preamble.Length;
        var end = start[..Math.Min(start.Length, bound)].IndexOf("?>"u8);
        if (end < 0)
        {
            return start.Length >= bound ? throw XmlFaults.NotWellFormed("An XML declaration without end.") : -1;
        }

        Check(start[opening.Length..end]);
        return end + 2;
    }

    private static void Check(ReadOnlySpan<byte> rest)
    {
        if (!TryTake(ref rest, "version"u8, out var version) || !version.SequenceEqual("1.0"u8))
        {
            throw XmlFaults.NotWellFormed("The XML declaration does not say version 1.0.");
        }

        if (TryTake(ref rest, "encoding"u8, out var encoding) && !Ascii.EqualsIgnoreCase(encoding, "utf-8"u8))
        {
            throw XmlFaults.Encoding("The stream is not declared as UTF-8."); // RFC 6120 §11.6
        }

        var standalone = TryTake(ref rest, "standalone"u8, out var answer);
        if ((standalone && !answer.SequenceEqual("yes"u8) && !answer.SequenceEqual("no"u8)) || !rest.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw XmlFaults.NotWellFormed("The XML declaration holds what it may not.");
        }
    }

    /// <summary>Takes white space, name, '=', and a quoted value from the start; otherwise leaves all as it is.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var at = rest.TrimStart(" \t\r\n"u8);
        if (at.Length == rest.Length || !at.StartsWith(name))
        {
            return false;
        }

        at = at[name.Length..].TrimStart(" \t\r\n"u8);
        if (at.IsEmpty || at[0] != '=')
        {
            return false;
        }

        at = at[1..].TrimStart(" \t\r\n"u8);
        var end = !at.IsEmpty && (at[0] is (byte)'\'' or (byte)'"') ? at[1..].IndexOf(at[0]) : -1;
        if (end < 0)
        {
            return false;
        }

        value = at.Slice(1, end);
        rest = at[(end + 2)..];
        return true;
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
