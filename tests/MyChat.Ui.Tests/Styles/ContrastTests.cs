using System.Globalization;
using System.Text.RegularExpressions;

namespace MyChat.Ui.Tests.Styles;

/// <summary>The colours of tokens.css, in both themes, against WCAG 2.2 §1.4.3 and §1.4.11.</summary>
public sealed partial class ContrastTests
{
    private static readonly Dictionary<string, (string Light, string Dark)> Colours = Read();

    public static TheoryData<string, string, double> Pairs()
    {
        var pairs = new TheoryData<string, string, double>();
        foreach (var ground in new[] { "ground", "pane", "surface", "raised", "hover", "selected" })
        {
            foreach (var ink in new[] { "ink", "ink-soft", "online", "danger", "link" })
            {
                pairs.Add(ink, ground, 4.5);
            }

            pairs.Add("focus", ground, 3);
        }

        foreach (var ground in new[] { "pane", "surface", "raised" })
        {
            pairs.Add("edge", ground, 3);
            pairs.Add("ink-faint", ground, 4.5);
            pairs.Add("good", ground, 4.5);
            pairs.Add("dot-online", ground, 3);
            pairs.Add("dot-offline", ground, 3);
            pairs.Add("dot-away", ground, 3);
            pairs.Add("dot-busy", ground, 3);
        }

        pairs.Add("accent-ink", "accent", 4.5);
        pairs.Add("accent-ink", "accent-hover", 4.5);
        pairs.Add("danger-ink", "danger", 4.5);
        pairs.Add("badge-ink", "badge", 4.5);
        pairs.Add("badge-ink", "badge-quiet", 4.5);
        pairs.Add("warning", "warning-soft", 4.5);
        pairs.Add("danger", "danger-soft", 4.5);
        pairs.Add("good", "good-soft", 4.5);
        pairs.Add("link", "accent-soft", 4.5);
        pairs.Add("ink", "accent-soft", 4.5);
        pairs.Add("bubble-mine-ink", "bubble-mine", 4.5);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Colours_stand_out(string ink, string ground, double least)
    {
        Assert.InRange(Contrast(Colours[ink].Light, Colours[ground].Light), least, 21);
        Assert.InRange(Contrast(Colours[ink].Dark, Colours[ground].Dark), least, 21);
    }

    [Fact]
    public void Names_online_and_offline_differ_in_lightness_or_hue()
    {
        Assert.InRange(Contrast(Colours["online"].Light, Colours["ink"].Light), 1.5, 21);
        Assert.InRange(Contrast(Colours["online"].Dark, Colours["ink"].Dark), 1.5, 21);
    }

    private static Dictionary<string, (string Light, string Dark)> Read()
    {
        using var stream = typeof(ContrastTests).Assembly.GetManifestResourceStream("tokens.css")!;
        using var reader = new StreamReader(stream);
        return Token().Matches(reader.ReadToEnd()).ToDictionary(
            match => match.Groups["name"].Value,
            match => (match.Groups["light"].Value, match.Groups["dark"].Success ? match.Groups["dark"].Value : match.Groups["light"].Value));
    }

    // WCAG 2.2, "contrast ratio" and "relative luminance".
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }

    [GeneratedRegex(@"--(?<name>[\w-]+):\s*(?:light-dark\()?(?<light>#[0-9a-f]{6})(?:,\s*(?<dark>#[0-9a-f]{6})\))?;")]
    private static partial Regex Token();
}
