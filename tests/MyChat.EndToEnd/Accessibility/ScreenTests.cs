using System.Text;
using System.Text.RegularExpressions;
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
        var (romeo, juliet) = await EnterBothAsync(host, venue, options);
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
            // The other theme differs in nothing but its colours.
            var found = colors == ColorScheme.Light
                ? await Axe.FindByTagsAsync(person.Page, Axe.Levels)
                : await Axe.FindByRuleAsync(person.Page, "color-contrast");
            _faults.AddRange(found.Select(fault => $"{screen}, {colors}: {fault}"));
        }
    }

    /// <summary>What can be operated, and has no name.</summary>
    [GeneratedRegex("""^\s*- (button|link|textbox|searchbox|checkbox|radio|combobox|tab|menuitem|dialog|alertdialog)\b(?! ")[^\n]*$""", RegexOptions.Multiline)]
    private static partial Regex Nameless();
}
