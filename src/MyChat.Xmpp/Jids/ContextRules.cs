using System.Globalization;
using System.Text;

namespace MyChat.Xmpp.Jids;

/// <summary>Where the code points that are allowed only in context may stand (RFC 5892 appendix A).</summary>
internal static class ContextRules
{
    private const int Zwnj = 0x200C;
    private const int Zwj = 0x200D;

    /// <summary>Whether every such code point of the text, which has no lone surrogate, stands where it may.</summary>
    public static bool Hold(string text)
    {
        var arabicIndic = false;
        var extendedArabicIndic = false;
        bool? japanese = null;
        for (var i = 0; i < text.Length; i++)
        {
            var allowed = text[i] switch
            {
                (char)Zwnj => IsVirama(Before(text, i)) || JoinsBothSides(text, i), // A.1
                (char)Zwj => IsVirama(Before(text, i)), // A.2
                '\u00B7' => Before(text, i) == 'l' && After(text, i) == 'l', // A.3
                '\u0375' => UnicodeRanges.Contains(UnicodeRanges.Greek, After(text, i)), // A.4
                '\u05F3' or '\u05F4' => UnicodeRanges.Contains(UnicodeRanges.Hebrew, Before(text, i)), // A.5, A.6
                '\u30FB' => japanese ??= IsJapanese(text), // A.7
                >= '\u0660' and <= '\u0669' => arabicIndic = true,
                >= '\u06F0' and <= '\u06F9' => extendedArabicIndic = true,
                _ => true,
            };
            if (!allowed)
            {
                return false;
            }
        }

        return !(arabicIndic && extendedArabicIndic); // A.8, A.9
    }

    private static bool IsJapanese(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (UnicodeRanges.Contains(UnicodeRanges.KanaAndHan, rune.Value))
            {
                return true;
            }
        }

        return false;
    }

    // A.1: (L or D) T* ZWNJ T* (R or D), with the joining types of Unicode.
    private static bool JoinsBothSides(string text, int zwnj)
    {
        var i = zwnj;
        var before = Before(text, i);
        while (IsTransparent(before))
        {
            i -= before > 0xFFFF ? 2 : 1;
            before = Before(text, i);
        }

        if (!UnicodeRanges.Contains(UnicodeRanges.JoiningDual, before) && !UnicodeRanges.Contains(UnicodeRanges.JoiningLeft, before))
        {
            return false;
        }

        i = zwnj;
        var after = After(text, i);
        while (IsTransparent(after))
        {
            i += after > 0xFFFF ? 2 : 1;
            after = After(text, i);
        }

        return UnicodeRanges.Contains(UnicodeRanges.JoiningDual, after) || UnicodeRanges.Contains(UnicodeRanges.JoiningRight, after);
    }

    // Of what a string class allows, Joining_Type T is the marks without width, and one letter.
    private static bool IsTransparent(int cp) => cp == 0x1E94B
        || (cp >= 0 && CharUnicodeInfo.GetUnicodeCategory(cp) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);

    private static bool IsVirama(int cp) => UnicodeRanges.Contains(UnicodeRanges.Virama, cp);

    private static int Before(string text, int index) =>
        index == 0 ? -1 : index > 1 && char.IsSurrogatePair(text, index - 2) ? char.ConvertToUtf32(text, index - 2) : text[index - 1];

    // The code points asked about are single char, except while walking over transparent ones: then index is the last char of one.
    private static int After(string text, int index) =>
        index + 1 >= text.Length ? -1 : char.IsSurrogatePair(text, index + 1) ? char.ConvertToUtf32(text, index + 1) : text[index + 1];
}
