using MyChat.Client.Conversations;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Faults;

/// <summary>The connection, the server or the program fails in the middle of a chat: nothing is lost or doubled, and the state shown is true.</summary>
public sealed class ConnectionTests(Stage stage) : BrowserTest(stage)
{
    /// <summary>What Chromium says of a socket that broke or was refused.</summary>
    private static readonly string[] Broken = ["WebSocket connection to", "ERR_CONNECTION_", "ERR_EMPTY_RESPONSE", "ERR_INTERNET_DISCONNECTED", "ERR_SOCKET_"];

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task The_server_is_killed_and_comes_back(HostKind host)
    {
        OnlyWhenFull();
        var venue = await OwnVenueAsync();
        var (romeo, juliet) = await FriendsAsync(host, venue);
        romeo.Device.Expects(Broken);
        juliet.Device.Expects(Broken);
        await romeo.Chat.OpenAsync(juliet);
        await juliet.Chat.OpenAsync(romeo);
        await romeo.Chat.SendAsync(juliet, "before");
        await juliet.Chat.SaysAsync("before");

        await venue.KillAsync();
        await romeo.Shell.IsOfflineAsync();
        await juliet.Shell.IsOfflineAsync();
        await romeo.Chat.SendAsync(juliet, "during 1");
        await romeo.Chat.SendAsync(juliet, "during 2");
        await juliet.Chat.SendAsync(romeo, "during 3");
        await romeo.Chat.IsAsync("during 2", MessageState.Queued);

        await venue.StartAgainAsync();
        await romeo.Shell.RetryAsync();
        await juliet.Shell.RetryAsync();
        await juliet.Chat.SaysAsync("during 2");
        await romeo.Chat.SaysAsync("during 3");
        await romeo.Chat.IsAsync("during 2", MessageState.Delivered, MessageState.Read);
        await romeo.Shell.IsOnlineAsync();
        await romeo.Chat.SendAsync(juliet, "after");
        await juliet.Chat.SaysAsync("after");
        await HaveTheSameAsync(romeo, juliet, "before", "during 1", "during 2", "during 3", "after");
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task The_link_is_cut_while_messages_are_under_way(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host, server);
        var link = host == HostKind.Web ? romeo.Venue.WebLink : romeo.Venue.ClientLink;
        romeo.Device.Expects(Broken);
        juliet.Device.Expects(Broken);
        await romeo.Chat.OpenAsync(juliet);
        await juliet.Chat.OpenAsync(romeo);
        var said = new List<string>();
        for (var i = 1; i <= 4; i++)
        {
            said.Add($"message {i}");
            // Half of them are on their way when the link breaks, half are written when it is gone.
            if (i % 2 == 0)
            {
                await romeo.Shell.IsOfflineAsync();
            }
            await romeo.Chat.SendAsync(juliet, said[^1]);
            if (i % 2 == 1)
            {
                link.Cut();
            }
            else
            {
                link.Mend();
                await romeo.Shell.RetryAsync();
                await juliet.Shell.RetryAsync();
                await juliet.Chat.SaysAsync(said[^1]);
            }
        }
        await romeo.Chat.IsAsync(said[^1], MessageState.Delivered, MessageState.Read);
        Assert.Equal(said, await romeo.Chat.TextsAsync());
        Assert.Equal(said, await juliet.Chat.TextsAsync());
    }

    [Fact]
    public async Task The_browser_goes_offline_and_comes_back()
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(HostKind.Web);
        romeo.Device.Expects(Broken);
        await romeo.Chat.OpenAsync(juliet);
        await juliet.Chat.OpenAsync(romeo);
        await romeo.Device.Context.SetOfflineAsync(true);
        romeo.Venue.WebLink.Cut(); // Chromium's switch spares sockets that are open
        await romeo.Shell.IsOfflineAsync();
        await romeo.Chat.SendAsync(juliet, "in the tunnel");
        await romeo.Chat.IsAsync("in the tunnel", MessageState.Queued);
        juliet.Device.Expects(Broken);
        romeo.Venue.WebLink.Mend();
        await romeo.Device.Context.SetOfflineAsync(false);
        // The network's return is enough: nobody presses anything.
        await juliet.Chat.SaysAsync("in the tunnel");
        await romeo.Shell.IsOnlineAsync();
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task The_program_dies_with_messages_in_its_outbox(HostKind host)
    {
        OnlyWhenFull();
        var venue = await OwnVenueAsync();
        var (romeo, juliet) = await FriendsAsync(host, venue);
        romeo.Device.Expects(Broken);
        juliet.Device.Expects(Broken);
        await romeo.Chat.OpenAsync(juliet);
        await juliet.Chat.OpenAsync(romeo);
        await romeo.Chat.SendAsync(juliet, "before");
        await juliet.Chat.SaysAsync("before");
        await venue.KillAsync();
        await romeo.Shell.IsOfflineAsync();
        await romeo.Chat.SendAsync(juliet, "kept 1");
        await romeo.Chat.SendAsync(juliet, "kept 2");
        await romeo.Chat.IsAsync("kept 2", MessageState.Queued);
        await romeo.Device.CrashAsync();

        await venue.StartAgainAsync();
        await romeo.ReturnAsync();
        await juliet.Shell.RetryAsync();
        await juliet.Chat.SaysAsync("kept 2");
        await romeo.Chat.OpenAsync(juliet);
        await HaveTheSameAsync(romeo, juliet, "before", "kept 1", "kept 2");
    }

    /// <summary>Both show these, each once; what was written at the same time may stand in either order.</summary>
    private static async Task HaveTheSameAsync(Person romeo, Person juliet, params string[] said)
    {
        foreach (var person in new[] { romeo, juliet })
        {
            await person.Chat.SaysAsync(said[^1]);
            var texts = await person.Chat.TextsAsync();
            Assert.Equal(said.Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
            Assert.Equal((said[0], said[^1]), (texts[0], texts[^1]));
        }
    }
}
