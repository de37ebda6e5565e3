using MyChat.Xmpp.Jids;

namespace MyChat.Xmpp.Sasl;

/// <summary>What a client does to a name and a password before it sends or hashes them.</summary>
internal static class Preparation
{
    /// <summary>
    /// The forms to send. In XMPP the username is a localpart, so its profile is that of RFC 7622 §3.3; a localpart that was read from a
    /// JID does not change. Preparation that fails ends the exchange before it starts (RFC 5802 §5.1, RFC 4616 §2).
    /// </summary>
    /// <exception cref="SaslException"><c>not-authorized</c>: no account can have this username or password.</exception>
    public static (string Username, string Password) Prepare(string username, string? password)
    {
        // No password: keys stand for it.
        var secret = "";
        return Precis.UsernameCaseMapped.TryEnforce(username, out var name) && (password is null || SaslPassword.TryPrepare(password, out secret))
            ? (name, secret)
            : throw new SaslException(SaslCondition.NotAuthorized, "No account can have this username or password.");
    }
}
