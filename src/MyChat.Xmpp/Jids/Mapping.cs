using System.Buffers;
using System.Globalization;
using System.Text;
using Category = System.Globalization.UnicodeCategory;

namespace MyChat.Xmpp.Jids;

/// <summary>Width and case mapping (RFC 8264 §5.2.1, §5.2.3).</summary>
internal static class Mapping
{
    public static readonly SearchValues<char> AsciiUpper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Replaces full-width and half-width characters by what they decompose to.</summary>
    public static string MapWidth(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uFF00', '\uFFEF') && !text.Contains('\u3000'))
        {
            return text;
        }

        return string.Create(text.Length, text, static (mapped, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                mapped[i] = source[i] switch
                {
                    '\u3000' => ' ',
                    >= '\uFF00' and <= '\uFFEF' => UnicodeRanges.WidthForms[source[i] - 0xFF00],
                    _ => source[i],
                };
            }
        });
    }

    /// <summary>Unicode's toLowercase (The Unicode Standard §3.13, R2). .NET maps one character to one, so the two cases that are not
    /// so are done here: U+0130, which becomes two, and (unless a domain is mapped) a capital sigma at the end of a word.</summary>
    public static string ToLower(string text, bool finalSigma)
    {
        var lower = text.ToLowerInvariant();
        if (finalSigma && text.Contains('Σ'))
        {
            lower = string.Create(text.Length, (text, lower), static (mapped, state) =>
            {
                for (var i = 0; i < mapped.Length; i++)
                {
                    mapped[i] = state.text[i] == 'Σ' && IsFinal(state.text, i) ? 'ς' : state.lower[i];
                }
            });
        }

        return lower.Replace("\u0130", "i\u0307", StringComparison.Ordinal);
    }

    // Final_Sigma: a cased letter before it and none after it, case-ignorable characters not counted.
    private static bool IsFinal(string text, int sigma)
    {
        var before = false;
        for (var i = sigma; i > 0;)
        {
            i -= i > 1 && char.IsSurrogatePair(text, i - 2) ? 2 : 1;
            if (!IsCaseIgnorable(text, i))
            {
                before = IsCased(text, i);
                break;
            }
        }

        for (var i = sigma + 1; before && i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
        {
            if (!IsCaseIgnorable(text, i))
            {
                return !IsCased(text, i);
            }
        }

        return before;
    }

    private static bool IsCased(string text, int index) =>
        CharUnicodeInfo.GetUnicodeCategory(text, index) is Category.LowercaseLetter or Category.UppercaseLetter or Category.TitlecaseLetter;

    // Mn, Me, Cf, Lm, Sk and the word-internal punctuation (Word_Break MidLetter, MidNumLet, Single_Quote).
    private static bool IsCaseIgnorable(string text, int index) =>
        CharUnicodeInfo.GetUnicodeCategory(text, index)
            is Category.NonSpacingMark or Category.EnclosingMark or Category.Format or Category.ModifierLetter or Category.ModifierSymbol
        || text[index] is '\'' or '.' or ':' or '\u00B7' or '\u0387' or '\u055F' or '\u05F4' or '\u2018' or '\u2019' or '\u2024' or '\u2027'
            or '\uFE13' or '\uFE52' or '\uFE55' or '\uFF07' or '\uFF0E' or '\uFF1A';
}
