using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MyChat.Client.Connections;
using MyChat.Server.Connections;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Tests.Security;

/// <summary>Tests that measure memory run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

/// <summary>A client that says what it is told to, right or wrong, and shows every piece of the answers.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    public const string Header =
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='verona.lit' version='1.0'>";

    private const string Sasl = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientTransport transport;
    private readonly Func<Task> served;

    private RawClient(ClientTransport transport, Func<Task> served) => (this.transport, this.served) = (transport, served);

    /// <summary>Completes when the server is through with the connection.</summary>
    public Task Served => served().WaitAsync(Patience);

    public IReadOnlyList<ChannelBinding> Bindings => transport.ChannelBindings;

    /// <summary>A connection of the server's usual kinds.</summary>
    public static Task<RawClient> To(TestServer server, PlayTransport transport = PlayTransport.Memory)
    {
        var link = server.Connect(transport);
        return Begin(link.Transport, link.Served);
    }

    /// <summary>A connection in memory that can become TLS, and whose clock is the server's.</summary>
    public static Task<RawClient> ToTls(TestServer server, TlsMode mode, string address = "127.0.0.1")
    {
        var (pipes, served) = Serve(server, mode == TlsMode.Direct, address);
        var certificate = server.Services.GetRequiredService<IServerCertificate>().Certificate;
        var trust = ServerTrust.Fingerprint(SHA256.HashData(certificate.RawData));
        return Begin(new StreamTransport(pipes.Client, server.Domain, mode, trust), () => served);
    }

    /// <summary>The bare pipes of such a connection.</summary>
    public static (PipePair Pipes, Task Served) Serve(TestServer server, bool directTls, string address = "127.0.0.1")
    {
        var pipes = new PipePair();
        var transport = new PipeTransport(
            pipes.Server, new IPEndPoint(IPAddress.Parse(address), 0), server.Services.GetRequiredService<IServerCertificate>());
        return (pipes, server.Services.GetRequiredService<XmppServer>().ServeAsync(transport, directTls, CancellationToken.None));
    }

    private static async Task<RawClient> Begin(ClientTransport transport, Func<Task> served)
    {
        transport.MaxBytes = 16 << 20;
        await transport.ConnectAsync(CancellationToken.None).AsTask().WaitAsync(Patience);
        return new RawClient(transport, served);
    }

    public Task Sends(string xml) => Sends(Encoding.UTF8.GetBytes(xml));

    public async Task Sends(byte[] bytes)
    {
        try
        {
            await transport.WriteAsync(bytes, [bytes.Length], CancellationToken.None).AsTask().WaitAsync(Patience);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException or System.Net.WebSockets.WebSocketException)
        {
            // The server may hang up in the middle; its last words tell.
        }
    }

    /// <summary>The next piece; null when there is none.</summary>
    public async Task<string?> Receives()
    {
        try
        {
            var frame = await transport.ReadAsync(CancellationToken.None).AsTask().WaitAsync(Patience);
            return frame.Kind == FrameKind.Incomplete ? null : Encoding.UTF8.GetString(frame.Bytes.ToArray());
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The next piece must hold this.</summary>
    public async Task<string> Receives(string part)
    {
        var piece = await Receives();
        Assert.Contains(part, piece, StringComparison.Ordinal);
        return piece!;
    }

    /// <summary>Sends a header; returns the features.</summary>
    public async Task<string> Opens(string header = Header)
    {
        await Sends(transport.IsFramed ? "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='verona.lit' version='1.0'/>" : header);
        await Receives(transport.IsFramed ? "<open " : "<stream:stream ");
        return await Receives("<stream:features");
    }

    public async Task StartsTls()
    {
        await Sends("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        await Receives("<proceed ");
        await transport.StartTlsAsync(CancellationToken.None).AsTask().WaitAsync(Patience);
    }

    /// <summary>Sends &lt;auth/&gt; with data.</summary>
    public Task Tries(string mechanism, byte[] data) => Sends($"<auth {Sasl} mechanism='{mechanism}'>{SaslData.Encode(data)}</auth>");

    /// <summary>A SCRAM exchange up to the final message, which it returns without having sent it.</summary>
    public async Task<byte[]> BeginsScram(string mechanism, ScramClient scram)
    {
        await Tries(mechanism, scram.First());
        return await scram.FinalAsync(SaslData.Decode(Text(await Receives("<challenge "))));
    }

    /// <summary>Sends &lt;response/&gt;; returns the answer.</summary>
    public async Task<string?> Responds(byte[] data)
    {
        await Sends($"<response {Sasl}>{SaslData.Encode(data)}</response>");
        return await Receives();
    }

    /// <summary>Logs in, and opens the stream that follows.</summary>
    public async Task<string> LogsIn(string name, string password, string mechanism = SaslMechanism.ScramSha1)
    {
        Assert.True(ScramMechanism.TryParse(mechanism, out var variant));
        var binding = variant.Plus ? Bindings[0] : null;
        var final = await BeginsScram(mechanism, new ScramClient(variant, name, password) { Binding = binding, PlusOffered = variant.Plus });
        Assert.StartsWith("<success ", await Responds(final), StringComparison.Ordinal);
        Restarts();
        return await Opens();
    }

    /// <summary>Binds a resource, and takes the answer out.</summary>
    public async Task Binds(string resource)
    {
        await Sends($"<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind></iq>");
        await Receives($"/{resource}</jid>");
    }

    /// <summary>Whatever comes first, the stream ends with this error; then both hang up.</summary>
    public async Task IsEnded(string condition)
    {
        string? piece;
        do
        {
            piece = await Receives();
        }
        while (piece?.StartsWith("<stream:error", StringComparison.Ordinal) == false);
        Assert.NotNull(piece);
        Assert.Contains($"<{condition} ", piece, StringComparison.Ordinal);
        var close = await Receives();
        Assert.Contains(close, (string[])["</stream:stream>", "<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>"]);
        var end = Served;
        Aborts();
        await end;
    }

    /// <summary>The next piece is a header again.</summary>
    public void Restarts() => transport.Restart();

    public void Aborts() => transport.Abort();

    public ValueTask DisposeAsync() => transport.DisposeAsync();

    /// <summary>What stands between the tags of an element without children.</summary>
    public static string Text(string element) => element[(element.IndexOf('>', StringComparison.Ordinal) + 1)..element.LastIndexOf('<')];
}
