using MyChat.Client.Connections;

namespace MyChat.Testing.Servers;

/// <summary>What carries the streams of a play.</summary>
public enum PlayTransport
{
    /// <summary>Two pipes in memory, without TLS; time is the play's (<see cref="Plays.Play.Passes"/>).</summary>
    Memory,
    /// <summary>Direct TLS over a real loopback socket.</summary>
    Tls,
    /// <summary>STARTTLS over a real loopback socket.</summary>
    StartTls,
    /// <summary>A real WebSocket.</summary>
    WebSocket,
    /// <summary>A real loopback socket without TLS: another process that allows it (<c>C2s:AllowPlaintext</c>) is read along by a test.</summary>
    Plain,
}

/// <summary>A way to the server.</summary>
/// <param name="Served">For a transport that was connected: completes when the server is through with it, where it can tell.</param>
public sealed record PlayLink(ClientTransport Transport, Func<Task> Served);

/// <summary>A server that a play runs on.</summary>
public abstract class PlayServer : IAsyncDisposable
{
    /// <summary>The domain of its accounts.</summary>
    public abstract string Domain { get; }

    /// <summary>A new transport to it, not yet connected.</summary>
    public abstract PlayLink Connect(PlayTransport transport);

    /// <summary>Makes an account; it may not exist yet.</summary>
    public abstract Task RegisterAsync(string localpart, string password);

    /// <summary>Lets time pass on the server, where its clock is the play's.</summary>
    public abstract void Advance(TimeSpan time);

    public abstract ValueTask DisposeAsync();
}
