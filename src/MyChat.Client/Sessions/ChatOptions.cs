using MyChat.Client.Connections;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;

namespace MyChat.Client.Sessions;

/// <summary>Makes a transport for one attempt to connect, not yet connected. <paramref name="attempt"/> counts from 0 since the last time it worked.</summary>
public delegate ValueTask<ClientTransport> Dial(int attempt, CancellationToken cancellationToken);

/// <summary>What a <see cref="ChatClient"/> needs to know.</summary>
public sealed record ChatOptions
{
    public required BareJid Account { get; init; }
    public required Credentials Credentials { get; init; }
    public required Dial Dial { get; init; }

    /// <summary>What the client calls itself (XEP-0092, XEP-0030) and the first part of its resource.</summary>
    public string ClientName { get; init; } = "MyChat";

    /// <summary>PBKDF2 of the platform's own, where .NET's blocks the page (a browser).</summary>
    public SaltedPassword? DeriveSaltedPassword { get; init; }

    /// <summary>For tests and benchmarks: log in without TLS.</summary>
    public bool AllowPlaintext { get; init; }

    /// <summary>Whether to use stream management (XEP-0198) where the server has it.</summary>
    public bool UseStreamManagement { get; init; } = true;

    public string? Lang { get; init; }
    public ProtocolLog? Log { get; init; }

    /// <summary>Hears of failures that nobody waits for: an event's handler that threw, work in the background that did not succeed.</summary>
    public Action<Exception>? Fault { get; init; }
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>First wait after a lost connection; doubles up to <see cref="LongestRetry"/>, each with jitter.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Nothing heard for so long: the server is asked (XEP-0199 or XEP-0198 r); no answer within 10 s more, and the link counts as lost.</summary>
    public TimeSpan AskAfterSilence { get; init; } = TimeSpan.FromSeconds(60);
}
