using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Accessibility;

/// <summary>Prints what a screen reader is given on a walk through every screen, to be read by a person (artifacts/test/walk-*.yml).</summary>
public sealed partial class TreeTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task The_tree_of_every_screen_is_printed_and_names_everything(string language)
    {
        OnlyWhenFull();
        var print = new StringBuilder();
        var nameless = new List<string>();
        var options = new DeviceOptions { Language = language };
        var venue = await OwnVenueAsync();
        await Walk.ThroughWelcomeAsync(await ArriveAsync(HostKind.Web, "nobody", venue, options), LookAsync);
        var (romeo, juliet) = (await EnterAsync(HostKind.Web, "romeo", venue, options), await EnterAsync(HostKind.Web, "juliet", venue, options));
        await new Walk(romeo, juliet, LookAsync).ThroughAllAsync();
        Directory.CreateDirectory(Artifacts);
        await File.WriteAllTextAsync(Path.Combine(Artifacts, $"walk-{language}.yml"), print.ToString());
        Assert.True(nameless.Count == 0, string.Join('\n', nameless));

        async Task LookAsync(string screen, Person person)
        {
            var tree = await person.Page.Locator("body").AriaSnapshotAsync();
            print.Append("# ").Append(screen).Append('\n').Append(tree).Append("\n\n");
            nameless.AddRange(Nameless().Matches(tree).Select(match => $"{screen}: {match.Value.Trim()}"));
        }
    }

    /// <summary>What can be operated, and has no name.</summary>
    [GeneratedRegex("""^\s*- (button|link|textbox|searchbox|checkbox|radio|combobox|tab|menuitem|dialog|alertdialog)\b(?! ")[^\n]*$""", RegexOptions.Multiline)]
    private static partial Regex Nameless();
}
