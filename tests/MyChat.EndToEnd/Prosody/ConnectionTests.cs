using System.Globalization;
using MyChat.Client.Connections;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.EndToEnd.Prosody;

/// <summary>The client's connection on somebody else's server: log-in, channel binding, stream management.</summary>
public sealed class ConnectionTests(ProsodyFixture prosody) : IClassFixture<ProsodyFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PlayTransport.StartTls)]
    [InlineData(PlayTransport.Tls)]
    [InlineData(PlayTransport.WebSocket)]
    public async Task One_registers_and_logs_in(PlayTransport transport)
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var name = await RegisterAsync("romeo");
        var log = new MechanismLog();
        await using var romeo = await OpenAsync(transport, log);
        await romeo.LogInAsync(new LogIn(name, "pencil") { Resource = "orchard" }, Cancel);

        Assert.Equal($"{name}@verona.lit/orchard", romeo.Jid.ToString());
        // Never the password itself, though Prosody offers PLAIN inside TLS; and no -PLUS, for Prosody 0.12 has nothing to bind to in TLS 1.3.
        Assert.Equal("SCRAM-SHA-1", log.Mechanism);
        await romeo.CloseAsync(Cancel);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_another_may_be_tried()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var name = await RegisterAsync("romeo");
        await using var romeo = await OpenAsync(PlayTransport.StartTls);
        var refused = await Assert.ThrowsAsync<AuthenticationException>(() => romeo.LogInAsync(new LogIn(name, "pen"), Cancel));
        Assert.Equal(SaslCondition.NotAuthorized, refused.Condition);
        await romeo.LogInAsync(new LogIn(name, "pencil"), Cancel);
        Assert.Equal(name, romeo.Jid.Localpart);
    }

    [Fact]
    public async Task A_taken_name_is_refused()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var name = await RegisterAsync("romeo");
        await using var second = await OpenAsync(PlayTransport.StartTls);
        var refused = await Assert.ThrowsAsync<StanzaErrorException>(() => second.RegisterAsync(name, "pencil", Cancel));
        Assert.Equal(StanzaErrorCondition.Conflict, refused.Condition);
    }

    [Theory]
    [InlineData(PlayTransport.Tls)]
    [InlineData(PlayTransport.WebSocket)]
    public async Task A_cut_stream_is_resumed_and_nothing_is_lost_or_doubled(PlayTransport transport)
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var (romeo, juliet) = (await RegisterAsync("romeo"), await RegisterAsync("juliet"));
        await using var sender = await OpenAsync(PlayTransport.Tls);
        await sender.LogInAsync(new LogIn(romeo, "pencil") { StreamManagement = true }, Cancel);
        var first = await OpenAsync(transport);
        await first.LogInAsync(new LogIn(juliet, "pencil") { StreamManagement = true }, Cancel);
        await first.SendAsync(new Presence(), Cancel);
        Assert.NotNull(first.Management!.Id);

        await SayAsync(sender, juliet, 1);
        await SayAsync(sender, juliet, 2);
        // The reader is through with the first, for it asked for the second; the second was taken up, no more.
        Assert.Equal(["1", "2"], await BodiesAsync(first, 2));
        first.Abort();
        await first.DisposeAsync();
        await SayAsync(sender, juliet, 3);

        await using var second = await OpenAsync(transport);
        await second.LogInAsync(new LogIn(juliet, "pencil") { StreamManagement = true, Resume = first.Management }, Cancel);
        Assert.True(second.Resumed);
        await SayAsync(sender, juliet, 4);
        Assert.Equal(["2", "3", "4"], await BodiesAsync(second, 3));
    }

    private async Task<string> RegisterAsync(string begin)
    {
        var name = prosody.NewName(begin);
        await prosody.Server.RegisterAsync(name, "pencil");
        return name;
    }

    private Task<XmppConnection> OpenAsync(PlayTransport transport, ProtocolLog? log = null) => XmppConnection.OpenAsync(
        prosody.Server.Connect(transport).Transport, new ConnectionOptions { Domain = prosody.Server.Domain, Log = log }, Cancel);

    private async Task SayAsync(XmppConnection sender, string to, int number)
    {
        await sender.SendAsync(
            new Message
            {
                To = Jid.Parse($"{to}@{prosody.Server.Domain}"),
                Type = MessageType.Chat,
                Payload = new Payload(new Element(XNames.Body, number.ToString(CultureInfo.InvariantCulture))),
            },
            Cancel);
        await sender.ConfirmAsync(Cancel);
    }

    private static async Task<List<string>> BodiesAsync(XmppConnection connection, int count)
    {
        var bodies = new List<string>();
        await foreach (var received in connection.ReceiveAsync(Cancel))
        {
            if (received.Stanza is Message message && message.Payload.Child(XNames.Body) is { } body)
            {
                bodies.Add(body.Text);
            }
            if (bodies.Count == count)
            {
                break;
            }
        }
        return bodies;
    }

    /// <summary>Remembers which mechanism was chosen.</summary>
    private sealed class MechanismLog : ProtocolLog
    {
        public string? Mechanism { get; private set; }

        protected override void Write(bool sent, string xml)
        {
            const string Attribute = "mechanism=\"";
            var at = xml.Replace('\'', '"').IndexOf(Attribute, StringComparison.Ordinal);
            if (sent && at >= 0)
            {
                Mechanism = xml[(at + Attribute.Length)..].Split('\'', '"')[0];
            }
        }
    }
}
