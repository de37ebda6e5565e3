using MyChat.Ui.Common;

namespace MyChat.Ui.Tests.Common;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("Romeo Montague", "RM")]
    [InlineData("juliet", "J")]
    [InlineData("Ana Maria de la Cruz", "AC")]
    [InlineData("王伟", "王伟")]
    [InlineData("欧阳小明", "小明")]
    [InlineData("明", "明")]
    [InlineData("小明 Robin", "小R")]
    [InlineData("🌱 Nina", "N")]
    [InlineData("🌱", "🌱")]
    [InlineData("", "?")]
    [InlineData("   ", "?")]
    [InlineData("\u202e\u202e", "?")]
    [InlineData("_x_", "X")]
    public void Initials_of_a_name(string name, string expected) => Assert.Equal(expected, Initials.Of(name));

    [Fact]
    public void Half_a_surrogate_pair_harms_nothing() => Assert.Equal(1, Initials.Of("\ud83c").Length);

    // XEP-0392 §13.2: Romeo 327.255249°, juliet@capulet.lit 209.410400°, 😺 331.199341°, council 359.994507°.
    [Theory]
    [InlineData("Romeo", 327.255249)]
    [InlineData("juliet@capulet.lit", 209.410400)]
    [InlineData("😺", 331.199341)]
    [InlineData("council", 359.994507)]
    public void The_hue_is_that_of_XEP_0392(string text, double angle) => Assert.Equal((int)(angle / 360 * Initials.Hues), Initials.Hue(text));
}
