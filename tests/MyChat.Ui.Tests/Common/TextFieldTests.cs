using Bunit;
using MyChat.Ui.Common;
using MyChat.Ui.Language;

namespace MyChat.Ui.Tests.Common;

public sealed class TextFieldTests : BunitContext
{
    [Fact]
    public void The_label_names_the_input()
    {
        var field = Render<TextField>(with => with.Add(f => f.Label, "User name"));
        Assert.Equal(field.Find("input").Id, field.Find("label").GetAttribute("for"));
    }

    [Fact]
    public void An_error_is_tied_to_the_input_before_the_hint()
    {
        var field = Render<TextField>(with => with.Add(f => f.Label, "User name").Add(f => f.Hint, "No spaces").Add(f => f.Error, "Has a space"));
        var input = field.Find("input");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        var described = input.GetAttribute("aria-describedby")!.Split(' ').Select(id => field.Find($"#{id}").TextContent.Trim());
        Assert.Equal(["Has a space", "No spaces"], described);
    }

    [Fact]
    public void Without_an_error_nothing_is_invalid_and_the_place_for_one_waits()
    {
        var field = Render<TextField>(with => with.Add(f => f.Label, "User name"));
        Assert.False(field.Find("input").HasAttribute("aria-invalid"));
        Assert.False(field.Find("input").HasAttribute("aria-describedby"));
        Assert.Equal("polite", field.Find("p.error").GetAttribute("aria-live"));
        Assert.Empty(field.Find("p.error").TextContent);
    }

    [Fact]
    public void A_password_is_hidden_until_it_is_to_be_shown()
    {
        var field = Render<TextField>(with => with.Add(f => f.Label, "Password").Add(f => f.Password, Words.English.Common));
        Assert.Equal("password", field.Find("input").GetAttribute("type"));
        field.Find("button").Click();
        Assert.Equal("text", field.Find("input").GetAttribute("type"));
        Assert.Equal("Hide password", field.Find("button").GetAttribute("aria-label"));
    }
}
