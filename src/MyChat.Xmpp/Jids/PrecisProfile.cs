using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MyChat.Xmpp.Jids;

/// <summary>What a profile asks for; without <see cref="IdentifierClass"/> the base is the FreeformClass.</summary>
[Flags]
internal enum PrecisRules
{
    None = 0,
    IdentifierClass = 1,
    MapWidth = 2,
    MapSpaces = 4,
    TrimSpaces = 8,
    MapCase = 16,
    Compatibility = 32,
    Bidi = 64,
}

/// <summary>One profile of a PRECIS string class (RFC 8264 §5); see <see cref="Precis"/>.</summary>
public sealed class PrecisProfile
{
    // RFC 8264 §7: where one application of the rules does not give a stable string, three more may, else the string is refused.
    private const int MaxRounds = 4;
    private static readonly SearchValues<char> AsciiIdentifier = SearchValues.Create([.. Enumerable.Range('!', 94).Select(c => (char)c)]);
    private static readonly SearchValues<char> AsciiFreeform = SearchValues.Create([.. Enumerable.Range(' ', 95).Select(c => (char)c)]);

    private readonly PrecisRules rules;

    internal PrecisProfile(PrecisRules rules) => this.rules = rules;

    /// <summary>Gives the string that stands for <paramref name="text"/> under this profile, or false when it is not allowed (also when
    /// empty, or no well-formed UTF-16). To apply it to its own result changes nothing.</summary>
    public bool TryEnforce(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? result)
    {
        result = null;
        if (text.IsEmpty)
        {
            return false;
        }

        if (Ascii.IsValid(text))
        {
            return TryEnforceAscii(text, out result);
        }

        var current = text.ToString();
        for (var round = 0; round < MaxRounds; round++)
        {
            if (!TryApply(current, out var next))
            {
                return false;
            }

            if (next == current)
            {
                result = current;
                return true;
            }

            current = next;
        }

        return false;
    }

    private bool TryEnforceAscii(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? result)
    {
        result = null;
        if (text.ContainsAnyExcept(Has(PrecisRules.IdentifierClass) ? AsciiIdentifier : AsciiFreeform))
        {
            return false;
        }

        if (Has(PrecisRules.TrimSpaces) && (text[0] == ' ' || text[^1] == ' ' || text.IndexOf("  ") >= 0))
        {
            var trimmed = TrimSpaces(text.ToString());
            return trimmed.Length > 0 && TryEnforceAscii(trimmed, out result);
        }

        result = Has(PrecisRules.MapCase) && text.ContainsAny(Mapping.AsciiUpper)
            ? string.Create(text.Length, text, static (lower, source) => Ascii.ToLower(source, lower, out _))
            : text.ToString();
        return true;
    }

    // RFC 8264 §7 in its order. RFC 8265 §3.3.2 checks the class before the case is mapped; the last round checks the result as well.
    private bool TryApply(string text, [NotNullWhen(true)] out string? result)
    {
        result = null;
        var mapped = Has(PrecisRules.MapWidth) ? Mapping.MapWidth(text) : text;
        if (!IsInClass(mapped))
        {
            return false;
        }

        mapped = Has(PrecisRules.MapSpaces) ? MapSpaces(mapped) : mapped;
        mapped = Has(PrecisRules.TrimSpaces) ? TrimSpaces(mapped) : mapped;
        mapped = Has(PrecisRules.MapCase) ? Mapping.ToLower(mapped, finalSigma: true) : mapped;
        mapped = mapped.Normalize(Has(PrecisRules.Compatibility) ? NormalizationForm.FormKC : NormalizationForm.FormC);
        if (mapped.Length == 0 || !ContextRules.Hold(mapped) || (Has(PrecisRules.Bidi) && !BidiRule.Holds(mapped)))
        {
            return false;
        }

        result = mapped;
        return true;
    }

    private bool Has(PrecisRules rule) => (rules & rule) != 0;

    private bool IsInClass(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            // A lone surrogate is no character: refuse it rather than let it turn into U+FFFD.
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done)
            {
                return false;
            }

            var property = CodePoints.GetPrecisProperty(rune.Value);
            if (property == PrecisProperty.Disallowed || (property == PrecisProperty.FreeformOnly && Has(PrecisRules.IdentifierClass)))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    // RFC 8265 §4.2.2 (2), RFC 8266 §2.1 (2a): every space of another kind is U+0020. All of them are in the BMP.
    private static string MapSpaces(string text) =>
        string.Create(text.Length, text, static (mapped, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                mapped[i] = char.GetUnicodeCategory(source[i]) == UnicodeCategory.SpaceSeparator ? ' ' : source[i];
            }
        });

    // RFC 8266 §2.1 (2b, 2c).
    private static string TrimSpaces(string text) =>
        string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
