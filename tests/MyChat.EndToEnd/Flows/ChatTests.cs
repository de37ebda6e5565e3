using Microsoft.Playwright;
using MyChat.Client.Conversations;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Flows;

/// <summary>Chatting.</summary>
public sealed class ChatTests(Stage stage) : BrowserTest(stage)
{
    /// <summary>The whole way, in short: what every run shows, on each host.</summary>
    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task Two_friends_chat(HostKind host)
    {
        var (romeo, juliet) = await FriendsAsync(host);
        await romeo.Chat.OpenAsync(juliet);
        await juliet.Chat.OpenAsync(romeo);
        await romeo.Chat.SendAsync(juliet, "Soft!");
        await juliet.Chat.SaysAsync("Soft!");
        await romeo.Chat.IsAsync("Soft!", MessageState.Delivered, MessageState.Read);
        await juliet.Chat.SendAsync(romeo, "O 罗密欧 😀");
        await romeo.Chat.SaysAsync("O 罗密欧 😀");
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task Messages_go_both_ways_in_order_and_once(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host, server);
        await romeo.Chat.OpenAsync(juliet);
        await juliet.Chat.OpenAsync(romeo);
        for (var i = 1; i <= 5; i++)
        {
            await romeo.Chat.SendAsync(juliet, $"romeo {i}");
            await juliet.Chat.SaysAsync($"romeo {i}");
            await juliet.Chat.SendAsync(romeo, $"juliet {i}");
            await romeo.Chat.SaysAsync($"juliet {i}");
        }
        string[] said = [.. Enumerable.Range(1, 5).SelectMany(i => (string[])[$"romeo {i}", $"juliet {i}"])];
        Assert.Equal(said, await romeo.Chat.TextsAsync());
        Assert.Equal(said, await juliet.Chat.TextsAsync());
        await romeo.Chat.IsAsync("romeo 5", MessageState.Read);
        await romeo.Chat.SaysOfflineAsync(0);
    }

    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task Messages_wait_for_who_is_away_and_the_sender_is_told_so(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host, server);
        await romeo.Chat.OpenAsync(juliet);
        await romeo.Chat.SendAsync(juliet, "Are you there?");
        await juliet.Chat.OpenAsync(romeo);
        await juliet.Chat.SaysAsync("Are you there?");
        await juliet.Chat.IsUnreadAsync(romeo, 0);
        await juliet.LeaveAsync();
        await romeo.Friends.IsOfflineAsync(juliet);

        await romeo.Chat.SendAsync(juliet, "one");
        await romeo.Chat.SendAsync(juliet, "two");
        await romeo.Chat.SendAsync(juliet, "three");
        await romeo.Chat.IsAsync("three", MessageState.Sent);
        await romeo.Chat.SaysOfflineAsync(1);

        await juliet.ReturnAsync();
        await juliet.Chat.IsUnreadAsync(romeo, 3);
        await Assertions.Expect(juliet.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(@"\(3\)"));
        await juliet.Chat.OpenAsync(romeo);
        await juliet.Chat.SaysAsync("three");
        Assert.Equal(["Are you there?", "one", "two", "three"], await juliet.Chat.TextsAsync());
        await juliet.Chat.IsUnreadAsync(romeo, 0);
        await romeo.Chat.IsAsync("three", MessageState.Read);
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task The_transcript_holds_everything_that_was_said(HostKind host)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host);
        await romeo.Chat.OpenAsync(juliet);
        await juliet.Chat.OpenAsync(romeo);
        await romeo.Chat.SendAsync(juliet, "Soft! <b>What</b> light & \"more\"");
        await juliet.Chat.SaysAsync("Soft! <b>What</b> light & \"more\"");
        await juliet.Chat.SendAsync(romeo, "罗密欧");
        await romeo.Chat.SaysAsync("罗密欧");

        var (name, text) = await romeo.Chat.SaveAsync(romeo.Words.Chat.AsText);
        Assert.EndsWith(".txt", name, StringComparison.Ordinal);
        Assert.Contains("Soft! <b>What</b> light & \"more\"", text, StringComparison.Ordinal);
        Assert.Contains("罗密欧", text, StringComparison.Ordinal);
        Assert.Contains(juliet.Name, text, StringComparison.Ordinal);
        Assert.Single(text.Split("罗密欧")[1..]);

        var (page, html) = await romeo.Chat.SaveAsync(romeo.Words.Chat.AsPage);
        Assert.EndsWith(".html", page, StringComparison.Ordinal);
        Assert.Contains("Soft! &lt;b&gt;What&lt;/b&gt; light &amp; ", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>What</b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }
}
