using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyChat.Server.Connections;

namespace MyChat.Server.Tests.Connections;

public sealed class TlsBuffersTests
{
    /// <summary>It reaches into .NET: a version that looks different inside must not pass unnoticed.</summary>
    [Fact]
    public async Task They_can_be_given_back_and_the_connection_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere TLS is not OpenSSL's.");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var near = new SslStream(
            client.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString());
        await using var far = new SslStream(accepted.GetStream());
        await Task.WhenAll(near.AuthenticateAsClientAsync("localhost"), far.AuthenticateAsServerAsync(certificate));

        Assert.True(TlsBuffers.ReleaseWhenEmpty(far));

        var received = new byte[40_000];
        foreach (var length in (int[])[1, 40_000, 100])
        {
            var sent = RandomNumberGenerator.GetBytes(length);
            var sending = far.WriteAsync(sent, TestContext.Current.CancellationToken);
            await near.ReadExactlyAsync(received.AsMemory(0, length), TestContext.Current.CancellationToken);
            await sending;
            Assert.Equal(sent, received[..length]);
            await near.WriteAsync(sent, TestContext.Current.CancellationToken);
            await far.ReadExactlyAsync(received.AsMemory(0, length), TestContext.Current.CancellationToken);
            Assert.Equal(sent, received[..length]);
        }
    }

    [Fact]
    public void What_is_not_connected_is_left_alone()
    {
        using var stream = new SslStream(new MemoryStream());
        Assert.False(TlsBuffers.ReleaseWhenEmpty(stream));
    }
}
