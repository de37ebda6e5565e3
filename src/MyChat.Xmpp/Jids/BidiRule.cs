using System.Globalization;
using System.Text;

namespace MyChat.Xmpp.Jids;

/// <summary>The Bidi Rule (RFC 5893 §2): text with letters that run from right to left must not look like another text.</summary>
internal static class BidiRule
{
    private enum BidiClass { Left, Right, ArabicNumber, EuropeanNumber, Mark, Neutral }

    /// <summary>Whether the rule holds, or does not apply because nothing runs from right to left (RFC 8265 §3.3.2).</summary>
    public static bool Holds(string text) => !HasRightToLeft(text) || HoldsForLabel(text);

    /// <summary>Whether there is a character of class R, AL or AN.</summary>
    public static bool HasRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (GetClass(rune.Value) is BidiClass.Right or BidiClass.ArabicNumber)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a label (never empty) of a domain that has right-to-left labels obeys the six conditions.</summary>
    public static bool HoldsForLabel(string label)
    {
        BidiClass? first = null;
        var last = BidiClass.Neutral;
        bool left = false, right = false, arabicNumber = false, europeanNumber = false;
        foreach (var rune in label.EnumerateRunes())
        {
            var bidi = GetClass(rune.Value);
            first ??= bidi;
            last = bidi == BidiClass.Mark ? last : bidi;
            left |= bidi == BidiClass.Left;
            right |= bidi == BidiClass.Right;
            arabicNumber |= bidi == BidiClass.ArabicNumber;
            europeanNumber |= bidi == BidiClass.EuropeanNumber;
        }

        return first switch // condition 1: the first character decides the direction, and it must have one
        {
            BidiClass.Right => !left // 2
                && last is BidiClass.Right or BidiClass.ArabicNumber or BidiClass.EuropeanNumber // 3
                && !(arabicNumber && europeanNumber), // 4
            BidiClass.Left => !right && !arabicNumber // 5
                && last is BidiClass.Left or BidiClass.EuropeanNumber, // 6
            _ => false,
        };
    }

    // ES, CS, ET, ON and BN are alike to the rule. The classes that it forbids everywhere (B, S, WS, embeddings) no identifier holds.
    private static BidiClass GetClass(int cp)
    {
        if (cp < 0x80)
        {
            return char.IsAsciiDigit((char)cp) ? BidiClass.EuropeanNumber
                : char.IsAsciiLetter((char)cp) ? BidiClass.Left
                : BidiClass.Neutral;
        }

        return cp switch
        {
            (>= 0x660 and <= 0x669) or (>= 0x10D30 and <= 0x10D39) => BidiClass.ArabicNumber,
            (>= 0x6F0 and <= 0x6F9) or (>= 0x10D40 and <= 0x10D49) => BidiClass.EuropeanNumber,
            0xCBF or 0xCC6 or 0x11A07 or 0x11A08 or 0x11C3F => BidiClass.Left, // marks that are L by exception
            _ when UnicodeRanges.Contains(UnicodeRanges.RightToLeft, cp) => BidiClass.Right,
            _ when CharUnicodeInfo.GetUnicodeCategory(cp) == UnicodeCategory.NonSpacingMark => BidiClass.Mark,
            _ when UnicodeRanges.Contains(UnicodeRanges.BidiNeutral, cp) => BidiClass.Neutral,
            _ => BidiClass.Left,
        };
    }
}
