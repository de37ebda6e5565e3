using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using MyChat.Host;
using MyChat.Testing.Servers;

namespace MyChat.Server.Tests.Security;

/// <summary>The same limits over WebSocket (RFC 7395), and what frames and browsers add.</summary>
[Collection(Alone.Name)]
public sealed class WebSocketHoles
{
    private const string Open = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='verona.lit' version='1.0'/>";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static Task<TestServer> Start() =>
        TestServer.StartAsync(PlayTransport.WebSocket, new TestServerOptions { MoreModules = ServerModules.Create });

    private static Uri Address(TestServer server) => new($"ws://127.0.0.1:{server.WebPort}/xmpp-websocket");

    private static async Task<ClientWebSocket> Connect(TestServer server, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("xmpp");
        configure?.Invoke(socket.Options);
        await socket.ConnectAsync(Address(server), CancellationToken.None).WaitAsync(Patience);
        return socket;
    }

    private static async Task Send(ClientWebSocket socket, string text, bool end = true, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), type, end, CancellationToken.None).WaitAsync(Patience);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException)
        {
            // The server may hang up in the middle; its last words tell.
        }
    }

    /// <summary>The next message; null when there is none.</summary>
    private static async Task<string?> Receive(ClientWebSocket socket)
    {
        var text = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }
            text.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(text.ToArray());
            }
        }
    }

    private static async Task IsEnded(ClientWebSocket socket, string condition)
    {
        string? message;
        do
        {
            message = await Receive(socket);
        }
        while (message?.StartsWith("<stream:error", StringComparison.Ordinal) == false);
        Assert.NotNull(message);
        Assert.Contains($"<{condition} ", message, StringComparison.Ordinal);
        Assert.Equal("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>", await Receive(socket));
        Assert.Null(await Receive(socket));
    }

    public static TheoryData<string, string> Monsters => new()
    {
        { "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "restricted-xml" },
        { "<iq xmlns='jabber:client' type='get' id='1'><a>&bomb;</a></iq>", "restricted-xml" },
        { "<!-- nothing --><a/>", "restricted-xml" },
        { "<?xml version='1.0'?><a/>", "restricted-xml" },
        { "<a/><b/>", "not-well-formed" },
        { "<a>", "not-well-formed" },
        { "", "not-well-formed" },
        { "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='verona.lit' version='1.0'>", "not-well-formed" },
        { "<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", "not-authorized" }, // in no namespace it is no stanza
        { Open, "bad-format" },
        { "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "policy-violation" },
        { string.Concat(Enumerable.Repeat("<a>", 200)) + string.Concat(Enumerable.Repeat("</a>", 200)), "policy-violation" },
        { "<a " + string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i}='' ")) + "/>", "policy-violation" },
        { $"<a>{new string('x', 17_000)}</a>", "policy-violation" },
        { $"<a>{new string('x', 900_000)}</a>", "policy-violation" },
    };

    [Theory]
    [MemberData(nameof(Monsters))]
    public async Task What_ends_a_stream_elsewhere_ends_it_here(string message, string condition)
    {
        await using var server = await Start();
        using var socket = await Connect(server);
        await Send(socket, Open);
        Assert.StartsWith("<open ", await Receive(socket), StringComparison.Ordinal);
        Assert.StartsWith("<stream:features", await Receive(socket), StringComparison.Ordinal);
        var sending = Send(socket, message);
        await IsEnded(socket, condition);
        await sending;
    }

    [Fact]
    public async Task The_limits_before_log_in_hold_for_all_messages_together()
    {
        await using var server = await Start();
        using var socket = await Connect(server);
        await Send(socket, Open);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 60 && socket.State == WebSocketState.Open; i++)
            {
                await Send(socket, $"<iq xmlns='jabber:client' type='result' id='1'><x xmlns='urn:example'>{new string('x', 4_000)}</x></iq>");
            }
        });
        await IsEnded(socket, "policy-violation");
        await sending;
    }

    [Fact]
    public async Task After_log_in_a_message_has_a_largest_size_too()
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var romeo = await RawClient.To(server, PlayTransport.WebSocket);
        await romeo.Opens();
        await romeo.LogsIn("romeo", "secret");
        await romeo.Sends("<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        await romeo.Receives("<jid>");
        await romeo.Sends($"<iq xmlns='jabber:client' type='get' id='1'><x xmlns='urn:example'>{new string('x', 260_000)}</x></iq>");
        await romeo.Receives("type='error'");
        var sending = romeo.Sends($"<iq xmlns='jabber:client' type='get' id='1'><x xmlns='urn:example'>{new string('x', 263_000)}</x></iq>");
        await romeo.IsEnded("policy-violation");
        await sending;
    }

    [Fact]
    public async Task Binary_messages_are_refused()
    {
        await using var server = await Start();
        using var socket = await Connect(server);
        await Send(socket, Open, type: WebSocketMessageType.Binary);
        await IsEnded(socket, "bad-format");
    }

    [Fact]
    public async Task A_message_may_come_in_fragments_but_not_without_end()
    {
        await using var server = await Start();
        using var socket = await Connect(server);
        foreach (var character in Open[..^1])
        {
            await Send(socket, $"{character}", end: false);
        }
        await Send(socket, "", end: false);
        await Send(socket, Open[^1..]);
        Assert.StartsWith("<open ", await Receive(socket), StringComparison.Ordinal);
        Assert.StartsWith("<stream:features", await Receive(socket), StringComparison.Ordinal);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 200 && socket.State == WebSocketState.Open; i++)
            {
                await Send(socket, "<a>" + new string('x', 100), end: false);
            }
        });
        await IsEnded(socket, "policy-violation");
        await sending;
    }

    [Fact]
    public async Task A_frame_that_says_to_be_huge_takes_no_more_than_a_stanza()
    {
        await using var server = await Start();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.WebPort);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "GET /xmpp-websocket HTTP/1.1\r\nHost: verona.lit\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: xmpp\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        var reader = new StreamReader(stream, Encoding.UTF8);
        Assert.Contains("101", await reader.ReadLineAsync().WaitAsync(Patience), StringComparison.Ordinal);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        // One text frame of 1 GB, masked with zeroes.
        await stream.WriteAsync(new byte[] { 0x81, 0xFF, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0 });
        await stream.WriteAsync(Encoding.ASCII.GetBytes("<a>" + new string('x', 40_000)));
        var answer = new StringBuilder();
        var buffer = new char[1024];
        while (!answer.ToString().Contains("</stream:error>", StringComparison.Ordinal))
        {
            var count = await reader.ReadAsync(buffer.AsMemory()).AsTask().WaitAsync(Patience);
            Assert.NotEqual(0, count);
            answer.Append(buffer, 0, count);
        }
        Assert.Contains("<policy-violation ", answer.ToString(), StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 8 << 20);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("chat")]
    [InlineData("XMPP")]
    public async Task Another_sub_protocol_is_refused(string? protocol)
    {
        await using var server = await Start();
        using var socket = new ClientWebSocket();
        if (protocol is not null)
        {
            socket.Options.AddSubProtocol(protocol);
        }
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(server), CancellationToken.None).WaitAsync(Patience));
        Assert.Equal(HttpStatusCode.BadRequest, socket.HttpStatusCode);
    }

    [Fact]
    public async Task What_is_no_web_socket_is_refused()
    {
        await using var server = await Start();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{server.WebPort}/xmpp-websocket"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    // A page of another site may connect, and is a stranger: nothing that a browser adds by itself logs anybody in.
    [Fact]
    public async Task A_page_of_another_site_is_a_stranger()
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        using var socket = await Connect(server, options =>
        {
            options.SetRequestHeader("Origin", "https://evil.lit");
            options.SetRequestHeader("Cookie", "session=romeo");
            options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String("romeo:secret"u8));
        });
        await Send(socket, Open);
        Assert.StartsWith("<open ", await Receive(socket), StringComparison.Ordinal);
        Assert.Contains("<mechanisms ", await Receive(socket), StringComparison.Ordinal);
        await Send(socket, "<message xmlns='jabber:client' to='romeo@verona.lit'><body>Hi</body></message>");
        await IsEnded(socket, "not-authorized");
    }

    [Fact]
    public async Task Compression_is_not_agreed_on()
    {
        await using var server = await Start();
        using var socket = await Connect(server, options =>
        {
            options.DangerousDeflateOptions = new WebSocketDeflateOptions();
            options.CollectHttpResponseDetails = true;
        });
        Assert.DoesNotContain("Sec-WebSocket-Extensions", socket.HttpResponseHeaders!.Keys);
    }
}
