using Bunit;
using MyChat.Ui.App;
using MyChat.Ui.Friends;
using MyChat.Ui.Language;

namespace MyChat.Ui.Tests.Friends;

public sealed class FriendListTests
{
    [Fact]
    public async Task A_name_is_blue_when_online_and_black_when_not_and_a_word_says_the_same()
    {
        await using var screens = await Screens.SignInAsync();
        var juliet = await screens.Befriend("juliet");
        var list = screens.Render<FriendList>();
        list.WaitForAssertion(() => Assert.Equal("My friends (1/1)", list.Find("h2").TextContent), Screens.Patience);
        Assert.True(list.Find(".name").HasAttribute("data-online"));
        Assert.Equal("Online", list.Find(".word").TextContent);

        await juliet.StopAsync();
        list.WaitForAssertion(() => Assert.Equal("My friends (0/1)", list.Find("h2").TextContent), Screens.Patience);
        Assert.False(list.Find(".name").HasAttribute("data-online"));
        Assert.Equal("Offline", list.Find(".word").TextContent);
    }

    [Fact]
    public async Task Who_has_no_friends_is_shown_where_to_find_some()
    {
        await using var screens = await Screens.SignInAsync();
        var list = screens.Render<FriendList>();
        list.WaitForElement(".empty button", Screens.Patience).Click();
        Assert.Equal(MainPage.AddFriend, screens.App.Navigation.Page);
    }

    [Fact]
    public async Task A_request_that_waits_is_told_in_words_and_can_be_taken_back()
    {
        await using var screens = await Screens.SignInAsync();
        await screens.Client.Contacts.AskAsync(Screens.Jid("juliet"), null);
        var list = screens.Render<FriendList>();
        list.WaitForAssertion(
            () => Assert.Contains("Your request waits for an answer.", list.Find(".half").TextContent, StringComparison.Ordinal), Screens.Patience);
        list.Find(".half button").Click();
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".half")), Screens.Patience);
    }

    [Fact]
    public async Task The_language_changes_while_the_list_is_open()
    {
        await using var screens = await Screens.SignInAsync();
        await screens.Befriend("juliet");
        var list = screens.Render<FriendList>();
        await screens.App.ChangeSettingsAsync(settings => settings with { Language = Words.Chinese.Tag });
        list.WaitForAssertion(() => Assert.Equal("我的好友 (1/1)", list.Find("h2").TextContent), Screens.Patience);
    }

    [Fact]
    public async Task The_menu_offers_what_fits_and_deleting_asks_first()
    {
        await using var screens = await Screens.SignInAsync();
        var juliet = await screens.Befriend("juliet");
        var menu = screens.Render<ContactMenu>();
        await menu.InvokeAsync(() => menu.Instance.Open(juliet.Account, new()));
        var words = screens.App.Words;
        Assert.Equal(
            [words.Friends.Chat, words.Friends.Profile, words.ChatList.MuteHour, words.ChatList.MuteDay, words.ChatList.MuteForever, words.Friends.Rename,
                words.Friends.Block, words.Friends.Delete],
            menu.FindAll("[role=menuitem]").Select(item => item.TextContent.Trim()));
        menu.FindAll("[role=menuitem]")[^1].Click();
        Assert.Equal("alertdialog", menu.Find("dialog").GetAttribute("role"));
        Assert.Single(screens.Client.Contacts.Friends);
        menu.Find("dialog .danger").Click();
        await Screens.Sees(() => screens.Client.Contacts.Friends.Count == 0);
        menu.WaitForAssertion(() => Assert.Empty(menu.FindAll("dialog")), Screens.Patience);
    }
}
