using Microsoft.AspNetCore.Components;
using MyChat.Client;
using MyChat.Client.Conversations;
using MyChat.Ui.App;
using MyChat.Ui.Common;

namespace MyChat.Ui.Shell;

/// <summary>What somebody who is signed in sees: lists on the left, a chat or a page beside them.</summary>
public partial class AppShell : AppComponent
{
    private ListPane? _lists;
    private MainPage _page;
    private ITimer? _minute;

    [Inject]
    public required PageScript Page { get; set; }

    private bool ShowsDrawer => Navigation is { ShowsDetails: true, Page: MainPage.Chat, Chat: not null };

    /// <summary>What a key of the whole window means.</summary>
    public async Task RunAsync(string command)
    {
        switch (command)
        {
            case "switcher":
                Navigation.SetSwitcher(!Navigation.ShowsSwitcher);
                break;
            case "settings":
                Navigation.Show(MainPage.Settings);
                break;
            case "keys":
                Navigation.SetKeys(true);
                break;
            case "add":
                Navigation.Show(MainPage.AddFriend);
                break;
            case "chats" or "friends" or "groups":
                Navigation.Select(Enum.Parse<ListTab>(command, ignoreCase: true));
                await Page.CallAsync<bool>("focusElement", "[role=tab][aria-selected=true]");
                break;
            case "search":
                await (_lists?.FocusSearchAsync() ?? ValueTask.CompletedTask);
                break;
            case "next":
                Step(1);
                break;
            case "previous":
                Step(-1);
                break;
            case "escape" when Navigation.ShowsDetails || Navigation.Page is not (MainPage.None or MainPage.Chat):
                Navigation.Back();
                break;
        }
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _page = Navigation.Page;
        // "Yesterday", "5 minutes ago": times grow old by themselves.
        _minute = App.Time.CreateTimer(_ => App.Raise(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_page == Navigation.Page)
        {
            return;
        }

        _page = Navigation.Page;
        switch (_page)
        {
            case MainPage.None:
                await Page.CallAsync<bool>("focusElement", ".list-panel [data-row][tabindex='0']");
                break;
            case not MainPage.Chat:
                await Page.CallAsync<bool>("focusElement", "#page-title");
                break;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _minute?.Dispose();
        base.Dispose(disposing);
    }

    private Task FocusMainAsync() => Page.CallAsync("focusMain").AsTask();

    private void Step(int by)
    {
        var all = Client.Conversations.All;
        var at = all.ToList().FindIndex(summary => summary.Jid.Equals(Navigation.Chat));
        if (all.Count > 0)
        {
            Navigation.OpenChat(all[at < 0 ? 0 : (at + by + all.Count) % all.Count].Jid);
        }
    }
}
