namespace MyChat.Client.Sessions;

/// <summary>Where the connection stands, as a user may be told.</summary>
public enum ConnectionPhase
{
    /// <summary>Not wanted: not started, or signed out.</summary>
    Offline,
    /// <summary>Reaching the server and logging in.</summary>
    Connecting,
    /// <summary>Logged in; the roster and what was missed are being fetched.</summary>
    CatchingUp,
    Online,
    /// <summary>Lost, or not reached; tried again by itself at <see cref="ConnectionStatus.RetryAt"/>.</summary>
    Waiting,
    /// <summary>Will not be tried again by itself: somebody must decide (<see cref="ConnectionStatus.Cause"/>).</summary>
    Stopped,
}

/// <summary>Why a connection is not there.</summary>
public enum ConnectionFault
{
    /// <summary>No network, or nothing answers at the address.</summary>
    Unreachable,
    /// <summary>The link broke, or nothing was heard for too long.</summary>
    Lost,
    /// <summary>The server says that it stops or is overloaded (RFC 6120 §4.9.3.19, §4.9.3.17).</summary>
    ServerUnavailable,
    /// <summary>The certificate is not trusted; <see cref="ConnectionStatus.Certificate"/> is the one to show. Stops.</summary>
    CertificateNotTrusted,
    /// <summary>The server offers no TLS where it is required, or no log-in that is safe here. Stops.</summary>
    NotSecure,
    /// <summary>The password is not (any more) the account's, or the account is gone. Stops.</summary>
    WrongPassword,
    /// <summary>Another device or window took this resource (RFC 6120 §4.9.3.3). Stops.</summary>
    Replaced,
    /// <summary>The server broke the protocol, or ended the stream for another reason (in the log). Tried again.</summary>
    Protocol,
}

/// <summary>An honest account of the connection.</summary>
public sealed record ConnectionStatus(ConnectionPhase Phase)
{
    public ConnectionFault? Cause { get; init; }

    /// <summary>When it is tried again, by this machine's clock; null unless <see cref="ConnectionPhase.Waiting"/>.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The server's or the system's own words, in any language; for details, never alone.</summary>
    public string? Detail { get; init; }

    /// <summary>The certificate that is in question.</summary>
    public UntrustedCertificate? Certificate { get; init; }

    public bool IsOnline => Phase is ConnectionPhase.Online or ConnectionPhase.CatchingUp;
}

/// <summary>What a user is shown of a certificate before trusting it.</summary>
/// <param name="Sha256">The fingerprint, 32 bytes.</param>
/// <param name="NameMatches">Whether it is made out to the domain.</param>
public sealed record UntrustedCertificate(byte[] Sha256, string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, bool NameMatches);
