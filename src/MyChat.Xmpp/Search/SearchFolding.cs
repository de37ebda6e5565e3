using System.Globalization;
using System.Text;

namespace MyChat.Xmpp.Search;

/// <summary>How text is folded before it is compared: what looks or reads the same becomes the same.</summary>
public static class SearchFolding
{
    /// <summary>
    /// Compatibility-composed (full width is half width), lower case in every script with ß as ss and ς as σ, and without what is not seen:
    /// soft hyphens, joiners, variation selectors, skin tones. Folding twice changes nothing.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }
        var lower = WellFormed(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant()
            .Replace("ß", "ss", StringComparison.Ordinal).Replace('ς', 'σ').Replace("\u0130", "i\u0307", StringComparison.Ordinal);
        return WithoutUnseen(lower).Normalize(NormalizationForm.FormKC);
    }

    private static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                // A lone surrogate reads as U+FFFD in runes, so that Normalize cannot throw.
                return string.Concat(text.EnumerateRunes());
            }
        }
        return text;
    }

    private static string WithoutUnseen(string text)
    {
        StringBuilder? kept = null;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnseen(rune))
            {
                kept ??= new StringBuilder(text, 0, at, text.Length);
            }
            else
            {
                kept?.Append(rune.ToString());
            }
            at += rune.Utf16SequenceLength;
        }
        return kept?.ToString() ?? text;
    }

    private static bool IsUnseen(Rune rune) => rune.Value switch
    {
        < 0xAD => false,
        0x034F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x1F3FB and <= 0x1F3FF) => true,
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format,
    };
}
