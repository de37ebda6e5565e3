namespace MyChat.Xmpp.Sasl;

/// <summary>
/// Derives SaltedPassword (RFC 5802 §3, PBKDF2 with the hash's output length). The default is the platform's; a browser passes its own, and
/// one that remembers results makes reconnecting cheap. The password comes prepared.
/// </summary>
public delegate ValueTask<byte[]> SaltedPassword(
    ScramHash hash, string password, ReadOnlyMemory<byte> salt, int iterations, CancellationToken cancellationToken);

/// <summary>
/// The client's side of one SCRAM exchange (RFC 5802, RFC 7677): <see cref="First"/>, <see cref="FinalAsync"/>, <see cref="Verify"/>, once each,
/// in this order. The user is logged in only after <see cref="Verify"/> returned: it is what proves that the server knows the password's keys.
/// </summary>
/// <param name="username">The localpart.</param>
public sealed class ScramClient(ScramMechanism mechanism, string username, string password)
{
    /// <summary>Fewer are refused (RFC 7677 §4), in any case of SCRAM-SHA-1 too (RFC 5802 §5.1).</summary>
    public const int MinimumIterations = 4096;

    /// <summary>More are refused: a hostile server must not burn the client's processor.</summary>
    public const int MaximumIterations = 600_000;

    /// <summary>As whom to act; null for the user itself.</summary>
    public string? Authzid { get; init; }

    /// <summary>What the channel can be bound to: needed for -PLUS; without -PLUS it says that this client would have been able to.</summary>
    public ChannelBinding? Binding { get; init; }

    /// <summary>Whether the server's list had any -PLUS mechanism. If not, and there is a <see cref="Binding"/>, the flag "y" is sent.</summary>
    public bool PlusOffered { get; init; }

    /// <summary>Null for the platform's PBKDF2.</summary>
    public SaltedPassword? DeriveSaltedPassword { get; init; }

    /// <summary>The client-first-message.</summary>
    /// <exception cref="SaslException"><c>not-authorized</c>: no account can have this username or password.</exception>
    public byte[] First() => throw new NotImplementedException();

    /// <summary>The client-final-message.</summary>
    /// <exception cref="SaslException"><c>aborted</c>: the server's message cannot be accepted.</exception>
    public ValueTask<byte[]> FinalAsync(ReadOnlyMemory<byte> serverFirst, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Checks the server-final-message (the data of &lt;success/&gt;); returns only when the server is genuine.</summary>
    /// <exception cref="SaslException"><c>aborted</c>: it is not; <c>not-authorized</c>: the server reports an error.</exception>
    public void Verify(ReadOnlySpan<byte> serverFinal) => throw new NotImplementedException();
}
