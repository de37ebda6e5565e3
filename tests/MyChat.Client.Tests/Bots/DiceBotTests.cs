using System.Globalization;
using Bots;
using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Testing.Servers;

namespace MyChat.Client.Tests.Bots;

/// <summary>The bot that src/MyChat.Client/README.md shows.</summary>
public sealed class DiceBotTests
{
    [Fact]
    public async Task It_agrees_to_be_a_friend_and_rolls_when_asked()
    {
        await using var world = await World.StartAsync();
        await world.Server.RegisterAsync("dice", "secret");
        using var stop = new CancellationTokenSource();
        var running = DiceBot.RunAsync(
            new ChatOptions
            {
                Account = World.Jid("dice"),
                Credentials = new Credentials("secret"),
                Dial = (_, _) => ValueTask.FromResult<ClientTransport>(world.Server.Connect(PlayTransport.Tls).Transport),
            },
            stop.Token);

        var romeo = await world.Enter("romeo");
        var dice = romeo.Client.Conversations[World.Jid("dice")];
        await romeo.Client.Contacts.AskAsync(dice.Jid, "Wilt thou play?");
        await romeo.Sees(() => romeo.Client.Contacts[dice.Jid].IsOnline);
        await dice.SendAsync("Good morrow");
        await romeo.Sees(() => dice.Summary.Last!.State == MessageState.Read);
        Assert.Equal(0, dice.Summary.Unread);
        await dice.SendAsync("Roll");
        await romeo.Sees(() => dice.Summary.Unread == 1);
        Assert.InRange(int.Parse(dice.Summary.Last!.Body, CultureInfo.InvariantCulture), 1, 6);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await romeo.Sees(() => !romeo.Client.Contacts[dice.Jid].IsOnline);
    }

    [Fact]
    public async Task It_is_the_one_that_the_readme_shows()
    {
        var code = await ReadAsync("tests/MyChat.Client.Tests/Bots/DiceBot.cs");
        Assert.Contains($"```csharp\n{code}```\n", await ReadAsync("src/MyChat.Client/README.md"), StringComparison.Ordinal);
    }

    private static Task<string> ReadAsync(string path) =>
        File.ReadAllTextAsync(Path.Combine(PublishedProgram.Root, path), TestContext.Current.CancellationToken);
}
