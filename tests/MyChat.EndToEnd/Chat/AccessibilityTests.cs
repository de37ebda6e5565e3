using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Chat;

/// <summary>The chat's screens on a phone, for those who see, hear or reach less; the wide ones are <see cref="Accessibility.ScreenTests"/>'s.</summary>
public sealed class AccessibilityTests(Stage stage) : BrowserTest(stage)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        ResultTypes = [ResultType.Violations],
        // On a phone the details take the place of the main area.
        Rules = new Dictionary<string, RuleOptions> { ["landmark-one-main"] = new() { Enabled = false } },
    };

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
                var found = await romeo.Page.RunAxe(Rules);
                Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(violation =>
                    $"{screen}, {colors}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")));
            }
        }
    }
}
