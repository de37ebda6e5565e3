using System.Text;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Accessibility;

/// <summary>
/// Walks through every screen: axe finds nothing wrong in either theme (WCAG 2.2, levels A and AA), and all that can be operated has a name. Leaves pictures
/// and what a screen reader is given in artifacts/test, to be looked at and read by a person.
/// </summary>
public sealed partial class ScreenTests(Stage stage) : BrowserTest(stage)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        ResultTypes = [ResultType.Violations],
    };

    // The other theme differs in nothing but its colours.
    private static readonly AxeRunOptions OfColors = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] },
        ResultTypes = [ResultType.Violations],
    };

    private readonly List<string> _faults = [];
    private readonly StringBuilder _tree = new();
    private int _screens;

    [Theory]
    [InlineData("en", HostKind.Web)]
    [InlineData("zh-Hans", HostKind.Desktop)]
    public async Task Every_screen_is_there_for_everybody(string language, HostKind host)
    {
        OnlyWhenFull();
        // axe sets style attributes to look at an element without its neighbours.
        var options = new DeviceOptions { Language = language, BypassesPolicy = true };
        var venue = await OwnVenueAsync();
        await Walk.ThroughWelcomeAsync(await ArriveAsync(host, "nobody", venue, options), LookAsync);
        var (romeo, juliet) = (await EnterAsync(host, "romeo", venue, options), await EnterAsync(host, "juliet", venue, options));
        await new Walk(romeo, juliet, LookAsync).ThroughAllAsync();
        await File.WriteAllTextAsync(Path.Combine(Artifacts, $"walk-{language}.yml"), _tree.ToString(), Cancel);
        Assert.True(_faults.Count == 0, string.Join('\n', _faults));
    }

    private async Task LookAsync(string screen, Person person)
    {
        _screens++;
        var tree = await person.Page.Locator("body").AriaSnapshotAsync();
        _tree.Append("# ").Append(screen).Append('\n').Append(tree).Append("\n\n");
        _faults.AddRange(Nameless().Matches(tree).Select(match => $"{screen}: {match.Value.Trim()}"));
        foreach (var colors in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await person.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
            var name = $"screen-{_screens:00} {screen}-{person.Words.Tag}-{colors}.png";
            await person.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artifacts, name) });
            await AnalyzeAsync($"{screen}, {colors}", person, colors == ColorScheme.Light ? Rules : OfColors);
        }
    }

    private async Task AnalyzeAsync(string screen, Person person, AxeRunOptions rules)
    {
        var result = await person.Page.RunAxe(rules);
        _faults.AddRange(
            from violation in result.Violations
            from node in violation.Nodes
            let checks = node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message)
            select $"{screen}: {violation.Id}: {violation.Help}\n    {node.Html}\n    {string.Join("; ", checks)}");
    }

    /// <summary>What can be operated, and has no name.</summary>
    [GeneratedRegex("""^\s*- (button|link|textbox|searchbox|checkbox|radio|combobox|tab|menuitem|dialog|alertdialog)\b(?! ")[^\n]*$""", RegexOptions.Multiline)]
    private static partial Regex Nameless();
}
