using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Tests;

public sealed class ChatClientTests
{
    [Fact]
    public async Task It_comes_online_and_says_what_it_may_keep_of_the_password()
    {
        await using var server = await TestServer.StartAsync(PlayTransport.Tls);
        await server.RegisterAsync("romeo", "secret");
        var key = new TaskCompletionSource<SaltedKey>();
        await using var client = new ChatClient(
            new ChatOptions
            {
                Account = BareJid.Parse("romeo@verona.lit"),
                Credentials = new Credentials("secret"),
                Dial = (_, _) => ValueTask.FromResult(server.Connect(PlayTransport.Tls).Transport),
            },
            new MemoryStore());
        client.LoggedIn += key.SetResult;

        await client.StartAsync(TestContext.Current.CancellationToken);
        await client.WhenOnlineAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ConnectionPhase.Online, client.Status.Phase);
        Assert.NotEmpty((await key.Task).Key);
    }
}
