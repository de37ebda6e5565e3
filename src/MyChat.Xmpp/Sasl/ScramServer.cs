namespace MyChat.Xmpp.Sasl;

/// <summary>Who wants to log in, as the client wrote it: neither name is checked or normalized yet.</summary>
/// <param name="Username">The user's name, never empty; in XMPP the localpart (RFC 6120 §6.3.7).</param>
/// <param name="Authzid">As whom to act, or null; see <see cref="SaslAuthzid"/>.</param>
public sealed record SaslIdentity(string Username, string? Authzid);

/// <summary>
/// The server's side of one SCRAM exchange (RFC 5802, RFC 7677): <see cref="ReadFirst"/>, <see cref="Challenge"/>, <see cref="Finish"/>, once
/// each, in this order (else <see cref="InvalidOperationException"/>). After a <see cref="SaslException"/> the exchange is over.
/// </summary>
/// <param name="mechanism">The one that the client named in &lt;auth/&gt;.</param>
/// <param name="plusOffered">Whether any -PLUS mechanism was in the list that this client got: then "y" tells of a man in the middle.</param>
/// <param name="bindings">What this channel can be bound to; empty without TLS.</param>
public sealed class ScramServer(ScramMechanism mechanism, bool plusOffered, params IReadOnlyList<ChannelBinding> bindings)
{
    /// <summary>Reads the client-first-message.</summary>
    /// <exception cref="SaslException"><c>malformed-request</c>, or <c>not-authorized</c> for a binding that does not hold.</exception>
    public SaslIdentity ReadFirst(ReadOnlySpan<byte> clientFirst) => throw new NotImplementedException();

    /// <summary>The server-first-message, for the account's keys or for <see cref="ScramKeys.Decoy"/>.</summary>
    /// <param name="keys">Of the mechanism's hash, else <see cref="ArgumentException"/>.</param>
    public byte[] Challenge(ScramKeys keys) => throw new NotImplementedException();

    /// <summary>Checks the client-final-message; returns the server-final-message, to go as the data of &lt;success/&gt;.</summary>
    /// <exception cref="SaslException"><c>not-authorized</c> for a wrong password or binding, <c>malformed-request</c>.</exception>
    public byte[] Finish(ReadOnlySpan<byte> clientFinal) => throw new NotImplementedException();
}
