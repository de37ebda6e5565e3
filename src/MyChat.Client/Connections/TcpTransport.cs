using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace MyChat.Client.Connections;

/// <summary>A TCP connection, with TLS. The name in the certificate is the domain's, not the host's (RFC 6120 §13.7.2.1).</summary>
[UnsupportedOSPlatform("browser")]
public sealed class TcpTransport(string host, int port, string domain, TlsMode tls, ServerTrust trust) : StreamTransport(domain, tls, trust)
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>The port on this side, while the connection lasts.</summary>
    public int LocalPort => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    private protected override async ValueTask<Stream> DialAsync(CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
        return new NetworkStream(_socket, ownsSocket: true);
    }

    public override void Abort()
    {
        // No FIN and no close_notify: the peer sees what it sees when the link is lost.
        _socket.Close(0);
        base.Abort();
    }
}
