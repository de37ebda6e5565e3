using Bunit;
using MyChat.Modules;
using MyChat.Ui.Friends;

namespace MyChat.Ui.Tests.Friends;

public sealed class AddFriendPageTests
{
    [Fact]
    public async Task On_a_server_without_search_an_address_is_enough_also_before_that_is_known()
    {
        await using var screens = await Screens.ConnectAsync(isOffered: module => module is not UserSearch);
        await screens.App.SignInAsync(screens.SignIn("romeo"));
        var page = screens.Render<AddFriendPage>();
        page.Find("input").Input("juliet@verona.lit");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal("juliet@verona.lit", page.Find("li .hint bdi").TextContent), Screens.Patience);
        Assert.Empty(page.FindAll("[aria-invalid=true]"));
    }
}
