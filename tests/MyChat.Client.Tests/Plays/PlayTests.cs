using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Client.Tests.Plays;

/// <summary>The harness itself, before a server that says what the test says.</summary>
public sealed class PlayTests : IAsyncDisposable
{
    private readonly ScriptedPlayServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Exactly_the_echo_of_the_own_presence_is_taken_out()
    {
        await using var play = new Play(_server, PlayTransport.Memory);
        var entering = play.Enter("romeo/orchard");
        await _server.Script.LetsIn(Play.PasswordOf("romeo"));
        await _server.Script.Gets("<presence/>");
        await _server.Script.Says("<presence from='juliet@verona.lit/balcony'/><presence from='romeo@verona.lit/orchard'/>");
        var romeo = await entering;
        await romeo.Receives("<presence from='juliet@verona.lit/{resource}'/>");
        Assert.Equal("balcony", play["resource"]);
        Assert.Equal(["romeo"], _server.Registered);
    }

    [Fact]
    public async Task A_mismatch_prints_the_play_so_far()
    {
        await using var play = new Play(_server, PlayTransport.Memory);
        var romeo = await Enter(play);
        await romeo.Sends("<message to='juliet@verona.lit'><body>Soft!</body></message>");
        await _server.Script.Says("<message from='juliet@verona.lit'><body>Ay me!</body></message><presence from='nurse@verona.lit'/>");
        var failure = await Assert.ThrowsAsync<PlayException>(() => romeo.Receives("<message from='juliet@verona.lit'><body>Romeo?</body></message>"));
        var report = failure.Message;
        Assert.Contains("message/body: text 'Romeo?' wanted, 'Ay me!' came", report, StringComparison.Ordinal);
        Assert.Contains("(romeo/orchard enters)", report, StringComparison.Ordinal);
        Assert.Contains("romeo/orchard → <message to='juliet@verona.lit'><body>Soft!</body></message>", report, StringComparison.Ordinal);
        Assert.Contains("romeo/orchard ← <message from='juliet@verona.lit'><body>Ay me!</body></message>", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_any_order_each_pattern_takes_one()
    {
        await using var play = new Play(_server, PlayTransport.Memory);
        var romeo = await Enter(play);
        // The first pattern fits both, and must leave the one that the second needs.
        await _server.Script.Says("<presence from='a@verona.lit'/><presence from='b@verona.lit'/>");
        await romeo.ReceivesInAnyOrder("<presence from='*'/>", "<presence from='a@verona.lit'/>");
        await _server.Script.Says("<presence from='a@verona.lit'/><presence from='b@verona.lit'/>");
        await Assert.ThrowsAsync<PlayException>(() => romeo.ReceivesInAnyOrder("<presence from='b@verona.lit'/>", "<presence from='b@verona.lit'/>"));
    }

    [Fact]
    public async Task Nobody_receives_more_finds_what_the_play_does_not_say()
    {
        await using var play = new Play(_server, PlayTransport.Memory);
        var romeo = await Enter(play);
        var reflecting = _server.Reflect(3);
        await play.NobodyReceivesMore();
        await reflecting;

        reflecting = _server.Reflect(3, beforeTheLast: "<message from='eve@verona.lit'/>");
        var failure = await Assert.ThrowsAsync<PlayException>(play.NobodyReceivesMore);
        await reflecting;
        Assert.Contains("romeo/orchard ← <message from='eve@verona.lit'/>   (not yet looked at)", failure.Message, StringComparison.Ordinal);
        Assert.True(romeo.Jid.ToString() is "romeo@verona.lit/orchard");
    }

    [Fact]
    public async Task A_proof_ping_of_the_server_is_answered_out_of_sight()
    {
        await using var play = new Play(_server, PlayTransport.Memory);
        var romeo = await Enter(play);
        await _server.Script.Says("<iq type='get' id='proof' from='verona.lit' to='romeo@verona.lit/orchard'><ping xmlns='urn:xmpp:ping'/></iq>");
        await _server.Script.Gets("type='result'");
        await _server.Script.Says("<message from='verona.lit'/>");
        await romeo.Receives("<message from='verona.lit'/>");
    }

    [Fact]
    public async Task The_end_of_the_stream_ends_the_waiting()
    {
        await using var play = new Play(_server, PlayTransport.Memory);
        var romeo = await Enter(play);
        await _server.Script.Says("<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
        var failure = await Assert.ThrowsAsync<PlayException>(() => romeo.Receives("<message/>"));
        Assert.Contains("Conflict", failure.Message, StringComparison.Ordinal);
        await romeo.IsDisconnected(Xmpp.Streams.StreamErrorCondition.Conflict);
        await Assert.ThrowsAsync<PlayException>(() => romeo.IsDisconnected(Xmpp.Streams.StreamErrorCondition.Reset));
    }

    private async Task<Actor> Enter(Play play)
    {
        var entering = play.Enter("romeo/orchard", presence: false);
        await _server.Script.LetsIn(Play.PasswordOf("romeo"));
        return await entering;
    }

    private sealed class ScriptedPlayServer : PlayServer
    {
        public ScriptedServer Script { get; } = new();
        public List<string> Registered { get; } = [];
        public override string Domain => "verona.lit";

        public override PlayLink Connect(PlayTransport transport) => new(Script.Transport, () => Task.CompletedTask);

        public override Task RegisterAsync(string localpart, string password)
        {
            Registered.Add(localpart);
            return Task.CompletedTask;
        }

        public override void Advance(TimeSpan time) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>Hands romeo's pings to himself back to him, and his answers, as a server would.</summary>
        public async Task Reflect(int times, string beforeTheLast = "")
        {
            for (var i = 1; i <= times; i++)
            {
                await Script.Says(i == times ? beforeTheLast : "");
                var ping = await Script.Gets("</iq>");
                await Script.Says(ping.Replace("<iq", "<iq from='romeo@verona.lit/orchard'", StringComparison.Ordinal));
                await Script.Says(await Script.Gets("/>"));
            }
        }
    }
}
