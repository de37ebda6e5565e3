using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MyChat.Xmpp.Sasl;

/// <summary>How passwords are prepared before they are hashed: OpaqueString (RFC 8265 §4.2).</summary>
public static class SaslPassword
{
    /// <summary>False when the password is empty or holds a character that no password may.</summary>
    public static bool TryPrepare(string password, [NotNullWhen(true)] out string? prepared)
    {
        prepared = null;
        if (password.Length is 0 or > StrictText.MaximumLength)
        {
            return false;
        }

        var mapped = new StringBuilder(password.Length);
        for (var rest = password.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done || !IsAllowed(rune))
            {
                return false;
            }

            mapped.Append(Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator ? " " : rune.ToString());
            rest = rest[length..];
        }

        prepared = mapped.ToString().Normalize(NormalizationForm.FormC);
        return true;
    }

    private static bool IsAllowed(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned);
}
