using System.Net;
using System.Net.Sockets;
using MyChat.Desktop.Loopback;

namespace MyChat.Desktop.Tests.Loopback;

public sealed class PeerOwnerTests
{
    private static readonly string[] Table =
    [
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11 1 0 100 0 0 10 0",
        "   1: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 12 1 0 20 4 30 10 -1",
        "   2: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 13 1 0 20 4 30 10 -1",
    ];

    [Fact]
    public void The_peers_end_of_the_connection_tells_whose_it_is()
    {
        var own = new IPEndPoint(IPAddress.Loopback, 8080);

        Assert.Equal(1001u, PeerOwner.Find(Table, new IPEndPoint(IPAddress.Loopback, 0xC001), own));
        Assert.Equal(1000u, PeerOwner.Find(Table, own, new IPEndPoint(IPAddress.Loopback, 0xC001)));
        Assert.Null(PeerOwner.Find(Table, new IPEndPoint(IPAddress.Loopback, 0xC002), own));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task The_system_knows_who_holds_a_connection_of_its_own(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        using var client = new TcpClient(listener.LocalEndpoint.AddressFamily);
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var (peer, own) = ((IPEndPoint)client.Client.LocalEndPoint!, (IPEndPoint)client.Client.RemoteEndPoint!); // it is connected

        Assert.False(PeerOwner.IsStranger(peer, own));
        var table = await File.ReadAllLinesAsync(address.Contains(':', StringComparison.Ordinal) ? "/proc/net/tcp6" : "/proc/net/tcp");
        Assert.NotNull(PeerOwner.Find(table, peer, own));
    }
}
