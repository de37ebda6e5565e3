using Microsoft.Playwright;
using MyChat.Client.Conversations;
using MyChat.Client.Roster;
using MyChat.EndToEnd.Browsers;

namespace MyChat.EndToEnd.Accessibility;

/// <summary>A walk through every screen of the program, so that each can be looked at.</summary>
internal sealed class Walk(Person romeo, Person juliet, Func<string, Person, Task> look)
{
    /// <summary>Before anybody is logged in.</summary>
    public static async Task ThroughWelcomeAsync(Person person, Func<string, Person, Task> look)
    {
        await person.Welcome.IsOpenAsync();
        await look("log in", person);
        await person.Welcome.FillServerAsync();
        await person.Welcome.SubmitLogInAsync(trust: false);
        await Assertions.Expect(person.Welcome.UserName).ToHaveAttributeAsync("aria-invalid", "true");
        await look("log in, refused", person);
        await person.Welcome.ChooseRegisterAsync();
        await person.Welcome.SubmitRegisterAsync();
        await Assertions.Expect(person.Welcome.DisplayName).ToHaveAttributeAsync("aria-invalid", "true");
        await look("register, refused", person);
    }

    /// <summary>From the first empty list to a chat and all that belongs to it. Both are logged in and no friends yet.</summary>
    public async Task ThroughAllAsync()
    {
        await EmptyAsync();
        await BecomeFriendsAsync();
        await ChatAsync();
        await SearchAsync();
        await ChatDialogsAsync();
        await FramesAsync();
        await LostAsync();
    }

    private async Task EmptyAsync()
    {
        await romeo.Shell.ChatsTab.ClickAsync();
        await look("no chats", romeo);
        await romeo.Friends.OpenAsync();
        await look("no friends", romeo);
        await romeo.Shell.GroupsTab.ClickAsync();
        await look("groups", romeo);
        await romeo.Verification.OpenAsync();
        await look("nothing to verify", romeo);
    }

    private async Task BecomeFriendsAsync()
    {
        var row = await romeo.Friends.FindAsync(juliet);
        await look("add friend, found", romeo);
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await romeo.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await look("request", romeo);
        await romeo.Page.Keyboard.PressAsync("Escape");
        await romeo.Friends.AskAsync(juliet, "It is me");
        await romeo.Friends.OpenAsync();
        await look("a request that waits", romeo);
        await juliet.Verification.IsMarkedAsync(1);
        await juliet.Verification.SaysAsync(NoticeKind.Request, romeo);
        await look("verification, a request", juliet);
        await juliet.Verification.AgreeAsync(romeo);
        await romeo.Friends.IsOnlineAsync(juliet);
        await romeo.Verification.SaysAsync(NoticeKind.Agreed, juliet);
        await look("verification, agreed", romeo);
    }

    private async Task ChatAsync()
    {
        await romeo.Chat.OpenAsync(juliet);
        await look("an empty chat", romeo);
        await juliet.Chat.OpenAsync(romeo);
        await romeo.Chat.SendAsync(juliet, "Soft! https://example.org/balcony");
        await romeo.Chat.IsAsync("Soft! https://example.org/balcony", MessageState.Read);
        await juliet.Chat.SendAsync(romeo, "O 罗密欧 😀");
        await romeo.Chat.SaysAsync("O 罗密欧 😀");
        await juliet.LeaveAsync();
        await romeo.Friends.IsOfflineAsync(juliet);
        await romeo.Chat.SendAsync(juliet, "Good night");
        await romeo.Chat.SaysOfflineAsync(1);
        await look("a chat with who is away", romeo);
        await romeo.Shell.ChatsTab.ClickAsync();
        await look("chats", romeo);
        await juliet.ReturnAsync();
        await juliet.Chat.IsUnreadAsync(romeo, 1);
        await look("chats, unread", juliet);
    }

    private async Task SearchAsync()
    {
        var words = romeo.Words;
        var everywhere = romeo.Page.GetByRole(AriaRole.Searchbox, new PageGetByRoleOptions { Name = words.Shell.SearchHint });
        await everywhere.FillAsync("罗密");
        await SeesFoundAsync(1);
        await look("search everywhere", romeo);
        await everywhere.FillAsync("nothing of the kind");
        await romeo.Page.GetByText(words.History.Nothing("nothing of the kind")).WaitForAsync();
        await look("search everywhere, in vain", romeo);
        await everywhere.FillAsync("");
        await romeo.Chat.OpenAsync(juliet);
        await ButtonOf(words.History.SearchIn(juliet.Name)).ClickAsync();
        var here = romeo.Page.GetByRole(AriaRole.Searchbox, new PageGetByRoleOptions { Name = words.History.SearchIn(juliet.Name) });
        await here.FillAsync("good");
        await SeesFoundAsync(1);
        await look("search in a chat", romeo);
        await romeo.Page.SetViewportSizeAsync(360, 720);
        await look("search in a chat, narrow", romeo);
        await romeo.Page.SetViewportSizeAsync(1280, 800);
        await here.PressAsync("Escape");
    }

    private Task SeesFoundAsync(int count) => Assertions.Expect(
        romeo.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = romeo.Words.History.Messages, Exact = true }).GetByRole(AriaRole.Button)).ToHaveCountAsync(
        count, new LocatorAssertionsToHaveCountOptions { Timeout = (float)Device.Patience.TotalMilliseconds });

    private async Task ChatDialogsAsync()
    {
        var words = romeo.Words;
        await DialogAsync("save", words.Chat.Save);
        await DialogAsync("clear", words.Chat.Clear);
        await ButtonOf(words.Chat.Emoji).ClickAsync();
        await romeo.Page.GetByLabel(words.Chat.EmojiSearch).First.WaitForAsync();
        await look("emoji", romeo);
        await romeo.Page.Keyboard.PressAsync("Escape");
        await ButtonOf(words.Chat.Details).ClickAsync();
        await romeo.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = words.Chat.DeleteFriend }).WaitForAsync();
        await look("details", romeo);
        await romeo.Page.Keyboard.PressAsync("Escape");
    }

    private async Task FramesAsync()
    {
        var words = romeo.Words;
        await romeo.Friends.OpenAsync();
        await romeo.Friends.Row(juliet).GetByRole(AriaRole.Button).First.ClickAsync(new LocatorClickOptions { Button = MouseButton.Right });
        await romeo.Page.GetByRole(AriaRole.Menuitem).First.WaitForAsync();
        await look("the menu of a friend", romeo);
        await romeo.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = words.Friends.Delete, Exact = true }).ClickAsync();
        await romeo.Page.GetByRole(AriaRole.Alertdialog).WaitForAsync();
        await look("delete", romeo);
        await romeo.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Alertdialog)).ToBeHiddenAsync();
        await romeo.Page.Keyboard.PressAsync("Control+k");
        await romeo.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await look("switcher", romeo);
        await romeo.Page.Keyboard.PressAsync("Escape");
        await romeo.Shell.OpenProfileAsync();
        await look("profile", romeo);
        await romeo.Shell.OpenSettingsAsync();
        await romeo.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = words.Settings.Privacy }).WaitForAsync();
        await look("settings", romeo);
        await DialogAsync("log out", words.Settings.SignOut);
        await DialogAsync("change password", words.Settings.ChangePassword);
        await romeo.Page.Keyboard.PressAsync("?");
        await romeo.Page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = words.Shell.Keys }).WaitForAsync();
        await look("keys", romeo);
        await romeo.Page.Keyboard.PressAsync("Escape");
        await romeo.Page.SetViewportSizeAsync(360, 720);
        await look("settings, narrow", romeo);
        await ButtonOf(words.Common.Back).ClickAsync();
        await look("lists, narrow", romeo);
        await romeo.Page.SetViewportSizeAsync(1280, 800);
    }

    private async Task LostAsync()
    {
        romeo.Device.Expects("WebSocket connection to", "ERR_");
        juliet.Device.Expects("WebSocket connection to", "ERR_");
        romeo.Venue.WebLink.Cut();
        romeo.Venue.ClientLink.Cut();
        await romeo.Shell.IsOfflineAsync();
        await look("no connection", romeo);
        romeo.Venue.WebLink.Mend();
        romeo.Venue.ClientLink.Mend();
    }

    private async Task DialogAsync(string name, string button)
    {
        await ButtonOf(button).ClickAsync();
        await romeo.Page.GetByRole(AriaRole.Dialog).First.WaitForAsync();
        await look(name, romeo);
        await romeo.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(romeo.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private ILocator ButtonOf(string name) =>
        romeo.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true }).First;
}
