using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MyChat.Xmpp.Sasl;

/// <summary>The formal syntax of RFC 5802 §7, for both sides. The fault is the condition that a side reports when its peer breaks
/// it.</summary>
internal static class ScramGrammar
{
    // RFC 5802 §5.1: "m" fails the exchange wherever it stands; the others have their places and are no extensions.
    private const string ReservedNames = "anmrcsipve";

    /// <summary>A nonce of 144 random bits.</summary>
    public static string NewNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));

    /// <summary>Decodes a message and refuses the control characters that no honest one holds.</summary>
    public static string Text(ReadOnlySpan<byte> message, SaslCondition fault)
    {
        var text = StrictText.Decode(message, fault);
        return text.Any(char.IsControl) ? throw new SaslException(fault, "The message holds a control character.") : text;
    }

    /// <summary>
    /// Splits attr-val *("," attr-val): the first ones must have the names in <paramref name="names"/>, in this order, and their values are
    /// returned; extensions may follow and are ignored.
    /// </summary>
    public static string[] Attributes(string text, string names, SaslCondition fault)
    {
        var parts = text.Split(',');
        var values = new string[names.Length];
        for (var i = 0; i < Math.Max(parts.Length, names.Length); i++)
        {
            var part = i < parts.Length ? parts[i] : "";
            var known = part.Length > 2 && part[1] == '=' &&
                (i < names.Length ? part[0] == names[i] : char.IsAsciiLetter(part[0]) && !ReservedNames.Contains(part[0]));
            if (!known)
            {
                throw new SaslException(fault, part.StartsWith("m=", StringComparison.Ordinal)
                    ? "A mandatory extension is not supported."
                    : "An attribute is missing, misplaced or malformed.");
            }

            if (i < names.Length)
            {
                values[i] = part[2..];
            }
        }

        return values;
    }

    /// <summary>A nonce is printable ASCII; the comma cannot be here any more.</summary>
    public static string Nonce(string value, SaslCondition fault) =>
        value.All(character => character is >= '!' and <= '~')
            ? value
            : throw new SaslException(fault, "The nonce is not printable ASCII.");

    public static byte[] Base64(string value, SaslCondition fault) =>
        StrictText.TryFromBase64(value, out var data) ? data : throw new SaslException(fault, "A value is not base64.");

    /// <summary>A posit-number of at most seven digits.</summary>
    public static int Number(string value, SaslCondition fault) =>
        value.Length <= 7 && value[0] != '0' && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SaslException(fault, "The iteration count is not a number.");

    /// <summary>A name as a saslname: "=" and "," are written =3D and =2C.</summary>
    public static string EncodeName(string name) =>
        name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);

    /// <summary>Reads a saslname, where nothing else than =3D and =2C may follow an equals sign.</summary>
    public static string DecodeName(string name, SaslCondition fault)
    {
        var result = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '=')
            {
                result.Append(name[i]);
                continue;
            }

            result.Append(name.AsSpan(i + 1) switch
            {
                ['2', 'C', ..] => ',',
                ['3', 'D', ..] => '=',
                _ => throw new SaslException(fault, "A name holds an equals sign that is not part of =2C or =3D."),
            });
            i += 2;
        }

        return result.Length > 0 ? result.ToString() : throw new SaslException(fault, "A name is empty.");
    }

    /// <summary>The value of c=: the gs2-header and, where there is one, the channel binding's data.</summary>
    public static string BindingInput(string gs2Header, ChannelBinding? binding) =>
        Convert.ToBase64String([.. StrictText.Utf8.GetBytes(gs2Header), .. binding is null ? default : binding.Data.Span]);
}
