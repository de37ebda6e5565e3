using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Chat;

/// <summary>A chat in a window of its own.</summary>
public sealed class PopoutTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task A_chat_goes_into_its_own_window_and_comes_back(HostKind host)
    {
        var (romeo, juliet) = await FriendsAsync(host);
        await juliet.Chat.OpenAsync(romeo);
        await romeo.Chat.OpenAsync(juliet);
        await Assertions.Expect(romeo.Chat.Composer(juliet)).ToBeFocusedAsync();
        await romeo.Chat.Composer(juliet).PressSequentiallyAsync("half ");

        var window = await romeo.Page.RunAndWaitForPopupAsync(() => Named(romeo.Page, romeo.Words.Chat.PopOut).First.ClickAsync());
        List<string> errors = [];
        window.Console += (_, message) => errors.AddRange(message.Type == "error" ? [message.Text] : []);
        window.PageError += (_, error) => errors.Add(error);
        var box = window.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = romeo.Words.Chat.Write(juliet.Name) });
        await Assertions.Expect(romeo.Page.GetByText(romeo.Words.Chat.InWindowTitle)).ToBeVisibleAsync();
        await Assertions.Expect(window).ToHaveTitleAsync(juliet.Name);
        Assert.Equal("CSS1Compat", await window.EvaluateAsync<string>("() => document.compatMode"));
        await Assertions.Expect(window.Locator("html")).ToHaveAttributeAsync("lang", "en");

        // What was being written came along; keys, lists and menus work over there.
        await Assertions.Expect(box).ToHaveValueAsync("half ");
        await box.PressAsync("End");
        await box.PressSequentiallyAsync("said");
        await box.PressAsync("Enter");
        await juliet.Chat.SaysAsync("half said");
        await juliet.Chat.SendAsync(romeo, "heard");
        await Assertions.Expect(window.GetByRole(AriaRole.Log).GetByText("heard", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Named(window, romeo.Words.Chat.Emoji).ClickAsync();
        await window.GetByRole(AriaRole.Option).First.ClickAsync();
        await Assertions.Expect(box).ToHaveValueAsync("😀");
        await window.GetByRole(AriaRole.Article).Last.ClickAsync(new LocatorClickOptions { Button = MouseButton.Right });
        await Assertions.Expect(window.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await window.Keyboard.PressAsync("Escape");
        await window.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artifacts, $"popout-{host}.png") });

        await window.CloseAsync();
        await Assertions.Expect(romeo.Chat.Composer(juliet)).ToHaveValueAsync("😀");
        await romeo.Chat.SaysAsync("heard");
        await romeo.Chat.SendAsync(juliet, "back again");
        await juliet.Chat.SaysAsync("back again");
        Assert.Empty(errors);
    }

    [Theory]
    [MemberData(nameof(Stages.Hosts), MemberType = typeof(Stages))]
    public async Task A_double_click_on_a_friend_opens_the_window_and_the_app_closes_it_with_itself(HostKind host)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host);
        await romeo.Friends.OpenAsync();
        var window = await romeo.Page.RunAndWaitForPopupAsync(() => romeo.Friends.Row(juliet).GetByRole(AriaRole.Button).First.DblClickAsync());
        await Assertions.Expect(window.GetByRole(AriaRole.Log)).ToBeAttachedAsync();
        var closed = new TaskCompletionSource();
        window.Close += (_, _) => closed.TrySetResult();
        await romeo.Page.ReloadAsync();
        await closed.Task.WaitAsync(Device.Patience, Cancel);
    }

    private static ILocator Named(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });
}
