using MyChat.Ui.Language;
using MyChat.Ui.Welcome;

namespace MyChat.Ui.Tests.Welcome;

public sealed class UserNamesTests
{
    private static readonly WelcomeWords English = Words.English.Welcome;

    [Theory]
    [InlineData("romeo", "romeo@verona.lit")]
    [InlineData(" Romeo ", "romeo@verona.lit")]
    [InlineData("小明", "小明@verona.lit")]
    [InlineData("r.o_m-eo1", "r.o_m-eo1@verona.lit")]
    public void A_name_becomes_an_address(string typed, string expected)
    {
        var (jid, error) = UserNames.New(typed, "verona.lit", English);
        Assert.Null(error);
        Assert.Equal(expected, jid!.ToString());
    }

    public static TheoryData<string, string> Wrong() => new()
    {
        { "", English.UserNameEmpty },
        { "  ", English.UserNameEmpty },
        { "a b", English.UserNameHasSpace },
        { "a\u3000b", English.UserNameHasSpace },
        { "a/b", English.UserNameHas("/") },
        { "a\"b", English.UserNameHas("\"") },
        { "@romeo", English.UserNameHas("@") },
        { "romeo@verona.lit", English.UserNameIsAddress("romeo") },
        { "a b@@", English.UserNameHasSpace },
        { new string('x', 1024), English.UserNameTooLong },
        { "♚", English.UserNameInvalid },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_with_a_name_is_said(string typed, string expected)
    {
        var (jid, error) = UserNames.New(typed, "verona.lit", English);
        Assert.Null(jid);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void One_may_log_in_with_the_whole_address()
    {
        Assert.Equal("romeo@verona.lit", UserNames.Existing("romeo@Verona.lit", "verona.lit", English).Jid!.ToString());
        Assert.Equal("romeo@mantua.lit", UserNames.Existing("romeo@mantua.lit", null, English).Jid!.ToString());
    }

    [Fact]
    public void An_account_elsewhere_is_not_looked_for_here() =>
        Assert.Equal(English.UserNameOfOtherServer("verona.lit"), UserNames.Existing("romeo@mantua.lit", "verona.lit", English).Error);
}
