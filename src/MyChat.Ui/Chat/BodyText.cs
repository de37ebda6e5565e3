using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Chat;

/// <summary>A piece of a body: text, or text that is a link.</summary>
public sealed record BodyPart(string Text, Uri? Link = null)
{
    /// <summary>Whom an xmpp link names: it opens the chat here.</summary>
    public BareJid? Contact { get; } = Link is { Scheme: "xmpp" } && BareJid.TryParse(Uri.UnescapeDataString(Link.AbsolutePath), out var jid) ? jid : null;
}

/// <summary>What strangers wrote, made safe to look at: links are recognized, never markup; what would turn the reading direction loses its effect.</summary>
public static partial class BodyText
{
    /// <summary>Longer bodies are folded at first: in UTF-16 units, and in lines.</summary>
    public const int FoldLength = 1600;
    public const int FoldLines = 24;

    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The body in pieces. Only http, https and xmpp addresses become links, and none that hides a user name (<c>https://bank.example@evil.example</c>).
    /// </summary>
    public static IReadOnlyList<BodyPart> Split(string body)
    {
        var text = Neutralize(body);
        var parts = new List<BodyPart>();
        var done = 0;
        foreach (Match match in Address().Matches(text))
        {
            var address = TrimEnd(match.Value);
            if (ToLink(address) is not { } link)
            {
                continue;
            }
            if (match.Index > done)
            {
                parts.Add(new(text[done..match.Index]));
            }
            parts.Add(new(address, link));
            done = match.Index + address.Length;
        }
        if (done < text.Length)
        {
            parts.Add(new(text[done..]));
        }
        return parts;
    }

    /// <summary>
    /// Overrides of the reading direction (U+202D, U+202E) are replaced by a visible sign, embeddings (U+202A, U+202B, U+202C) by isolates, which do
    /// nothing to what stands around them. What is shown is isolated besides.
    /// </summary>
    public static string Neutralize(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u202A', '\u202E') < 0)
        {
            return text;
        }
        return string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = from[i] switch
                {
                    '\u202D' or '\u202E' => Replacement,
                    '\u202A' => '\u2066',
                    '\u202B' => '\u2067',
                    '\u202C' => '\u2069',
                    var other => other,
                };
            }
        });
    }

    /// <summary>Where to fold a long body: a place between two characters as a reader sees them, or null when it is short.</summary>
    public static int? FoldAt(string body)
    {
        var end = Math.Min(body.Length, FoldLength);
        var lines = 0;
        for (var i = 0; i < end; i++)
        {
            if (body[i] == '\n' && ++lines == FoldLines)
            {
                return i;
            }
        }
        // A little more than the limit is not worth a button.
        if (body.Length <= FoldLength + FoldLength / 8)
        {
            return null;
        }
        var at = 0;
        while (true)
        {
            var length = StringInfo.GetNextTextElementLength(body.AsSpan(at));
            if (at + length > FoldLength)
            {
                // One "character" of a thousand combining marks: cut it between code points.
                return at > 0 ? at : char.IsLowSurrogate(body[FoldLength]) ? FoldLength - 1 : FoldLength;
            }
            at += length;
        }
    }

    /// <summary>Few emoji and nothing else: shown large.</summary>
    public static bool IsEmojiOnly(string body)
    {
        if (body.Length is 0 or > 48)
        {
            return false;
        }
        var count = 0;
        for (var at = 0; at < body.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(body.AsSpan(at));
            if (!IsEmoji(body.AsSpan(at, length)) || ++count > 3)
            {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static bool IsEmoji(ReadOnlySpan<char> element)
    {
        Rune.DecodeFromUtf16(element, out var first, out _);
        return first.Value is >= 0x1F000 and <= 0x1FAFF
            || (first.Value is >= 0x2190 and <= 0x2BFF && (element.Contains('\uFE0F') || first.Value is 0x2728 or 0x2705 or 0x274C or 0x2753 or 0x2757
                or 0x2B50 or 0x26A1 or 0x231A or 0x231B or 0x23F0 or 0x23F3 or 0x2614 or 0x2615 or 0x26BD or 0x26C4 or 0x26C5));
    }

    private static Uri? ToLink(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return null;
        }
        return uri.Scheme switch
        {
            "http" or "https" => uri.UserInfo.Length == 0 && uri.Host.Length > 0 ? uri : null,
            "xmpp" => uri,
            _ => null,
        };
    }

    // What ends a sentence rather than an address; a closing bracket only when none was opened.
    private static string TrimEnd(string address)
    {
        var end = address.Length;
        while (end > 0)
        {
            var last = address[end - 1];
            var opener = last switch { ')' => '(', ']' => '[', '}' => '{', _ => '\0' };
            var isTail = opener == '\0'
                ? ".,;:!?'\"*_~".Contains(last, StringComparison.Ordinal)
                : address.AsSpan(0, end).Count(last) > address.AsSpan(0, end).Count(opener);
            if (!isTail)
            {
                break;
            }
            end--;
        }
        return address[..end];
    }

    // No white space, quotes, brackets, control or format characters, and none of the marks that end a Chinese sentence or bracket.
    [GeneratedRegex(@"(?<![\p{L}\p{N}+.\-:])(?:https?://|xmpp:)[^\s<>""“”‘’`\\^|\p{Cc}\p{Cf}\uFFFD，。；：！？、（）《》「」『』【】…]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
