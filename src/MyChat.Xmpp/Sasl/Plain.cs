namespace MyChat.Xmpp.Sasl;

/// <summary>What a PLAIN message says.</summary>
public sealed class PlainCredentials(SaslIdentity identity, string password)
{
    public SaslIdentity Identity { get; } = identity;

    /// <summary>As sent, not prepared; never log it. <see cref="ScramKeys.Matches"/> takes it.</summary>
    public string Password { get; } = password;
}

/// <summary>PLAIN (RFC 4616): the password itself, so inside TLS only.</summary>
public static class Plain
{
    /// <summary>The one message of the mechanism.</summary>
    /// <param name="username">The localpart.</param>
    /// <param name="authzid">As whom to act; null for the user itself.</param>
    /// <exception cref="SaslException"><c>not-authorized</c>: no account can have this username or password;
    /// <c>invalid-authzid</c>.</exception>
    public static byte[] Encode(string username, string password, string? authzid = null)
    {
        if (authzid?.Contains('\0', StringComparison.Ordinal) == true)
        {
            throw new SaslException(SaslCondition.InvalidAuthzid, "No account can have this authorization identity.");
        }

        var (name, secret) = Preparation.Prepare(username, password);
        return StrictText.Encode($"{authzid}\0{name}\0{secret}");
    }

    /// <summary>Reads the message: [authzid] NUL authcid NUL passwd.</summary>
    /// <exception cref="SaslException"><c>malformed-request</c>.</exception>
    public static PlainCredentials Parse(ReadOnlySpan<byte> message)
    {
        var parts = StrictText.Decode(message, SaslCondition.MalformedRequest).Split('\0');
        return parts is [var authzid, { Length: > 0 } username, { Length: > 0 } password]
            ? new PlainCredentials(new SaslIdentity(username, authzid.Length == 0 ? null : authzid), password)
            : throw new SaslException(SaslCondition.MalformedRequest, "The message is not two NULs around a name, with a password behind.");
    }
}
