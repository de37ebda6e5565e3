using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Chat;

/// <summary>Where one writes: input methods, keys, drafts.</summary>
public sealed class ComposerTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task The_enter_of_an_input_method_sends_nothing(HostKind host)
    {
        var (romeo, juliet) = await FriendsAsync(host);
        await romeo.Chat.OpenAsync(juliet);
        var box = romeo.Chat.Composer(juliet);
        await Assertions.Expect(box).ToBeFocusedAsync();
        var keys = await romeo.Device.Context.NewCDPSessionAsync(romeo.Page);

        // While it composes the key says 229; Chromium tells so too.
        await keys.SendAsync("Input.imeSetComposition", new() { ["text"] = "ni'hao", ["selectionStart"] = 6, ["selectionEnd"] = 6 });
        await PressEnterAsync(229);
        // It ends the composition, and the same key comes once more, as some input methods do it.
        var end = keys.SendAsync("Input.insertText", new() { ["text"] = "你好" });
        await Task.WhenAll(end, PressEnterAsync(13));
        await Assertions.Expect(box).ToHaveValueAsync("你好");

        await box.PressAsync("Shift+Enter");
        await box.PressSequentiallyAsync("Juliet");
        await Assertions.Expect(box).ToHaveValueAsync("你好\nJuliet");
        await box.PressAsync("Enter");
        await Assertions.Expect(box).ToHaveValueAsync("");
        await Assertions.Expect(romeo.Chat.Log.Locator("bdi.body")).ToHaveTextAsync(["你好\nJuliet"]);

        Task PressEnterAsync(int code) => keys.SendAsync("Input.dispatchKeyEvent", new()
        {
            ["type"] = "rawKeyDown",
            ["key"] = "Enter",
            ["code"] = "Enter",
            ["windowsVirtualKeyCode"] = code,
        });
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task Each_chat_keeps_what_was_being_written_also_over_a_restart(HostKind host)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host);
        var mercutio = await EnterAsync(host, "mercutio", romeo.Venue);
        await mercutio.Friends.AskAsync(romeo, "");
        await romeo.Verification.AgreeAsync(mercutio);
        await romeo.Friends.IsOnlineAsync(mercutio);

        await romeo.Chat.OpenAsync(juliet);
        await Assertions.Expect(romeo.Chat.Composer(juliet)).ToBeFocusedAsync();
        await romeo.Chat.Composer(juliet).PressSequentiallyAsync("Soft, what");
        await romeo.Chat.OpenAsync(mercutio);
        await Assertions.Expect(romeo.Chat.Composer(mercutio)).ToHaveValueAsync("");
        await Assertions.Expect(romeo.Chat.Composer(mercutio)).ToBeFocusedAsync();
        await romeo.Chat.Composer(mercutio).PressSequentiallyAsync("A plague");
        await romeo.Chat.OpenAsync(juliet);
        await Assertions.Expect(romeo.Chat.Composer(juliet)).ToHaveValueAsync("Soft, what");
        await romeo.Shell.ChatsTab.ClickAsync();
        await Assertions.Expect(romeo.Chat.Row(mercutio)).ToContainTextAsync(romeo.Words.ChatList.Draft);

        await romeo.LeaveAsync();
        await romeo.ReturnAsync();
        await romeo.Chat.OpenAsync(mercutio);
        await Assertions.Expect(romeo.Chat.Composer(mercutio)).ToHaveValueAsync("A plague");
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task What_is_too_long_stays_in_the_box_with_a_word_about_it(HostKind host)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host);
        await romeo.Chat.OpenAsync(juliet);
        var box = romeo.Chat.Composer(juliet);
        await box.FillAsync(new string('x', 65_536 + 7));
        await Assertions.Expect(romeo.Page.GetByText(romeo.Words.Chat.TooLong(7))).ToBeVisibleAsync();
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-invalid", "true");
        await box.PressAsync("Enter");
        Assert.Equal(65_536 + 7, (await box.InputValueAsync()).Length);

        // At the limit, and in characters of four bytes: it goes through, whole.
        var emoji = string.Concat(Enumerable.Repeat("😀", 15_000));
        await box.FillAsync(emoji);
        await box.PressAsync("Enter");
        await Assertions.Expect(box).ToHaveValueAsync("");
        await juliet.Chat.OpenAsync(romeo);
        await juliet.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = juliet.Words.Chat.ShowMore }).ClickAsync();
        await Assertions.Expect(juliet.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = juliet.Words.Chat.ShowLess })).ToBeVisibleAsync();
        Assert.Equal(emoji, await juliet.Chat.Log.Locator("bdi.body").TextContentAsync());
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task Emoji_and_the_look_of_a_message_are_chosen_by_keyboard(HostKind host)
    {
        var (romeo, juliet) = await FriendsAsync(host);
        await juliet.Chat.OpenAsync(romeo);
        await romeo.Chat.OpenAsync(juliet);
        var box = romeo.Chat.Composer(juliet);
        await Assertions.Expect(box).ToBeFocusedAsync();
        await romeo.Page.Keyboard.PressAsync("Control+b");
        await Assertions.Expect(box).ToHaveCSSAsync("font-weight", "700");
        await box.PressAsync("Shift+Tab");
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = romeo.Words.Chat.Emoji })).ToBeFocusedAsync();
        await romeo.Page.Keyboard.PressAsync("Enter");
        var search = romeo.Page.GetByRole(AriaRole.Searchbox, new PageGetByRoleOptions { Name = romeo.Words.Chat.EmojiSearch });
        await Assertions.Expect(search).ToBeFocusedAsync();
        await search.PressSequentiallyAsync("玫瑰");
        await romeo.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(box).ToHaveValueAsync("🌹");
        await Assertions.Expect(box).ToBeFocusedAsync();
        await romeo.Page.Keyboard.PressAsync("Enter");
        await juliet.Chat.SaysAsync("🌹");
        await Assertions.Expect(juliet.Chat.Log.Locator("bdi.body")).ToHaveCSSAsync("font-weight", "700");
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task The_emoji_used_last_are_offered_first_also_after_a_restart(HostKind host)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host);
        await romeo.Chat.OpenAsync(juliet);
        var button = romeo.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = romeo.Words.Chat.Emoji });
        var search = romeo.Page.GetByRole(AriaRole.Searchbox, new PageGetByRoleOptions { Name = romeo.Words.Chat.EmojiSearch });
        foreach (var name in new[] { "rose", "kiss mark" })
        {
            await button.ClickAsync();
            await search.FillAsync(name);
            await search.PressAsync("Enter");
        }
        await Assertions.Expect(romeo.Chat.Composer(juliet)).ToHaveValueAsync("🌹💋");

        await romeo.LeaveAsync();
        await romeo.ReturnAsync();
        await romeo.Chat.OpenAsync(juliet);
        button = romeo.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = romeo.Words.Chat.Emoji });
        await button.ClickAsync();
        var recent = romeo.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = romeo.Words.Chat.EmojiRecent });
        await Assertions.Expect(recent.GetByRole(AriaRole.Option)).ToHaveTextAsync(["💋", "🌹"]);
    }
}
