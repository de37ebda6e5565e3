using MyChat.Client.Sessions;
using MyChat.Xmpp.Sasl;

namespace MyChat.Client.Connections;

/// <summary>How to talk on a connection; who logs in is in <see cref="LogIn"/>.</summary>
public sealed record ConnectionOptions
{
    /// <summary>The server's domain: the part after @.</summary>
    public required string Domain { get; init; }

    /// <summary>xml:lang of the stream: in which language people are addressed.</summary>
    public string? Lang { get; init; }

    /// <summary>Go on when the channel is not encrypted. For tests and benchmarks; PLAIN is never used then (RFC 6120 §13.8.3).</summary>
    public bool AllowPlaintext { get; init; }

    /// <summary>The user permits to show the server the password (PLAIN inside TLS) when the server knows nothing better.</summary>
    public bool AllowPlainMechanism { get; init; }

    /// <summary>The longest stanza that is accepted, in bytes.</summary>
    public int MaxStanzaBytes { get; init; } = 1 << 20;

    /// <summary>After how many stanzas an acknowledgement is asked for (XEP-0198 §4); 0 leaves it to the caller.</summary>
    public int AcknowledgeEvery { get; init; } = 10;

    /// <summary>
    /// Whether this side answers <c>&lt;r/&gt;</c> and takes <c>&lt;a/&gt;</c> itself. If not, the caller gets both from
    /// <see cref="XmppConnection.ReceiveAsync"/> and answers; what is acknowledged still leaves the queue.
    /// </summary>
    public bool AnswerAcknowledgementRequests { get; init; } = true;

    /// <summary>Gives <see cref="Received.Bytes"/> with what is received.</summary>
    public bool KeepBytes { get; init; }

    /// <summary>Sees all that is sent and received, without secrets.</summary>
    public ProtocolLog? Log { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long <see cref="XmppConnection.RequestAsync"/> waits for the answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="XmppConnection.CloseAsync"/> waits for the server to close its side (RFC 6120 §4.4).</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Who logs in, and with which session.</summary>
/// <param name="Username">The localpart.</param>
/// <param name="Password">Null where <see cref="Keys"/> must do.</param>
public sealed record LogIn(string Username, string? Password)
{
    /// <summary>What earlier log-ins made of the password: taken where salt, iterations and hash are the same, before the password is.</summary>
    public IReadOnlyList<SaltedKey> Keys { get; init; } = [];

    /// <summary>PBKDF2 of the platform's own, or null for .NET's.</summary>
    public SaltedPassword? DeriveSaltedPassword { get; init; }

    /// <summary>The resource wanted, or null to let the server choose (RFC 6120 §7.6).</summary>
    public string? Resource { get; init; }

    /// <summary>Turns stream management on where the server offers it (XEP-0198 §3).</summary>
    public bool StreamManagement { get; init; }

    /// <summary>
    /// <see cref="XmppConnection.Management"/> of the connection that was lost: that stream is resumed where possible (XEP-0198 §5). If it is
    /// not, a resource is bound as usual, and what is left in <see cref="StreamManagement.Unacknowledged"/> is the caller's to judge.
    /// </summary>
    public StreamManagement? Resume { get; init; }

    // A record prints its members.
    public override string ToString() => $"{nameof(LogIn)} {{ Username = {Username}, Resource = {Resource} }}";
}
