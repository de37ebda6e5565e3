using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using MyChat.Client.Connections;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Sasl;

namespace MyChat.Client.Tests;

/// <summary>The other end of a connection, which says what the test says.</summary>
internal sealed class ScriptedServer
{
    public const string Header =
        "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
        + "from='verona.lit' id='s1' version='1.0'>";

    public const string Scram =
        "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>SCRAM-SHA-256</mechanism></mechanisms>"
        + "<register xmlns='http://jabber.org/features/iq-register'/></stream:features>";

    public const string BindAndSm =
        "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/></stream:features>";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly PipePair _pipes = new();

    public IDuplexPipe Client => _pipes.Client;
    public IDuplexPipe Server => _pipes.Server;

    /// <summary>The client's end, taken for a private channel.</summary>
    public StreamTransport Transport => field ??= new StreamTransport(Client, isPrivate: true);

    public static ConnectionOptions Options => new() { Domain = "verona.lit" };

    public async Task Says(string text) => await Server.Output.WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Waits for this text of the client, and forgets all up to its end; returns what that was.</summary>
    public async Task<string> Gets(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var result = await Server.Input.ReadAsync(patience.Token);
            var received = Encoding.UTF8.GetString(result.Buffer);
            var at = received.IndexOf(text, StringComparison.Ordinal);
            if (at >= 0)
            {
                var all = received[..(at + text.Length)];
                Server.Input.AdvanceTo(result.Buffer.GetPosition(Encoding.UTF8.GetByteCount(all)));
                return all;
            }
            Server.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                throw new InvalidOperationException($"The client sent no {text}, but: {received}");
            }
        }
    }

    /// <summary>Lets romeo log in and binds what he asks for; the client must have asked to open the stream.</summary>
    public async Task LetsIn(string password = "secret", string jid = "romeo@verona.lit/orchard", string? sm = null)
    {
        await Opens();
        await Authenticates(password);
        await Gets("</bind></iq>");
        await Says($"<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>{jid}</jid></bind></iq>");
        if (sm is not null)
        {
            await Gets("<enable ");
            await Gets("/>");
            await Says($"<enabled xmlns='urn:xmpp:sm:3' resume='true' id='{sm}'/>");
        }
    }

    public async Task Opens(string features = Scram)
    {
        await Gets("version='1.0'>");
        await Says(Header + features);
    }

    /// <summary>SCRAM by the server's side of the library, then the features after log-in.</summary>
    public async Task Authenticates(string password = "secret")
    {
        var server = new ScramServer(new ScramMechanism(ScramHash.Sha256, Plus: false), plusOffered: false);
        server.ReadFirst(SaslData.Decode(await TextOf("auth")));
        var keys = ScramKeys.Derive(ScramHash.Sha256, password, ScramKeys.NewSalt(), 4096);
        await Says($"<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{SaslData.Encode(server.Challenge(keys))}</challenge>");
        var final = server.Finish(SaslData.Decode(await TextOf("response")));
        await Says($"<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{SaslData.Encode(final)}</success>");
        await Gets("version='1.0'>");
        await Says(Header + BindAndSm);
    }

    public async Task<string> TextOf(string element)
    {
        await Gets($"<{element} ");
        await Gets(">");
        var text = await Gets($"</{element}>");
        return text[..^(element.Length + 3)];
    }

    /// <summary>A connection that is logged in.</summary>
    public async Task<XmppConnection> LogIn(ConnectionOptions? options = null, string? sm = null)
    {
        var script = LetsIn(sm: sm);
        var connection = await XmppConnection.OpenAsync(Transport, options ?? Options);
        await connection.LogInAsync(new LogIn("romeo", "secret") { Resource = "orchard", StreamManagement = sm is not null });
        await script;
        return connection;
    }
}
