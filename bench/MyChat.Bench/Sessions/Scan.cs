using System.Buffers.Text;
using System.Text;

namespace MyChat.Bench.Sessions;

/// <summary>Looks for things in a stanza's bytes, without making objects of it. Good enough for what servers write, not for any XML.</summary>
internal static class Scan
{
    /// <summary>The start tag, with its brackets.</summary>
    public static ReadOnlySpan<byte> StartTag(ReadOnlySpan<byte> piece) => piece[..(piece.IndexOf((byte)'>') + 1)];

    /// <summary>An attribute's value as it is written; empty where there is none.</summary>
    /// <param name="name">With the blank before and the sign after it: <c>" id="</c>.</param>
    public static ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> name)
    {
        var at = tag.IndexOf(name);
        if (at < 0 || at + name.Length >= tag.Length)
        {
            return default;
        }
        var quoted = tag[(at + name.Length)..];
        var length = quoted[1..].IndexOf(quoted[0]);
        return length < 0 ? default : quoted.Slice(1, length);
    }

    public static ReadOnlySpan<byte> Id(ReadOnlySpan<byte> piece) => Attribute(StartTag(piece), " id="u8);

    public static ReadOnlySpan<byte> From(ReadOnlySpan<byte> piece) => Attribute(StartTag(piece), " from="u8);

    public static ReadOnlySpan<byte> Type(ReadOnlySpan<byte> piece) => Attribute(StartTag(piece), " type="u8);

    /// <summary>The number that follows <paramref name="mark"/>, or -1.</summary>
    public static long NumberAfter(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> mark)
    {
        var at = piece.IndexOf(mark);
        return at >= 0 && Utf8Parser.TryParse(piece[(at + mark.Length)..], out long number, out _) ? number : -1;
    }

    /// <summary>How often it occurs.</summary>
    public static int Count(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> wanted)
    {
        var count = 0;
        for (var at = piece.IndexOf(wanted); at >= 0; at = piece.IndexOf(wanted))
        {
            count++;
            piece = piece[(at + wanted.Length)..];
        }
        return count;
    }

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
