using MyChat.Desktop.Commands;

namespace MyChat.Desktop.Tests.Commands;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("--data", "/there", "--browser", "tab")]
    [InlineData("--data=/there", "--browser=tab")]
    public void Values_follow_or_are_joined(params string[] arguments)
    {
        var options = Options.Parse(arguments, out var error);

        Assert.Null(error);
        Assert.Equal(("/there", "tab"), (options?.DataFolder, options?.Browser));
    }

    [Theory]
    [InlineData("--data needs a value.", "--data")]
    [InlineData("--data needs a value.", "--data=")]
    [InlineData("--browser needs a value.", "--browser", "")]
    [InlineData("Unknown option --no-sandbox.", "--no-sandbox")]
    [InlineData("Unknown option --help=1.", "--help=1")]
    [InlineData("Unknown option romeo@verona.lit.", "romeo@verona.lit")]
    public void What_is_wrong_is_said(string expected, params string[] arguments)
    {
        Assert.Null(Options.Parse(arguments, out var error));
        Assert.Equal(expected, error);
    }
}
