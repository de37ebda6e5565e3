using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Client.Tests.Plays;

/// <summary>The real program, as the end-to-end tests start it.</summary>
public sealed class ServerProcessTests
{
    [Theory]
    [InlineData(PlayTransport.Tls)]
    [InlineData(PlayTransport.StartTls)]
    [InlineData(PlayTransport.WebSocket)]
    public async Task A_play_runs_on_the_real_program(PlayTransport transport)
    {
        await using var play = new Play(await ServerProcess.StartAsync(), transport);
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' …><body>Soft!</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task It_can_be_killed_started_again_on_its_data_and_stopped()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var play = new Play(server, PlayTransport.Tls, ownsServer: false);
        var romeo = await play.Enter("romeo/orchard", management: Management.Automatic);
        await romeo.Sends("<message to='romeo@verona.lit/gone' type='chat'><body>to myself</body></message>");
        await romeo.Connection.ConfirmAsync(TestContext.Current.CancellationToken);

        await server.KillAsync();
        await romeo.IsDisconnected();
        await server.StartAgainAsync();
        await play.Enter("romeo/orchard", presence: false);

        var directory = server.DataDirectory;
        Assert.Equal(0, await server.StopAsync());
        Assert.Contains("Stopped.", server.Output, StringComparison.Ordinal);
        await server.DisposeAsync();
        Assert.False(Directory.Exists(directory));
    }
}
