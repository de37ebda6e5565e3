using System.Buffers;
using System.Text;
using System.Text.Unicode;
using System.Xml;

namespace MyChat.Xmpp.Xml;

/// <summary>Which characters XML 1.0 allows where.</summary>
internal static class XmlChars
{
    // Char (XML 1.0 §2.2) leaves out the other C0 controls, surrogates, U+FFFE and U+FFFF.
    private static readonly SearchValues<byte> ForbiddenBytes = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    private static readonly SearchValues<char> Suspicious = SearchValues.Create(SuspiciousChars());

    private const int MostNameBytes = 256;

    private static readonly SearchValues<char> AsciiNameChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly byte[] NameClass = NameClasses();

    /// <summary>Throws unless all bytes are UTF-8 of characters that XML allows.</summary>
    public static void Check(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOfAny(ForbiddenBytes) >= 0)
        {
            throw XmlFaults.NotWellFormed("A character that XML does not allow.");
        }

        if (Ascii.IsValid(utf8))
        {
            return;
        }

        if (!Utf8.IsValid(utf8))
        {
            throw XmlFaults.Encoding("The bytes are not UTF-8.");
        }

        if (utf8.IndexOf("\uFFFE"u8) >= 0 || utf8.IndexOf("\uFFFF"u8) >= 0)
        {
            throw XmlFaults.NotWellFormed("A character that XML does not allow.");
        }
    }

    /// <summary>Whether XML can hold this text.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(Suspicious); at >= 0; at = text.IndexOfAny(Suspicious))
        {
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
            {
                return false;
            }

            text = text[(at + 2)..];
        }

        return true;
    }

    /// <summary>Whether a character reference may name this (XML 1.0 §4.1).</summary>
    public static bool IsChar(uint value) =>
        value is 9 or 10 or 13 or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);

    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    /// <summary>
    /// The length of the NCName at the start (0 when there is none). Beyond ASCII only the names that the fourth edition of XML 1.0 knows
    /// as well are taken: other parsers on a stanza's way go by that edition, and what we forward must mean the same to them.
    /// </summary>
    public static int NameLength(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || (NameClass[utf8[0]] == 1))
        {
            return 0;
        }

        var at = 0;
        while (at < utf8.Length)
        {
            var kind = NameClass[utf8[at]];
            if (kind == 0)
            {
                break;
            }

            if (kind != 3)
            {
                at++;
                continue;
            }

            if (Rune.DecodeFromUtf8(utf8[at..], out var rune, out var length) != OperationStatus.Done || !IsName(rune, first: at == 0))
            {
                break;
            }

            at += length;
        }

        return at;
    }

    /// <summary>Whether the text is an NCName in the same sense, of 256 bytes at most.</summary>
    public static bool IsName(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(AsciiNameChars))
        {
            return text.Length is > 0 and <= MostNameBytes && NameClass[text[0]] == 2;
        }

        Span<byte> utf8 = stackalloc byte[MostNameBytes];
        return Encoding.UTF8.TryGetBytes(text, utf8, out var length) && NameLength(utf8[..length]) == length;
    }

    private static bool IsName(Rune rune, bool first) =>
        rune.IsBmp && (first ? XmlConvert.IsStartNCNameChar((char)rune.Value) : XmlConvert.IsNCNameChar((char)rune.Value));

    /// <summary>0: never in a name; 1: not at its start; 2: anywhere; 3: not ASCII, look closer.</summary>
    private static byte[] NameClasses()
    {
        var classes = new byte[256];
        for (var i = 0; i < 256; i++)
        {
            classes[i] = i >= 0x80 ? (byte)3
                : char.IsAsciiLetter((char)i) || i == '_' ? (byte)2
                : char.IsAsciiDigit((char)i) || i is '-' or '.' ? (byte)1
                : (byte)0;
        }

        return classes;
    }

    private static char[] SuspiciousChars() =>
        [.. Enumerable.Range(0, 0x10000).Where(c => !IsChar((uint)c)).Select(c => (char)c)];
}
