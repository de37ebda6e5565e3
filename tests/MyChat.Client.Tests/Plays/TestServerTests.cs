using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Client.Tests.Plays;

/// <summary>The harness and the client against the real server, over every transport.</summary>
public abstract class TestServerTests(PlayTransport transport)
{
    [Fact]
    public async Task Actors_talk_and_nobody_receives_more()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat' id='m1'><body>Soft!</body></message>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='chat' id='m1' …><body>Soft!</body>…</message>");
        await juliet.Sends("<message to='romeo@verona.lit/orchard' type='chat' id='m2'><body>Ay me!</body></message>");
        await romeo.Receives("<message from='juliet@verona.lit/balcony' type='chat' …><body>Ay me!</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_the_play_leaves_out_is_found()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        await play.Enter("juliet/balcony");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        var failure = await Assert.ThrowsAsync<PlayException>(play.NobodyReceivesMore);
        Assert.Contains("juliet/balcony received more", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_waits_for_who_is_away(bool polite)
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await (polite ? juliet.Disconnects() : juliet.DropsLink());
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        await play.NobodyReceivesMore();
        juliet = await play.Enter("juliet/chamber");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' type='chat' …><body>Soft!</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_stream_is_resumed_where_it_broke()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", management: Management.Automatic);
        await juliet.DropsLink();
        await romeo.Sends("<message to='juliet@verona.lit/balcony' type='chat'><body>Soft!</body></message>");
        await play.NobodyReceivesMore();
        await juliet.Resumes();
        await juliet.Receives("<message from='romeo@verona.lit/orchard' type='chat' …><body>Soft!</body>…</message>");
        await play.NobodyReceivesMore();
    }

    public sealed class InMemory() : TestServerTests(PlayTransport.Memory);

    public sealed class OverTls() : TestServerTests(PlayTransport.Tls);

    public sealed class OverStartTls() : TestServerTests(PlayTransport.StartTls);

    public sealed class OverWebSocket() : TestServerTests(PlayTransport.WebSocket);
}
