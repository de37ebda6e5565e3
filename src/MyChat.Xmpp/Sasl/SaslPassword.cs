using System.Diagnostics.CodeAnalysis;
using MyChat.Xmpp.Jids;

namespace MyChat.Xmpp.Sasl;

/// <summary>How passwords are prepared before they are hashed: OpaqueString (RFC 8265 §4.2), which replaces RFC 5802's SASLprep.</summary>
public static class SaslPassword
{
    /// <summary>False when the password is empty or holds a character that no password may.</summary>
    public static bool TryPrepare(string password, [NotNullWhen(true)] out string? prepared) =>
        Precis.OpaqueString.TryEnforce(password, out prepared);
}
