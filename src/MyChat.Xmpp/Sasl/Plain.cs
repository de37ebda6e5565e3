namespace MyChat.Xmpp.Sasl;

/// <summary>What a PLAIN message says.</summary>
public sealed class PlainCredentials(SaslIdentity identity, string password)
{
    public SaslIdentity Identity { get; } = identity;

    /// <summary>As sent, not prepared; never log it.</summary>
    public string Password { get; } = password;
}

/// <summary>PLAIN (RFC 4616): the password itself, so inside TLS only.</summary>
public static class Plain
{
    /// <summary>The one message of the mechanism.</summary>
    /// <exception cref="SaslException"><c>not-authorized</c>: no account can have this username or password.</exception>
    public static byte[] Encode(string username, string password, string? authzid = null) => throw new NotImplementedException();

    /// <exception cref="SaslException"><c>malformed-request</c>.</exception>
    public static PlainCredentials Parse(ReadOnlySpan<byte> message) => throw new NotImplementedException();
}
