using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Accessibility;

/// <summary>axe finds nothing wrong on any screen, in any language and theme (WCAG 2.2, levels A and AA).</summary>
public sealed class AxeTests(Stage stage) : BrowserTest(stage)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private readonly List<string> _violations = [];
    private int _screens;

    [Theory]
    [InlineData("en", ColorScheme.Light, HostKind.Web)]
    [InlineData("en", ColorScheme.Dark, HostKind.Desktop)]
    [InlineData("zh-Hans", ColorScheme.Light, HostKind.Desktop)]
    [InlineData("zh-Hans", ColorScheme.Dark, HostKind.Web)]
    public async Task No_screen_has_a_violation(string language, ColorScheme colors, HostKind host)
    {
        OnlyWhenFull();
        // axe sets style attributes to look at an element without its neighbours.
        var options = new DeviceOptions { Language = language, ColorScheme = colors, BypassesPolicy = true };
        var venue = await OwnVenueAsync();
        await Walk.ThroughWelcomeAsync(await ArriveAsync(host, "nobody", venue, options), LookAsync);
        var (romeo, juliet) = (await EnterAsync(host, "romeo", venue, options), await EnterAsync(host, "juliet", venue, options));
        await new Walk(romeo, juliet, LookAsync).ThroughAllAsync();
        Assert.True(_violations.Count == 0, string.Join('\n', _violations));
    }

    private async Task LookAsync(string screen, Person person)
    {
        var name = $"screen-{++_screens:00} {screen}-{person.Words.Tag}-{person.Device.Host}.png";
        await person.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artifacts, name) });
        var result = await person.Page.RunAxe(Rules);
        _violations.AddRange(
            from violation in result.Violations
            from node in violation.Nodes
            let checks = node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message)
            select $"{screen}: {violation.Id}: {violation.Help}\n    {node.Html}\n    {string.Join("; ", checks)}");
    }
}
