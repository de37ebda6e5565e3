using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MyChat.EndToEnd;

/// <summary>What can happen to a message.</summary>
public enum Meddling
{
    Drop,
    Double,
    /// <summary>It comes after the one that follows it on the same connection.</summary>
    Swap,
    Alter,
}

/// <summary>Stands between clients without TLS and their server, and does something to one message that the server delivers.</summary>
internal sealed class MeddlingProxy : IAsyncDisposable
{
    private const int Victim = 20;
    private const string Begin = "<message";
    private const string End = "</message>";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private readonly Meddling _meddling;
    private readonly Task _accepting;
    private int _messages;

    public MeddlingProxy(int server, Meddling meddling)
    {
        (_server, _meddling) = (server, meddling);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync()));
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server);
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), DeliverAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception gone) when (gone is SocketException or IOException or InvalidOperationException)
            {
                // Either side ended it.
            }
        }
    }

    private async Task DeliverAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[16_384];
        var (unread, held) = ("", "");
        for (int read; (read = await server.ReadAsync(buffer)) > 0;)
        {
            // One character for each byte: nothing is changed by reading it.
            unread += Encoding.Latin1.GetString(buffer, 0, read);
            var output = new StringBuilder();
            for (int length; (length = NextPiece(unread)) > 0; unread = unread[length..])
            {
                var piece = unread[..length];
                if (!piece.StartsWith(Begin, StringComparison.Ordinal))
                {
                    output.Append(piece);
                }
                else if (Interlocked.Increment(ref _messages) != Victim)
                {
                    output.Append(piece).Append(held);
                    held = "";
                }
                else if (_meddling == Meddling.Swap)
                {
                    held = piece;
                }
                else
                {
                    output.Append(Meddle(piece));
                }
            }
            await client.WriteAsync(Encoding.Latin1.GetBytes(output.ToString()));
        }
    }

    /// <summary>The length of a whole message, or of what comes before one; 0 when there is neither.</summary>
    private static int NextPiece(string unread)
    {
        var begin = unread.IndexOf(Begin, StringComparison.Ordinal);
        if (begin == 0)
        {
            var end = unread.IndexOf(End, StringComparison.Ordinal);
            return end < 0 ? 0 : end + End.Length;
        }
        // A tag that has not ended may become a message's.
        var tag = unread.LastIndexOf('<');
        return begin > 0 ? begin : tag > unread.LastIndexOf('>') ? tag : unread.Length;
    }

    private string Meddle(string message) => _meddling switch
    {
        Meddling.Drop => "",
        Meddling.Double => message + message,
        _ => message.Replace("nightingale", "nightmare", StringComparison.Ordinal),
    };
}
