using System.Globalization;
using Microsoft.Playwright;
using MyChat.Client.Roster;

namespace MyChat.EndToEnd.Browsers;

/// <summary>The list of friends, and adding one.</summary>
public sealed class FriendsScreen(Person person) : Screen(person)
{
    private ILocator List => Page.GetByRole(AriaRole.Tabpanel).GetByRole(AriaRole.List, new LocatorGetByRoleOptions
    {
        NameRegex = new System.Text.RegularExpressions.Regex("^" + System.Text.RegularExpressions.Regex.Escape(Words.Friends.MyFriends(1, 1).Split('(')[0])),
    });

    public async Task OpenAsync()
    {
        await Person.Shell.ShowListsAsync();
        await Person.Shell.FriendsTab.ClickAsync();
    }

    /// <summary>A friend's row.</summary>
    public ILocator Row(Person friend) =>
        List.GetByRole(AriaRole.Listitem).Filter(new LocatorFilterOptions { Has = Page.GetByText(friend.Name, new PageGetByTextOptions { Exact = true }) });

    /// <summary>"My friends (1/2)".</summary>
    public async Task CountsAsync(int online, int total)
    {
        await OpenAsync();
        await SeesAsync(Role(AriaRole.Heading, Words.Friends.MyFriends(online, total)));
    }

    public Task IsOnlineAsync(Person friend) => IsAsync(friend, Availability.Online, isBlue: true);

    public Task IsOfflineAsync(Person friend) => IsAsync(friend, Availability.Offline, isBlue: false);

    /// <summary>The state is said in a word, and by the colour of the name: blue, or black (white where the theme is dark).</summary>
    private async Task IsAsync(Person friend, Availability availability, bool isBlue)
    {
        await OpenAsync();
        await SeesAsync(Row(friend).GetByText(Words.Common.Of(availability), new LocatorGetByTextOptions { Exact = true }));
        var color = await Row(friend).GetByText(friend.Name, new LocatorGetByTextOptions { Exact = true })
            .EvaluateAsync<string>(
                """
                name => {
                    const context = document.createElement('canvas').getContext('2d');
                    context.fillStyle = getComputedStyle(name).color;
                    context.fillRect(0, 0, 1, 1);
                    return [...context.getImageData(0, 0, 1, 1).data].join(' ');
                }
                """);
        var parts = color.Split(' ').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToList();
        Assert.True(isBlue == (parts[2] - parts[0] > 40), $"{friend.Name} is {availability} and has the colour {color}.");
    }

    public async Task IsFriendAsync(Person friend)
    {
        await OpenAsync();
        await SeesAsync(Row(friend));
    }

    public async Task IsNoFriendAsync(Person friend)
    {
        await OpenAsync();
        await SeesNoAsync(Row(friend));
    }

    /// <summary>Finds somebody by a part of the user name (or, where the server has no search, by the address); the row that was found.</summary>
    public async Task<ILocator> FindAsync(Person whom, string? text = null)
    {
        await Button(Words.Friends.Add).First.ClickAsync();
        var field = Field(Words.Friends.SearchLabel).Or(Page.GetByRole(AriaRole.Main).GetByLabel(Words.Friends.AddressLabel, new LocatorGetByLabelOptions { Exact = true }));
        await field.FillAsync(text ?? (Person.Venue.Kind == ServerKind.MyChat ? whom.UserName : whom.Jid));
        await Button(Words.Friends.Find).ClickAsync();
        var row = Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Listitem)
            .Filter(new LocatorFilterOptions { Has = Page.GetByText(whom.Jid, new PageGetByTextOptions { Exact = true }) });
        await SeesAsync(row);
        return row;
    }

    /// <summary>Sends a request, with a note.</summary>
    public async Task AskAsync(Person whom, string note)
    {
        var row = await FindAsync(whom);
        await row.GetByRole(AriaRole.Button).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await SeesAsync(dialog);
        await dialog.GetByLabel(Words.Friends.Note).FillAsync(note);
        await Button(Words.Friends.Send, dialog).ClickAsync();
        await SeesAsync(row.GetByText(Words.Friends.AlreadyAsked));
    }

    /// <summary>Deletes a friend: by the menu of the row, after a question.</summary>
    public async Task DeleteAsync(Person friend)
    {
        await OpenAsync();
        await Row(friend).HoverAsync();
        await Button(Words.ChatList.MenuOf(friend.Name), Row(friend)).ClickAsync();
        await Role(AriaRole.Menuitem, Words.Friends.Delete).ClickAsync();
        await Button(Words.Friends.Delete, Role(AriaRole.Alertdialog, Words.Friends.DeleteTitle(friend.Name))).ClickAsync();
        await IsNoFriendAsync(friend);
    }
}
