using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Promises;

/// <summary>The moments at which a crash could lose or double a single message; the program is killed in each of them.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task A_message_that_was_delivered_but_not_confirmed_comes_again_with_the_same_stanza_id()
    {
        await using var play = new Play(await ServerProcess.StartAsync(), PlayTransport.Tls);
        var server = (ServerProcess)play.Server;
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", management: Management.Manual);
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        await juliet.Receives("<r xmlns='urn:xmpp:sm:3'/>"); // about her presence
        await juliet.Receives(
            "<message from='romeo@verona.lit/orchard' …><body>Soft!</body>"
            + "<stanza-id xmlns='urn:xmpp:sid:0' by='juliet@verona.lit' id='{id}'/></message>");
        await server.KillAsync();
        await romeo.IsDisconnected();
        await juliet.IsDisconnected();

        await server.StartAgainAsync();
        var again = await play.Enter("juliet/balcony", management: Management.Automatic);
        await again.Receives(
            "<message from='romeo@verona.lit/orchard' …><body>Soft!</body>"
            + "<stanza-id xmlns='urn:xmpp:sid:0' by='juliet@verona.lit' id='{id}'/><delay …/></message>");
        await again.Disconnects();

        // A stop keeps what is settled: it does not come a third time.
        Assert.Equal(0, await server.StopAsync());
        Assert.Equal(0, ServerLogs.CountUnsettled(server, "juliet"));
        await server.StartAgainAsync();
        await play.Enter("juliet/balcony");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_message_that_nobody_may_keep_survives_a_crash_and_goes_when_it_is_delivered()
    {
        await using var play = new Play(await ServerProcess.StartAsync(), PlayTransport.Tls);
        var server = (ServerProcess)play.Server;
        await (await play.Enter("juliet/balcony")).Disconnects();
        var romeo = await play.Enter("romeo/orchard", management: Management.Automatic);
        await romeo.Sends(
            "<message to='juliet@verona.lit' type='chat'><body>Soft!</body><no-permanent-store xmlns='urn:xmpp:hints'/></message>");
        await romeo.Connection.ConfirmAsync(TestContext.Current.CancellationToken);
        await server.KillAsync();
        await romeo.IsDisconnected();
        // XEP-0334 §4.3: on its way it is on disk, for the recipient alone.
        Assert.Equal(1, ServerLogs.CountEntries(server, "juliet"));
        Assert.Equal(0, ServerLogs.CountEntries(server, "romeo"));

        await server.StartAgainAsync();
        var juliet = await play.Enter("juliet/balcony", management: Management.Automatic);
        await juliet.Receives("<message from='romeo@verona.lit/orchard' …><body>Soft!</body>…</message>");
        await juliet.Disconnects();
        Assert.Equal(0, await server.StopAsync());
        Assert.Equal(0, ServerLogs.CountEntries(server, "juliet"));
        Assert.Equal(0, ServerLogs.CountMessages(server));
    }
}
