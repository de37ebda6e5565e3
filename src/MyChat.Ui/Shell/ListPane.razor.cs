using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MyChat.Client;
using MyChat.Ui.App;
using MyChat.Ui.Common;

namespace MyChat.Ui.Shell;

/// <summary>The user, the search, and the lists.</summary>
public partial class ListPane : AppComponent
{
    private ElementReference _search;
    private ElementReference _panel;
    private string _text = "";

    [Inject]
    public required PageScript Page { get; set; }

    protected override Changes Watches => Changes.Conversations | Changes.Notices;

    private IReadOnlyList<Tabs<ListTab>.Item> TabItems =>
    [
        new(ListTab.Chats, Words.Shell.Chats, Client.Conversations.UnreadCount, Words.Common.Unread(Client.Conversations.UnreadCount)),
        new(ListTab.Friends, Words.Shell.Friends),
        new(ListTab.Groups, Words.Shell.Groups),
    ];

    public ValueTask FocusSearchAsync() => _search.FocusAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Page.CallAsync("roveList", _panel);
        }
    }

    private void Choose(ListTab tab)
    {
        _text = "";
        Navigation.Select(tab);
    }

    private async Task ClearSearchAsync()
    {
        _text = "";
        await _search.FocusAsync();
    }

    private async Task OnSearchKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
        {
            _text = "";
        }
        else if (key.Key is "ArrowDown" or "Enter")
        {
            await Page.CallAsync<bool>("focusElement", ".list-panel [data-row]");
        }
    }
}
