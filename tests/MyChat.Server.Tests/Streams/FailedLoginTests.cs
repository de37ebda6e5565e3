using System.Text;
using MyChat.Client.Connections;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Tests.Streams;

/// <summary>What counts as a failed log-in of an address (<see cref="LimitOptions.FailedLoginsPerAddressPerMinute"/>).</summary>
public sealed class FailedLoginTests
{
    private const int Most = 3;
    private const string Password = "correct horse";

    /// <summary>As slixmpp 1.8.3 does on TLS 1.3: a binding that is not offered for each -PLUS mechanism, then the flag of one that saw no -PLUS.</summary>
    [Fact]
    public async Task A_client_without_our_channel_binding_spends_no_failed_log_in()
    {
        await using var server = await Start();
        await using var romeo = await RawStream.Open(server);
        Assert.Contains("<not-authorized", await romeo.Tries("SCRAM-SHA-256-PLUS", "p=tls-unique,,n=romeo,r=nonce"), StringComparison.Ordinal);
        Assert.Contains("<not-authorized", await romeo.Tries("SCRAM-SHA-1-PLUS", "p=tls-unique,,n=romeo,r=nonce"), StringComparison.Ordinal);
        Assert.Contains("<not-authorized", await romeo.Tries("SCRAM-SHA-256", "y,,n=romeo,r=nonce"), StringComparison.Ordinal);
        Assert.Contains("<not-authorized", await romeo.Tries("SCRAM-SHA-1", "y,,n=romeo,r=nonce"), StringComparison.Ordinal);
        Assert.Contains("<success", await romeo.Tries("PLAIN", $"\0romeo\0{Password}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_guessed_too_many_passwords_has_to_wait()
    {
        await using var server = await Start();
        await using var romeo = await RawStream.Open(server);
        for (var i = 0; i < Most; i++)
        {
            Assert.Contains("<not-authorized", await romeo.Tries("PLAIN", $"\0romeo\0guess {i}"), StringComparison.Ordinal);
        }
        Assert.Contains("<temporary-auth-failure", await romeo.Tries("PLAIN", $"\0romeo\0{Password}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_proof_is_a_guess_too()
    {
        await using var server = await Start();
        await using var romeo = await RawStream.Open(server);
        for (var i = 0; i < Most; i++)
        {
            var challenge = await romeo.Tries("SCRAM-SHA-256", "n,,n=romeo,r=nonce");
            var final = $"c=biws,{NonceOf(challenge)},p={Convert.ToBase64String(new byte[32])}";
            Assert.Contains("<not-authorized", await romeo.Responds(final), StringComparison.Ordinal);
        }
        Assert.Contains("<temporary-auth-failure", await romeo.Tries("PLAIN", $"\0romeo\0{Password}"), StringComparison.Ordinal);
    }

    private static string NonceOf(string challenge)
    {
        var data = Convert.FromBase64String(System.Xml.Linq.XElement.Parse(challenge).Value);
        return Encoding.UTF8.GetString(data).Split(',')[0];
    }

    private static async Task<TestServer> Start()
    {
        var options = new TestServerOptions { Configure = server => server.Limits.FailedLoginsPerAddressPerMinute = Most };
        var server = await TestServer.StartAsync(PlayTransport.Tls, options);
        await server.RegisterAsync("romeo", Password);
        return server;
    }

    /// <summary>A stream below any client: says what it is told to, and shows what comes.</summary>
    private sealed class RawStream(ClientTransport transport) : IAsyncDisposable
    {
        public static async Task<RawStream> Open(TestServer server)
        {
            var stream = new RawStream(server.Connect(PlayTransport.Tls).Transport);
            await stream.Transport.ConnectAsync(TestContext.Current.CancellationToken);
            await stream.Say(
                $"<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='{server.Domain}' version='1.0'>");
            await stream.Hear(); // the stream's header
            Assert.Contains("tls-server-end-point", await stream.Hear(), StringComparison.Ordinal);
            return stream;
        }

        private ClientTransport Transport => transport;

        public Task<string> Tries(string mechanism, string initialResponse) =>
            Ask($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='{mechanism}'>{Base64(initialResponse)}</auth>");

        public Task<string> Responds(string response) =>
            Ask($"<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{Base64(response)}</response>");

        private async Task<string> Ask(string xml)
        {
            await Say(xml);
            return await Hear();
        }

        private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

        private async Task Say(string xml)
        {
            var bytes = Encoding.UTF8.GetBytes(xml);
            await transport.WriteAsync(bytes, [bytes.Length], TestContext.Current.CancellationToken);
        }

        private async Task<string> Hear()
        {
            var frame = await transport.ReadAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(FrameKind.Incomplete, frame.Kind);
            return Encoding.UTF8.GetString(frame.Bytes);
        }

        public ValueTask DisposeAsync() => transport.DisposeAsync();
    }
}
