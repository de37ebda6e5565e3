using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Chat;

/// <summary>What strangers' clients may write, on the screen.</summary>
public sealed class MessageTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task Whatever_is_written_stays_text_in_its_bubble(HostKind host)
    {
        var (romeo, juliet) = await FriendsAsync(host);
        await romeo.Chat.OpenAsync(juliet);
        await using var raw = await romeo.Venue.LogInRawAsync(juliet.UserName, juliet.Password, "raw");
        string[] bodies =
        [
            "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">",
            "javascript:alert(1) &lt;b&gt; &amp;amp;",
            "look \u202Egnp.exe\u202C and \u2066 unclosed",
            string.Concat(Enumerable.Repeat("😀", 15_000)),
            new('W', 20_000),
            "Z" + new string('\u0301', 4_000),
            "the last",
        ];
        foreach (var body in bodies)
        {
            var escaped = System.Security.SecurityElement.Escape(body);
            await raw.SendAsync($"<message to='{romeo.Jid}' type='chat'><body>{escaped}</body></message>");
        }
        await romeo.Chat.SaysAsync("the last");

        Assert.Equal(bodies[0], await romeo.Chat.Log.Locator("bdi.body").First.TextContentAsync());
        Assert.Equal(bodies[1], await romeo.Chat.Log.Locator("bdi.body").Nth(1).TextContentAsync());
        Assert.Equal("look \uFFFDgnp.exe\u2069 and \u2066 unclosed", await romeo.Chat.Log.Locator("bdi.body").Nth(2).TextContentAsync());
        Assert.Equal(0, await romeo.Chat.Log.Locator("script, img").CountAsync());
        Assert.DoesNotContain("owned", await romeo.Page.TitleAsync(), StringComparison.Ordinal);
        // Nothing sticks out: not of the page, not of the log, not of a bubble into the next.
        Assert.Equal("", await romeo.Page.EvaluateAsync<string>(
            """
            () => {
                const log = document.querySelector('[role=log]');
                const wide = [document.documentElement, log, ...log.querySelectorAll('article, [data-bubble]')].filter(e => e.scrollWidth > e.clientWidth + 1);
                const boxes = [...log.querySelectorAll('article')].map(e => e.getBoundingClientRect());
                const over = boxes.filter((box, i) => i > 0 && box.top < boxes[i - 1].bottom);
                return [...wide.map(e => `${e.className} is too wide`), ...over.map(box => `one at ${box.top} lies over another`)].join();
            }
            """));
        // The name and the time of the message that wanted to turn them are where they are in others.
        await Assertions.Expect(romeo.Chat.Log.GetByRole(AriaRole.Article).Nth(2)).ToHaveAccessibleNameAsync(
            new System.Text.RegularExpressions.Regex($"^{juliet.Name}, \\d\\d:\\d\\d$"));
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task Messages_are_walked_through_copied_and_deleted_by_keyboard(HostKind host)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host);
        await romeo.Device.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await romeo.Chat.OpenAsync(juliet);
        await romeo.Chat.SendAsync(juliet, "one");
        await romeo.Chat.SendAsync(juliet, "two");
        await romeo.Chat.SaysAsync("two");
        var keyboard = romeo.Page.Keyboard;

        await romeo.Chat.Message("two").FocusAsync();
        await keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(romeo.Chat.Message("one")).ToBeFocusedAsync();
        await keyboard.PressAsync("Shift+F10");
        var copy = romeo.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = romeo.Words.Common.Copy });
        await Assertions.Expect(copy).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(romeo.Chat.Message("one")).ToBeFocusedAsync();
        await Assertions.Expect(romeo.Page.GetByText(romeo.Words.Common.Copied)).ToBeVisibleAsync();
        Assert.Equal("one", await romeo.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ContextMenu");
        await Assertions.Expect(copy).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowUp");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(romeo.Chat.Message("two")).ToHaveCountAsync(0);
        // Who types means the box.
        await romeo.Chat.Message("one").FocusAsync();
        await keyboard.TypeAsync("three");
        await Assertions.Expect(romeo.Chat.Composer(juliet)).ToHaveValueAsync("three");
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task A_cleared_window_shows_its_messages_again(HostKind host)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host);
        await romeo.Chat.OpenAsync(juliet);
        await romeo.Chat.SendAsync(juliet, "Soft!");
        await romeo.Chat.SaysAsync("Soft!");
        await ButtonAsync(romeo.Words.Chat.Clear);
        await ButtonAsync(romeo.Words.Chat.ClearButton);
        await Assertions.Expect(romeo.Chat.Message("Soft!")).ToHaveCountAsync(0);
        await ButtonAsync(romeo.Words.Chat.ShowAgain);
        await romeo.Chat.SaysAsync("Soft!");

        Task ButtonAsync(string name) => romeo.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).ClickAsync();
    }
}
