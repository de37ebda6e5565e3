using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MyChat.Xmpp.Jids;

/// <summary>Punycode (RFC 3492) for one label, without the "xn--" in front.</summary>
internal static class Punycode
{
    // RFC 3492 §5.
    private const int Base = 36;
    private const int TMin = 1;
    private const int TMax = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int InitialN = 0x80;

    // A label has at most 63 characters (RFC 1035 §2.3.4), so longer ones need no work; it also keeps the arithmetic below from overflow.
    private const int MaxLength = 63;

    /// <summary>RFC 3492 §6.2; false when the text is malformed.</summary>
    public static bool TryDecode(ReadOnlySpan<char> encoded, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        if (encoded.Length > MaxLength || !Ascii.IsValid(encoded))
        {
            return false;
        }

        var delimiter = encoded.LastIndexOf('-');
        var output = new List<Rune>(encoded.Length);
        foreach (var basic in encoded[..Math.Max(delimiter, 0)])
        {
            output.Add(new Rune(basic));
        }

        var (n, i, bias) = (InitialN, 0L, InitialBias);
        for (var position = delimiter + 1; position < encoded.Length; i++)
        {
            var start = i;
            if (!TryReadInteger(encoded, ref position, ref i, bias))
            {
                return false;
            }

            var count = output.Count + 1;
            bias = Adapt(i - start, count, start == 0);
            var next = n + (i / count);
            if (next > 0x10FFFF || !Rune.IsValid((int)next))
            {
                return false;
            }

            (n, i) = ((int)next, i % count);
            output.Insert((int)i, new Rune(n));
        }

        decoded = ToText(output);
        return true;
    }

    /// <summary>RFC 3492 §6.3; false when the label is too long for any A-label.</summary>
    public static bool TryEncode(string label, [NotNullWhen(true)] out string? encoded)
    {
        encoded = null;
        if (label.Length > MaxLength)
        {
            return false;
        }

        var runes = label.EnumerateRunes().ToArray();
        var output = new StringBuilder(MaxLength);
        foreach (var rune in runes)
        {
            if (rune.IsAscii)
            {
                output.Append((char)rune.Value);
            }
        }

        var basic = output.Length;
        if (basic > 0)
        {
            output.Append('-');
        }

        EncodeExtended(runes, basic, output);
        encoded = output.ToString();
        return true;
    }

    private static void EncodeExtended(Rune[] runes, int basic, StringBuilder output)
    {
        var (n, delta, bias, handled) = (InitialN, 0L, InitialBias, basic);
        while (handled < runes.Length)
        {
            var next = runes.Where(rune => rune.Value >= n).Min(rune => rune.Value);
            delta += (long)(next - n) * (handled + 1);
            n = next;
            foreach (var rune in runes)
            {
                if (rune.Value < n)
                {
                    delta++;
                }
                else if (rune.Value == n)
                {
                    WriteInteger(delta, bias, output);
                    bias = Adapt(delta, handled + 1, handled == basic);
                    (delta, handled) = (0, handled + 1);
                }
            }

            (delta, n) = (delta + 1, n + 1);
        }
    }

    private static bool TryReadInteger(ReadOnlySpan<char> encoded, ref int position, ref long i, int bias)
    {
        var weight = 1L;
        for (var k = Base; ; k += Base)
        {
            var digit = position < encoded.Length ? DigitOf(encoded[position++]) : -1;
            if (digit < 0 || weight > int.MaxValue)
            {
                return false;
            }

            i += digit * weight;
            if (i > int.MaxValue)
            {
                return false;
            }

            var threshold = Threshold(k, bias);
            if (digit < threshold)
            {
                return true;
            }

            weight *= Base - threshold;
        }
    }

    private static void WriteInteger(long value, int bias, StringBuilder output)
    {
        for (var k = Base; ; k += Base)
        {
            var threshold = Threshold(k, bias);
            if (value < threshold)
            {
                output.Append(CharOf((int)value));
                return;
            }

            output.Append(CharOf((int)(threshold + ((value - threshold) % (Base - threshold)))));
            value = (value - threshold) / (Base - threshold);
        }
    }

    // RFC 3492 §6.1.
    private static int Adapt(long delta, int count, bool first)
    {
        delta = first ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0;
        for (; delta > (Base - TMin) * TMax / 2; k += Base)
        {
            delta /= Base - TMin;
        }

        return k + (int)((Base - TMin + 1) * delta / (delta + Skew));
    }

    private static int Threshold(int k, int bias) => Math.Clamp(k - bias, TMin, TMax);

    private static int DigitOf(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= 'A' and <= 'Z' => c - 'A',
        >= '0' and <= '9' => c - '0' + 26,
        _ => -1,
    };

    private static char CharOf(int digit) => (char)(digit < 26 ? 'a' + digit : '0' + digit - 26);

    private static string ToText(List<Rune> runes)
    {
        var text = new StringBuilder(runes.Count);
        foreach (var rune in runes)
        {
            text.Append(rune.ToString());
        }

        return text.ToString();
    }
}
