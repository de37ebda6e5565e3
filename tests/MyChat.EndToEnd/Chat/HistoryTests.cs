using System.Diagnostics;
using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Chat;

/// <summary>The server's history on a new device, and what was read on another.</summary>
public sealed class HistoryTests(Stage stage) : BrowserTest(stage)
{
    private const int Messages = 700;
    private const int Special = 40;

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task A_new_device_finds_an_old_message_by_a_Chinese_word_and_scrolls_to_the_beginning(HostKind host)
    {
        OnlyWhenFull();
        var venue = await OwnVenueAsync();
        var (romeo, juliet) = (await ArriveAsync(host, "romeo", venue), await ArriveAsync(host, "juliet", venue));
        await venue.Server.RegisterAsync(romeo.UserName, romeo.Password);
        await venue.Server.RegisterAsync(juliet.UserName, juliet.Password);
        await venue.BefriendAsync(romeo, juliet);
        await using (var raw = await venue.LogInRawAsync(juliet.UserName, juliet.Password, "raw"))
        {
            for (var i = 1; i <= Messages; i++)
            {
                var text = i == Special ? "明天去北京大学吗？" : $"message {i}";
                raw.Post($"<message to='{romeo.Jid}' type='chat'><body>{text}</body></message>");
            }
            await raw.FlushAsync();
            await romeo.LogInAsync();
            await romeo.Chat.OpenAsync(juliet);
        }

        await romeo.Page.GetByRole(AriaRole.Searchbox, new() { Name = romeo.Words.Shell.SearchHint }).FillAsync("北京");
        var found = romeo.Page.GetByRole(AriaRole.Region, new() { Name = romeo.Words.History.Messages, Exact = true }).GetByRole(AriaRole.Button).First;
        await Assertions.Expect(found.Locator("mark")).ToHaveTextAsync("北京", new() { Timeout = (float)Device.Patience.TotalMilliseconds });
        await found.ClickAsync();
        await Assertions.Expect(romeo.Chat.Message("明天去北京大学吗？")).ToBeInViewportAsync(new() { Timeout = (float)Device.Patience.TotalMilliseconds });

        // On and on: what comes in above leaves the reader where he is.
        var patience = Stopwatch.StartNew();
        var begins = romeo.Page.GetByText(romeo.Words.History.Begins(juliet.Name));
        while (!await begins.IsVisibleAsync())
        {
            Assert.True(patience.Elapsed < Device.Patience, "The beginning does not come."); // messages still come in meanwhile
            await romeo.Page.EvaluateAsync(
                """
                () => {
                    const log = document.querySelector('[role=log]');
                    log.scrollTop = -log.scrollHeight;
                    return new Promise(requestAnimationFrame);
                }
                """);
        }
        await romeo.Chat.SaysAsync("message 1");
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task What_is_read_on_one_device_is_read_on_the_other(HostKind host)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host);
        var phone = await AtAnotherDeviceAsync(juliet, HostKind.Web);
        await phone.LogInAsync();
        await romeo.Chat.OpenAsync(juliet);
        await romeo.Chat.SendAsync(juliet, "Soft!");
        await juliet.Chat.IsUnreadAsync(romeo, 1);
        await phone.Chat.IsUnreadAsync(romeo, 1);
        await phone.Chat.OpenAsync(romeo);
        await phone.Chat.SaysAsync("Soft!");
        await juliet.Chat.IsUnreadAsync(romeo, 0);
    }
}
