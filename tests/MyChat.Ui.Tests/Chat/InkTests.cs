using System.Text.RegularExpressions;
using CsCheck;
using MyChat.Client.Conversations;
using MyChat.Testing.Servers;
using MyChat.Ui.Chat;

namespace MyChat.Ui.Tests.Chat;

public sealed class InkTests
{
    [Fact]
    public void Every_colour_can_be_read_on_every_bubble_in_both_themes() => Gen.Int[0, 0xFFFFFF].Select(rgb => $"#{rgb:x6}").Sample(color =>
    {
        Assert.All(Ink.LightBubbles, bubble => Assert.True(Ink.Ratio(Ink.ForLight(color)!, bubble) >= Ink.Contrast));
        Assert.All(Ink.DarkBubbles, bubble => Assert.True(Ink.Ratio(Ink.ForDark(color)!, bubble) >= Ink.Contrast));
    });

    [Fact]
    public void The_palette_needs_no_change_in_the_light_theme() => Assert.All(Ink.Palette, color => Assert.Equal(color, Ink.ForLight(color)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#1234567")]
    [InlineData("#gggggg")]
    [InlineData("#12 456")]
    [InlineData("#ffffff;background:url(//evil)")]
    public void What_is_no_colour_is_none(string? color)
    {
        Assert.Null(Ink.ForLight(color));
        Assert.Null(Ink.ForDark(color));
    }

    [Fact]
    public void Black_and_white_are_as_far_apart_as_can_be() => Assert.Equal(21, Ink.Ratio("#000000", "#ffffff"), 3);

    [Fact]
    public void The_bubbles_are_those_of_the_style_sheet()
    {
        var css = File.ReadAllText(Path.Combine(PublishedProgram.Root, "src/MyChat.Ui/wwwroot/css/tokens.css"));
        var (theirs, mine) = (Value("--bubble-theirs"), Value("--bubble-mine"));
        Assert.Equal(Ink.LightBubbles, [theirs.Light, mine.Light]);
        Assert.Equal(Ink.DarkBubbles, [theirs.Dark, mine.Dark]);

        (string Light, string Dark) Value(string name)
        {
            var match = Assert.Single(Regex.Matches(css, $@"{name}: light-dark\((#\w+), (#\w+)\);"));
            return (match.Groups[1].Value, match.Groups[2].Value);
        }
    }

    [Fact]
    public void The_swatches_are_those_of_the_style_sheet()
    {
        var css = File.ReadAllText(Path.Combine(PublishedProgram.Root, "src/MyChat.Ui/wwwroot/css/chat.css"));
        var swatches = Regex.Matches(css, @"\[data-color=""\d""\] \{ --swatch: light-dark\((#\w+), (#\w+)\);");
        Assert.Equal(Ink.Palette, swatches.Select(match => match.Groups[1].Value));
        Assert.Equal(Ink.Palette.Select(Ink.ForDark), swatches.Select(match => match.Groups[2].Value));
    }

    [Fact]
    public void A_format_looks_only_like_what_is_in_the_lists()
    {
        Assert.Equal("font-kai size-18 is-bold has-ink", FormatLook.Classes(new MessageFormat("kai", 18, true, false, false, "#ff0000")));
        Assert.Equal("is-italic is-underlined", FormatLook.Classes(new MessageFormat("x\" onload=\"y", 999, false, true, true, "red")));
        Assert.Equal("", FormatLook.Classes(null));
    }
}
