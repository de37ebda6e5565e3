using System.Diagnostics;
using Microsoft.Playwright;
using MyChat.Client.Roster;

namespace MyChat.EndToEnd.Browsers;

/// <summary>The frame around everything, for who is logged in, and the settings.</summary>
public sealed class ShellScreen(Person person) : Screen(person)
{
    public ILocator ChatsTab => RoleFrom(AriaRole.Tab, Words.Shell.Chats);
    public ILocator FriendsTab => RoleFrom(AriaRole.Tab, Words.Shell.Friends);
    public ILocator GroupsTab => RoleFrom(AriaRole.Tab, Words.Shell.Groups);

    /// <summary>What stands above all while there is no connection.</summary>
    public ILocator Offline => Page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = Words.Shell.WillSendWhenBack });

    public Task IsOpenAsync() => SeesAsync(FriendsTab);

    /// <summary>Connected, as far as the screen says.</summary>
    public async Task IsOnlineAsync()
    {
        await SeesAsync(FriendsTab);
        await SeesNoAsync(Offline);
    }

    public Task IsOfflineAsync() => SeesAsync(Offline);

    /// <summary>Does not wait for the next attempt; one that is under way may have begun while nobody could be reached.</summary>
    public async Task RetryAsync()
    {
        var patience = Stopwatch.StartNew();
        var isThere = Button(Words.Shell.ChangePresence(Words.Common.Of(Availability.Online)));
        while (!await isThere.IsVisibleAsync())
        {
            Assert.True(patience.Elapsed < Device.Patience, "It does not come back.");
            try
            {
                await Button(Words.Shell.RetryNow).ClickAsync(new LocatorClickOptions { Timeout = 500 });
            }
            catch (TimeoutException)
            {
                // It connects, or is connected.
            }
        }
        await IsOnlineAsync();
    }

    /// <summary>Where there is no room for both, the lists give way to what was opened.</summary>
    public async Task ShowListsAsync()
    {
        var back = Button(Words.Common.Back);
        if (!await FriendsTab.IsVisibleAsync() && await back.IsVisibleAsync())
        {
            await back.ClickAsync();
        }
    }

    public Task OpenSettingsAsync() => Button(Words.Shell.Settings).ClickAsync();

    public Task OpenProfileAsync() => Button(Words.Shell.MyProfile).ClickAsync();

    /// <summary>Logs out; the history of this device goes too, if wanted.</summary>
    public async Task SignOutAsync(bool forget = false)
    {
        await OpenSettingsAsync();
        await Button(Words.Settings.SignOut).ClickAsync();
        var dialog = Role(AriaRole.Dialog, Words.Settings.SignOutTitle);
        await dialog.GetByRole(AriaRole.Checkbox).SetCheckedAsync(forget);
        await Button(Words.Settings.SignOut, dialog).ClickAsync();
        await Person.Welcome.IsOpenAsync();
    }

    /// <summary>Chooses a language, by its own name.</summary>
    public async Task ChooseLanguageAsync(Ui.Language.Words language)
    {
        await Role(AriaRole.Combobox, Words.Settings.Language).SelectOptionAsync(language.Tag);
        Person.Words = language;
        await Assertions.Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", language.Tag);
    }
}
