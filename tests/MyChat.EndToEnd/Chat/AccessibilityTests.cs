using Microsoft.Playwright;
using MyChat.EndToEnd.Accessibility;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Chat;

/// <summary>The chat's screens on a phone, for those who see, hear or reach less; the wide ones are <see cref="ScreenTests"/>'s.</summary>
public sealed class AccessibilityTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Nothing_is_in_anybodys_way()
    {
        OnlyWhenFull();
        var venue = await Stage.VenueAsync(ServerKind.MyChat);
        var romeo = await EnterAsync(HostKind.Web, "romeo", venue, new DeviceOptions { Width = 360, BypassesPolicy = true });
        var juliet = await EnterAsync(HostKind.Web, "juliet", venue);
        await romeo.Friends.AskAsync(juliet, "It is me");
        await juliet.Verification.AgreeAsync(romeo);
        await romeo.Friends.IsOnlineAsync(juliet);
        await romeo.Chat.OpenAsync(juliet);
        await CheckAsync("empty");
        await romeo.Chat.SendAsync(juliet, "Soft! https://example.org/");
        await juliet.Chat.OpenAsync(romeo);
        await juliet.Chat.SendAsync(romeo, "Ay me!");
        await romeo.Chat.SaysAsync("Ay me!");
        await CheckAsync("chat");
        await romeo.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = romeo.Words.Chat.Emoji, Exact = true }).ClickAsync();
        await romeo.Page.GetByRole(AriaRole.Searchbox, new PageGetByRoleOptions { Name = romeo.Words.Chat.EmojiSearch }).WaitForAsync();
        await CheckAsync("emoji");
        await romeo.Page.Keyboard.PressAsync("Escape");
        await romeo.Page.Keyboard.PressAsync("Control+k");
        await romeo.Page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = romeo.Words.Chat.SwitcherHint }).WaitForAsync();
        await CheckAsync("switcher");
        await romeo.Page.Keyboard.PressAsync("Escape");
        await romeo.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = romeo.Words.Chat.Details, Exact = true }).ClickAsync();
        await romeo.Page.GetByRole(AriaRole.Complementary, new PageGetByRoleOptions { Name = romeo.Words.Chat.DetailsOf(juliet.Name) }).WaitForAsync();
        await CheckAsync("details");

        async Task CheckAsync(string screen)
        {
            foreach (var colors in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
            {
                await romeo.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
                await romeo.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artifacts, $"chat-{screen}-{colors}-360.png") });
                // On a phone the details take the place of the main area.
                var found = await Axe.FindByTagsAsync(romeo.Page, [.. Axe.Levels, "best-practice"], without: "landmark-one-main");
                Assert.True(found.Count == 0, $"{screen}, {colors}:\n{string.Join('\n', found)}");
            }
        }
    }
}
