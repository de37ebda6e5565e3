using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Client.Tests.Conversations;
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

    [Fact]
    public async Task Nothing_is_lost_or_shown_twice_when_the_server_is_killed_and_started_again()
    {
        const int Messages = 100;
        const int UnderWay = 20;
        var server = await ServerProcess.StartAsync();
        await using var world = await World.OnAsync(server);
        var (romeo, juliet) = (await Enter("romeo"), await Enter("juliet"));
        await romeo.Befriends(juliet);

        // It dies twice while both send.
        var sending = Task.WhenAll(SendAsync(romeo, juliet), SendAsync(juliet, romeo));
        foreach (var some in new[] { 20, 60 })
        {
            await romeo.Sees(() => romeo.With(juliet).Summary.Unread >= some);
            await server.KillAsync();
            await server.StartAgainAsync();
        }
        await sending;
        await CheckAsync(romeo, juliet);
        await CheckAsync(juliet, romeo);

        Task<TestDevice> Enter(string name) => world.Enter(name, options: options => options with
        {
            FirstRetry = TimeSpan.FromMilliseconds(20),
            LongestRetry = TimeSpan.FromMilliseconds(200),
        });

        static async Task SendAsync(TestDevice from, TestDevice to)
        {
            for (var i = 0; i < Messages; i++)
            {
                await from.With(to).SendAsync($"{i}");
                // Or all would be sent before the server dies.
                await to.Sees(() => to.With(from).Summary.Unread > i - UnderWay);
            }
        }

        static async Task CheckAsync(TestDevice from, TestDevice to)
        {
            await to.Sees(() => to.With(from).Summary.Unread == Messages);
            var got = await to.Store.ReadMessagesAsync(from.Jid, long.MinValue, long.MaxValue, 4 * Messages, fromStart: false, default);
            Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{i}"), got.Where(message => !message.IsMine).Select(message => message.Body));
            await to.With(from).MarkReadAsync();
            using var view = await from.With(to).OpenAsync();
            await from.Sees(() => view.Items.Where(message => message.IsMine).All(message => message.State == MessageState.Read) && from[to].IsOnline);
            Assert.Empty(await from.Store.ReadQueuedAsync(default));
        }
    }
}
