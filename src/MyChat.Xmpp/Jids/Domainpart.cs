using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MyChat.Xmpp.Jids;

/// <summary>The domain of a JID (RFC 7622 §3.2): a name of LDH labels and U-labels, or an IPv4 or [IPv6] address.</summary>
/// <remarks>What a user typed is mapped as RFC 5895 §2 says (case, width, NFC, the ideographic full stop), then each label is checked
/// by IDNA2008 (RFC 5891 §5.4). Not <see cref="System.Globalization.IdnMapping"/>: its rules depend on the platform, and it
/// throws, which is dear for text that a stranger sends.</remarks>
internal static class Domainpart
{
    private const int MaxRounds = 4;
    private const int MaxLabelLength = 63; // RFC 1035 §2.3.4
    private const string AcePrefix = "xn--"; // RFC 5890 §2.3.2.5
    private static readonly SearchValues<char> Ldh = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> Ipv6Characters = SearchValues.Create("0123456789ABCDEFabcdef:.");

    /// <summary>Gives the domain in its one form; false when it is no domain.</summary>
    public static bool TryNormalize(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        if (text.IsEmpty || text.Length > Jid.MaxTextLength)
        {
            return false;
        }

        if (text[0] == '[')
        {
            return TryNormalizeIpv6(text, out domain);
        }

        return (Ascii.IsValid(text) ? TryNormalizeAscii(text, out domain) : TryNormalizeInternational(text.ToString(), out domain))
            && Jid.FitsPart(domain);
    }

    // RFC 7622 §3.2: IPv6 addresses stand in brackets. Zone identifiers mean something on one host only, so none are taken.
    private static bool TryNormalizeIpv6(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        if (text[^1] != ']' || text.Length < 2)
        {
            return false;
        }

        var inner = text[1..^1];
        if (inner.ContainsAnyExcept(Ipv6Characters) || !IPAddress.TryParse(inner, out var address)
            || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        domain = $"[{address}]"; // RFC 5952
        return true;
    }

    private static bool TryNormalizeAscii(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        if (text[^1] == '.')
        {
            text = text[..^1]; // RFC 7622 §3.2: the dot that marks a name as fully qualified is no part of it
        }

        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.StartsWith(AcePrefix, StringComparison.OrdinalIgnoreCase))
            {
                return TryNormalizeInternational(text.ToString(), out domain);
            }

            if (!IsLdhLabel(label))
            {
                return false;
            }
        }

        domain = text.ContainsAny(Mapping.AsciiUpper)
            ? string.Create(text.Length, text, static (lower, source) => Ascii.ToLower(source, lower, out _))
            : text.ToString();
        return true;
    }

    private static bool TryNormalizeInternational(string text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        if (!TryMap(text, out var mapped))
        {
            return false;
        }

        var labels = (mapped.EndsWith('.') ? mapped[..^1] : mapped).Split('.');
        for (var i = 0; i < labels.Length; i++)
        {
            if (!TryNormalizeLabel(labels[i], out labels[i]!))
            {
                return false;
            }
        }

        // RFC 5893 §1.4: one label that runs from right to left puts all of them under the rule.
        if (labels.Any(BidiRule.HasRightToLeft) && !labels.All(BidiRule.HoldsForLabel))
        {
            return false;
        }

        domain = string.Join('.', labels);
        return true;
    }

    private static bool TryNormalizeLabel(string label, out string? normalized)
    {
        normalized = label;
        if (!Ascii.IsValid(label))
        {
            return IsULabel(label) && Punycode.TryEncode(label, out var encoded) && encoded.Length + AcePrefix.Length <= MaxLabelLength;
        }

        if (!label.StartsWith(AcePrefix, StringComparison.Ordinal))
        {
            return IsLdhLabel(label);
        }

        // RFC 5891 §5.4: an A-label counts only if it is the very one that its U-label gives.
        return label.Length <= MaxLabelLength
            && Punycode.TryDecode(label.AsSpan(AcePrefix.Length), out normalized)
            && !Ascii.IsValid(normalized) && IsULabel(normalized)
            && TryMap(normalized, out var mapped) && mapped == normalized
            && Punycode.TryEncode(normalized, out var again) && label.AsSpan(AcePrefix.Length).SequenceEqual(again);
    }

    // RFC 5890 §2.3.1: letters, digits and hyphens, none at the ends; "??--" is reserved, and "xn--" is not for here.
    private static bool IsLdhLabel(ReadOnlySpan<char> label) =>
        label.Length is > 0 and <= MaxLabelLength && !label.ContainsAnyExcept(Ldh) && HyphensAreFine(label);

    private static bool HyphensAreFine(ReadOnlySpan<char> label) =>
        label[0] != '-' && label[^1] != '-' && !(label.Length >= 4 && label[2] == '-' && label[3] == '-');

    // RFC 5891 §5.4 (§4.2.3).
    private static bool IsULabel(string label)
    {
        if (!HyphensAreFine(label) || CodePoints.IsMark(Rune.GetRuneAt(label, 0).Value))
        {
            return false;
        }

        foreach (var rune in label.EnumerateRunes())
        {
            if (!CodePoints.IsAllowedInLabel(rune.Value))
            {
                return false;
            }
        }

        return ContextRules.Hold(label);
    }

    // RFC 5895 §2, until it changes nothing more.
    private static bool TryMap(string text, [NotNullWhen(true)] out string? mapped)
    {
        mapped = null;
        for (var round = 0; round < MaxRounds && IsWellFormed(text); round++)
        {
            var next = MapCherokee(Mapping.MapWidth(Mapping.ToLower(text, finalSigma: false))).Normalize().Replace('\u3002', '.');
            if (next == text)
            {
                mapped = text;
                return true;
            }

            text = next;
        }

        return false;
    }

    // string.Normalize throws for lone surrogates and for U+FFFE.
    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done || rune.Value == 0xFFFE)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    // Unicode folds Cherokee to its capitals, alone of all scripts, so IDNA2008 allows only these (RFC 5892 §2.2).
    private static string MapCherokee(string text) =>
        !text.AsSpan().ContainsAnyInRange('\uAB70', '\uABBF') && !text.AsSpan().ContainsAnyInRange('\u13F8', '\u13FD')
            ? text
            : string.Create(text.Length, text, static (mapped, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    mapped[i] = source[i] switch
                    {
                        >= '\uAB70' and <= '\uABBF' => (char)(source[i] - 0xAB70 + 0x13A0),
                        >= '\u13F8' and <= '\u13FD' => (char)(source[i] - 8),
                        _ => source[i],
                    };
                }
            });
}
