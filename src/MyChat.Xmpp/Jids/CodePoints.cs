using System.Globalization;
using Category = System.Globalization.UnicodeCategory;

namespace MyChat.Xmpp.Jids;

/// <summary>Whether a string class takes a code point. Unassigned ones count as disallowed.</summary>
internal enum PrecisProperty
{
    Valid,

    /// <summary>In the FreeformClass only: RFC 8264's ID_DIS or FREE_PVAL.</summary>
    FreeformOnly,

    /// <summary>In both classes where <see cref="ContextRules"/> say so: CONTEXTJ, CONTEXTO.</summary>
    Contextual,

    Disallowed,
}

/// <summary>The derived properties of PRECIS (RFC 8264 §8, §9) and of IDNA2008 (RFC 5892 §3).</summary>
internal static class CodePoints
{
    /// <summary>RFC 8264 §8, in its order; the BackwardCompatible category (§9.7) is empty.</summary>
    public static PrecisProperty GetPrecisProperty(int cp)
    {
        if (GetException(cp) is { } exception)
        {
            return exception;
        }

        if (cp is >= 0x21 and <= 0x7E)
        {
            return PrecisProperty.Valid;
        }

        if (IsJoinControl(cp))
        {
            return PrecisProperty.Contextual;
        }

        if (IsOldHangulJamo(cp) || IsDefaultIgnorable(cp))
        {
            return PrecisProperty.Disallowed;
        }

        // Non-characters are unassigned (Cn) to .NET; they, Cc, Cf, Cs, Co, Zl and Zp fall through to Disallowed.
        return CharUnicodeInfo.GetUnicodeCategory(cp) switch
        {
            Category.LowercaseLetter or Category.UppercaseLetter or Category.OtherLetter or Category.ModifierLetter
                or Category.DecimalDigitNumber or Category.NonSpacingMark or Category.SpacingCombiningMark =>
                HasCompat(cp) ? PrecisProperty.FreeformOnly : PrecisProperty.Valid,
            Category.TitlecaseLetter or Category.LetterNumber or Category.OtherNumber or Category.EnclosingMark
                or Category.SpaceSeparator
                or Category.MathSymbol or Category.CurrencySymbol or Category.ModifierSymbol or Category.OtherSymbol
                or Category.ConnectorPunctuation or Category.DashPunctuation or Category.OpenPunctuation or Category.ClosePunctuation
                or Category.InitialQuotePunctuation or Category.FinalQuotePunctuation or Category.OtherPunctuation =>
                PrecisProperty.FreeformOnly,
            _ => PrecisProperty.Disallowed,
        };
    }

    /// <summary>Whether a U-label may hold the code point, subject to <see cref="ContextRules"/> (RFC 5892 §3). Upper case is not
    /// looked at here: a label is compared with its mapped form.</summary>
    public static bool IsAllowedInLabel(int cp)
    {
        if (cp < 0x80)
        {
            return cp is '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z');
        }

        // Of the FreeformOnly none is in RFC 5892's LetterDigits without being unstable, so PRECIS decides the rest.
        return GetPrecisProperty(cp) is PrecisProperty.Valid or PrecisProperty.Contextual
            && (GetException(cp) is not null || !(UnicodeRanges.Contains(UnicodeRanges.FoldingUnstable, cp) || IsIgnorableBlock(cp)));
    }

    public static bool IsMark(int cp) =>
        CharUnicodeInfo.GetUnicodeCategory(cp) is Category.NonSpacingMark or Category.SpacingCombiningMark or Category.EnclosingMark;

    // RFC 8264 §9.6 (RFC 5892 §2.6).
    private static PrecisProperty? GetException(int cp) => cp switch
    {
        0xDF or 0x3C2 or 0x6FD or 0x6FE or 0xF0B or 0x3007 => PrecisProperty.Valid,
        0xB7 or 0x375 or 0x5F3 or 0x5F4 or 0x30FB or (>= 0x660 and <= 0x669) or (>= 0x6F0 and <= 0x6F9) => PrecisProperty.Contextual,
        0x640 or 0x7FA or 0x302E or 0x302F or (>= 0x3031 and <= 0x3035) or 0x303B => PrecisProperty.Disallowed,
        _ => null,
    };

    // RFC 8264 §9.8.
    private static bool IsJoinControl(int cp) => cp is 0x200C or 0x200D;

    // RFC 8264 §9.9: Hangul_Syllable_Type L, V or T.
    private static bool IsOldHangulJamo(int cp) =>
        cp is (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97C) or (>= 0xD7B0 and <= 0xD7C6) or (>= 0xD7CB and <= 0xD7FB);

    // RFC 8264 §9.13: Default_Ignorable_Code_Point. Non-characters, its other half, have no category that is allowed.
    private static bool IsDefaultIgnorable(int cp) => cp is 0xAD or 0x34F or 0x61C or 0x115F or 0x1160 or 0x17B4 or 0x17B5
        or (>= 0x180B and <= 0x180F) or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8)
        or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF);

    // RFC 8264 §9.17: toNFKC(cp) != cp. From a table, because .NET has no NFKC in a browser.
    private static bool HasCompat(int cp) => UnicodeRanges.Contains(UnicodeRanges.Compatibility, cp);

    // RFC 5892 §2.4.
    private static bool IsIgnorableBlock(int cp) => cp is (>= 0x20D0 and <= 0x20FF) or (>= 0x1D100 and <= 0x1D24F);
}
