using System.Net;
using System.Net.Sockets;

namespace MyChat.Desktop.Loopback;

/// <summary>
/// The listening sockets: one free port on 127.0.0.1 and on [::1] too, as a browser may try either for a name under localhost, and whoever
/// listened on the other would be given the cookie.
/// </summary>
internal sealed class LoopbackSockets : IDisposable
{
    private const int Attempts = 20;

    private readonly List<Socket> _sockets = [];

    private LoopbackSockets() { }

    public int Port => ((IPEndPoint)_sockets[0].LocalEndPoint!).Port;

    public IEnumerable<IPEndPoint> EndPoints => _sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!);

    /// <exception cref="SocketException">No port is free, or there is no loopback network.</exception>
    public static LoopbackSockets Bind()
    {
        for (var attempt = 1; ; attempt++)
        {
            var sockets = new LoopbackSockets();
            try
            {
                sockets.Add(IPAddress.Loopback, 0);
                if (Socket.OSSupportsIPv6)
                {
                    sockets.Add(IPAddress.IPv6Loopback, sockets.Port);
                }

                return sockets;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable && sockets._sockets.Count > 0)
            {
                return sockets; // IPv6 without a loopback address
            }
            catch (SocketException) when (attempt < Attempts)
            {
                sockets.Dispose(); // somebody has the port on the other family
            }
        }
    }

    /// <summary>The socket that was bound to an endpoint.</summary>
    public Socket this[EndPoint endPoint] => _sockets.First(socket => endPoint.Equals(socket.LocalEndPoint));

    private void Add(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                socket.ExclusiveAddressUse = true;
            }

            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(new IPEndPoint(address, port));
            _sockets.Add(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());
}
