using Microsoft.Playwright;
using MyChat.Client.Conversations;

namespace MyChat.EndToEnd.Browsers;

/// <summary>A chat.</summary>
public sealed class ChatScreen(Person person) : Screen(person)
{
    public ILocator Log => Page.GetByRole(AriaRole.Log);

    public ILocator Composer(Person friend) => Role(AriaRole.Textbox, Words.Chat.Write(friend.Name));

    /// <summary>The row in the list of chats.</summary>
    public ILocator Row(Person friend) => Role(AriaRole.List, Words.Shell.Chats).GetByRole(AriaRole.Listitem)
        .Filter(new LocatorFilterOptions { Has = Page.GetByText(friend.Name, new PageGetByTextOptions { Exact = true }) });

    /// <summary>The messages with exactly this text.</summary>
    public ILocator Message(string text) =>
        Log.GetByRole(AriaRole.Article).Filter(new LocatorFilterOptions { Has = Page.GetByText(text, new PageGetByTextOptions { Exact = true }) });

    /// <summary>Opens it from the list of friends.</summary>
    public async Task OpenAsync(Person friend)
    {
        await Person.Friends.OpenAsync();
        await Person.Friends.Row(friend).GetByRole(AriaRole.Button).First.ClickAsync();
        await SeesAsync(Composer(friend));
    }

    public async Task SendAsync(Person friend, string text)
    {
        await Composer(friend).FillAsync(text);
        await Composer(friend).PressAsync("Enter");
        await Assertions.Expect(Composer(friend)).ToHaveValueAsync("");
    }

    /// <summary>It stands there once.</summary>
    public Task SaysAsync(string text) => Assertions.Expect(Message(text)).ToHaveCountAsync(1, new LocatorAssertionsToHaveCountOptions
    {
        Timeout = (float)Device.Patience.TotalMilliseconds,
    });

    /// <summary>A message that begins so stands there once: for those too long to be looked at in full.</summary>
    public Task SaysBeginningAsync(string begin) => Assertions.Expect(Log.GetByRole(AriaRole.Article).Filter(new LocatorFilterOptions { HasText = begin }))
        .ToHaveCountAsync(1, new LocatorAssertionsToHaveCountOptions { Timeout = (float)Device.Patience.TotalMilliseconds });

    /// <summary>How far an own message has come.</summary>
    public Task IsAsync(string text, params MessageState[] states) => SeesAsync(
        states.Select(state => Message(text).GetByText(Words.Chat.Of(state), new LocatorGetByTextOptions { Exact = true })).Aggregate((all, one) => all.Or(one)));

    /// <summary>Everything that stands in the log, from the top: the texts of messages.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync() => await Log.GetByRole(AriaRole.Article).Locator("bdi.body").AllTextContentsAsync();

    /// <summary>How often the notice "your message was sent offline" stands there.</summary>
    public Task SaysOfflineAsync(int times) => Assertions.Expect(Log.GetByText(Words.Chat.SentOffline, new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(times);

    /// <summary>The list of chats shows so many unread messages; 0: no badge.</summary>
    public async Task IsUnreadAsync(Person friend, int count)
    {
        await Person.Shell.ChatsTab.ClickAsync();
        await SeesAsync(Row(friend));
        if (count > 0)
        {
            await SeesAsync(Row(friend).GetByText(Words.Common.Unread(count), new LocatorGetByTextOptions { Exact = true }));
        }
        else
        {
            await SeesNoAsync(Row(friend).GetByText(new System.Text.RegularExpressions.Regex(@"\d+ (unread|条未读)")));
        }
    }

    /// <summary>Saves the transcript: the file's name and content.</summary>
    public async Task<(string Name, string Content)> SaveAsync(string format)
    {
        await Button(Words.Chat.Save).First.ClickAsync();
        var dialog = Role(AriaRole.Dialog, Words.Chat.SaveTitle);
        var download = await Page.RunAndWaitForDownloadAsync(() => Button(format, dialog).ClickAsync());
        return (download.SuggestedFilename, await File.ReadAllTextAsync(await download.PathAsync()));
    }
}
