using Microsoft.Extensions.Time.Testing;
using MyChat.Client.Connections;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Tests.Connections;

public sealed class XmppConnectionTests
{
    private static readonly XName Ping = new("urn:xmpp:ping", "ping");
    private readonly ScriptedServer _server = new();

    private static Iq PingTo(string? to) =>
        new() { Type = IqType.Get, Id = "p1", To = to is null ? null : Jid.Parse(to), Payload = new Payload(new Element(Ping)) };

    [Theory]
    [InlineData("juliet@verona.lit/balcony", "juliet@verona.lit/balcony")]
    [InlineData("verona.lit", "verona.lit")]
    [InlineData(null, null)]
    [InlineData(null, "romeo@verona.lit")]
    [InlineData(null, "romeo@verona.lit/orchard")]
    [InlineData("romeo@verona.lit", null)]
    public async Task A_request_is_answered_by_whom_it_was_sent_to(string? to, string? from)
    {
        await using var connection = await _server.LogIn();
        var request = connection.RequestAsync(PingTo(to), TestContext.Current.CancellationToken);
        await _server.Gets("</iq>");
        await _server.Says($"<iq type='result' id='p1'{From(from)}/>");
        Assert.Equal("p1", (await request).Id);
    }

    [Theory]
    [InlineData("juliet@verona.lit/balcony", "eve@verona.lit/web", "result", "p1")]
    [InlineData("juliet@verona.lit/balcony", "juliet@verona.lit", "result", "p1")]
    [InlineData("juliet@verona.lit/balcony", null, "result", "p1")]
    [InlineData("verona.lit", null, "error", "p1")]
    [InlineData(null, "verona.lit", "result", "p1")]
    [InlineData(null, "eve@verona.lit", "result", "p1")]
    [InlineData("juliet@verona.lit/balcony", "juliet@verona.lit/balcony", "get", "p1")]
    [InlineData("juliet@verona.lit/balcony", "juliet@verona.lit/balcony", "result", "p2")]
    public async Task A_request_is_answered_by_nobody_else(string? to, string? from, string type, string id)
    {
        await using var connection = await _server.LogIn();
        var request = connection.RequestAsync(PingTo(to), TestContext.Current.CancellationToken);
        await _server.Gets("</iq>");
        var payload = type == "get" ? "<ping xmlns='urn:xmpp:ping'/>" : "<forged xmlns='x'/>";
        await _server.Says($"<iq type='{type}' id='{id}'{From(from)}>{payload}</iq>");
        await _server.Says($"<iq type='result' id='p1'{From(to ?? "romeo@verona.lit")}><genuine xmlns='x'/></iq>");
        Assert.Equal("genuine", (await request).Payload.First.Local);
        // What answers nothing is shown to the reader, who makes nothing of it.
        var stray = await First(connection);
        Assert.Equal((id, from), (stray.Stanza!.Id, stray.Stanza.From?.ToString()));
    }

    [Fact]
    public async Task An_error_is_an_exception_with_the_condition()
    {
        await using var connection = await _server.LogIn();
        var request = connection.RequestAsync(PingTo("verona.lit"), TestContext.Current.CancellationToken);
        await _server.Gets("</iq>");
        await _server.Says(
            "<iq type='error' id='p1' from='verona.lit'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        var error = await Assert.ThrowsAsync<StanzaErrorException>(() => request);
        Assert.Equal(StanzaErrorCondition.ServiceUnavailable, error.Condition);
    }

    [Fact]
    public async Task A_request_that_nobody_answers_is_given_up()
    {
        var clock = new FakeTimeProvider();
        var options = ScriptedServer.Options with { Time = clock };
        await using var connection = await _server.LogIn(options);
        var request = connection.RequestAsync(PingTo("verona.lit"), TestContext.Current.CancellationToken);
        await _server.Gets("</iq>");
        var start = clock.GetUtcNow();
        while (!request.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await Assert.ThrowsAsync<NoAnswerException>(() => request);
        Assert.True(clock.GetUtcNow() - start >= options.RequestTimeout);
        // An answer that comes late harms nobody.
        await _server.Says("<iq type='result' id='p1' from='verona.lit'/>");
        Assert.Equal("p1", (await First(connection)).Stanza!.Id);
    }

    [Fact]
    public async Task Requests_and_the_reader_hear_of_a_lost_connection()
    {
        await using var connection = await _server.LogIn();
        var request = connection.RequestAsync(PingTo("verona.lit"), TestContext.Current.CancellationToken);
        await _server.Gets("</iq>");
        await _server.Server.Output.CompleteAsync();
        await Assert.ThrowsAsync<XmppException>(() => request);
        await Assert.ThrowsAsync<XmppException>(() => First(connection));
        await Assert.ThrowsAsync<XmppException>(() => connection.RequestAsync(PingTo("verona.lit") with { Id = null }));
    }

    [Fact]
    public async Task Close_closes_the_stream_and_waits_for_the_server()
    {
        await using var connection = await _server.LogIn();
        var closing = connection.CloseAsync(TestContext.Current.CancellationToken);
        await _server.Gets("</stream:stream>");
        Assert.False(closing.IsCompleted);
        await _server.Says("<message from='verona.lit'><body>wait</body></message></stream:stream>");
        await closing;
        Assert.Equal("wait", (await First(connection)).Stanza!.Payload.Child(XNames.Body)!.Text);
        Assert.True((await _server.Server.Input.ReadAsync(TestContext.Current.CancellationToken)).IsCompleted);
    }

    [Fact]
    public async Task When_the_server_closes_its_stream_so_does_the_client()
    {
        await using var connection = await _server.LogIn();
        await _server.Says("</stream:stream>");
        await _server.Gets("</stream:stream>");
        await foreach (var received in connection.ReceiveAsync(TestContext.Current.CancellationToken))
        {
            Assert.Fail($"Received {received}");
        }
    }

    [Fact]
    public async Task What_is_no_xml_ends_the_stream_with_an_error()
    {
        await using var connection = await _server.LogIn();
        await _server.Says("<message><body></message></body>");
        var error = await Assert.ThrowsAsync<StreamErrorException>(() => First(connection));
        Assert.Equal((StreamErrorCondition.NotWellFormed, true), (error.Condition, error.IsOurs));
        await _server.Gets("<not-well-formed ");
        await _server.Gets("</stream:stream>");
    }

    [Fact]
    public async Task Posted_stanzas_leave_in_one_write()
    {
        var transport = new CountingTransport(_server.Client);
        var script = _server.LetsIn();
        await using var connection = await XmppConnection.OpenAsync(transport, ScriptedServer.Options);
        await connection.LogInAsync(new LogIn("romeo", "secret") { Resource = "orchard" }, TestContext.Current.CancellationToken);
        await script;
        var before = transport.Writes;
        connection.Post("<message id='1'/>");
        connection.Post(new Message { Id = "2" });
        connection.Post(new Element(XNames.Message, ("id", "3")));
        Assert.Equal(before, transport.Writes);
        await connection.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before + 1, transport.Writes);
        Assert.Equal(["1", "2", "3"], (await _server.Gets("3'/>")).Split('\'').Where(part => part.Length == 1));
    }

    [Fact]
    public async Task The_log_sees_everything_but_the_secrets()
    {
        var log = new ListLog();
        await using var connection = await _server.LogIn(ScriptedServer.Options with { Log = log });
        await connection.SendAsync("<message to='juliet@verona.lit'><body>Soft!</body></message>", TestContext.Current.CancellationToken);
        var all = string.Join('\n', log.Lines);
        Assert.Contains("<body>Soft!</body>", all, StringComparison.Ordinal);
        foreach (var element in (string[])["auth", "challenge", "response", "success"])
        {
            Assert.Matches($"<{element} [^>]*>\\*\\*\\*</{element}>", all);
        }
        Assert.DoesNotContain("secret", all, StringComparison.Ordinal);
    }

    private static string From(string? jid) => jid is null ? "" : $" from='{jid}'";

    private static async Task<Received> First(XmppConnection connection)
    {
        await foreach (var received in connection.ReceiveAsync(TestContext.Current.CancellationToken))
        {
            return received;
        }
        throw new InvalidOperationException("The stream ended.");
    }

    private sealed class CountingTransport(System.IO.Pipelines.IDuplexPipe pipe) : StreamTransport(pipe, isPrivate: true)
    {
        public int Writes { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> pieces, IReadOnlyList<int> ends, CancellationToken cancellationToken)
        {
            Writes++;
            return base.WriteAsync(pieces, ends, cancellationToken);
        }
    }

    private sealed class ListLog : ProtocolLog
    {
        private readonly Lock _gate = new();

        public List<string> Lines { get; } = [];

        protected override void Write(bool sent, string xml)
        {
            lock (_gate)
            {
                Lines.Add(xml);
            }
        }
    }
}
