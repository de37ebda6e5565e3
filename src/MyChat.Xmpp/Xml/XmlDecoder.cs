using System.Buffers;
using System.Text;

namespace MyChat.Xmpp.Xml;

/// <summary>References and normalization (XML 1.0 §2.11, §3.3.3, §4.1, §4.6).</summary>
internal static class XmlDecoder
{
    private const int LongestReference = 64;

    /// <summary>Checks the reference at the start; its length with '&amp;' and ';'.</summary>
    public static int ReferenceLength(ReadOnlySpan<byte> utf8) => Reference(utf8, out _);

    public static string Text(ReadOnlySpan<byte> raw, bool isCData) => Decode(raw, references: !isCData, isAttribute: false);

    public static string AttributeValue(ReadOnlySpan<byte> raw) => Decode(raw, references: true, isAttribute: true);

    private static string Decode(ReadOnlySpan<byte> raw, bool references, bool isAttribute)
    {
        // What is decoded is never longer than what it was written as.
        var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        var length = 0;
        for (var at = 0; at < raw.Length; at++)
        {
            var b = raw[at];
            if (b == '&' && references)
            {
                at += Reference(raw[at..], out var rune) - 1;
                length += rune.EncodeToUtf8(buffer.AsSpan(length));
                continue;
            }

            if (b == '\r')
            {
                at += at + 1 < raw.Length && raw[at + 1] == '\n' ? 1 : 0;
                b = (byte)'\n';
            }

            buffer[length++] = isAttribute && b is (byte)'\n' or (byte)'\t' ? (byte)' ' : b;
        }

        var text = Encoding.UTF8.GetString(buffer, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    private static int Reference(ReadOnlySpan<byte> utf8, out Rune rune)
    {
        var end = utf8[..Math.Min(utf8.Length, LongestReference)].IndexOf((byte)';');
        var name = end < 0 ? default : utf8[1..end];
        if (name.Length > 1 && name[0] == '#')
        {
            rune = CharacterReference(name[1..]);
            return end + 1;
        }

        rune = name switch
        {
            _ when name.SequenceEqual("lt"u8) => new Rune('<'),
            _ when name.SequenceEqual("gt"u8) => new Rune('>'),
            _ when name.SequenceEqual("amp"u8) => new Rune('&'),
            _ when name.SequenceEqual("quot"u8) => new Rune('"'),
            _ when name.SequenceEqual("apos"u8) => new Rune('\''),
            // RFC 6120 §11.1 forbids any other entity.
            _ when name.Length > 0 && XmlChars.NameLength(name) == name.Length =>
                throw XmlFaults.Restricted("An entity that is not predefined."),
            _ => throw XmlFaults.NotWellFormed("'&' that starts no reference."),
        };
        return end + 1;
    }

    private static Rune CharacterReference(ReadOnlySpan<byte> digits)
    {
        var isHex = digits[0] == 'x';
        digits = isHex ? digits[1..] : digits;
        var value = 0u;
        foreach (var digit in digits)
        {
            var valid = isHex ? char.IsAsciiHexDigit((char)digit) : char.IsAsciiDigit((char)digit);
            // Stays above every character once it is, so that it cannot wrap around.
            value = valid && value <= 0x10FFFF ? (value * (isHex ? 16u : 10u)) + (uint)DigitValue(digit) : uint.MaxValue;
        }

        return digits.Length > 0 && XmlChars.IsChar(value)
            ? new Rune(value)
            : throw XmlFaults.NotWellFormed("A character reference to none that XML allows.");
    }

    private static int DigitValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
