using Microsoft.AspNetCore.Components;
using MyChat.Client;
using MyChat.Client.History;
using MyChat.Client.Roster;
using MyChat.Client.Stores;
using MyChat.Ui.App;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Search;

/// <summary>Where a search of messages stands.</summary>
internal enum SearchState
{
    Done,
    Searching,
    Failed,
}

/// <summary>Searches while the user types, once a moment has passed; what comes for words that are no longer asked for is dropped.</summary>
public partial class MessageResults : AppComponent
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly List<FoundMessage> _found = [];
    private FoundPage? _last;
    private SearchState _state = SearchState.Searching;
    private string? _asked;
    private CancellationTokenSource _searching = new();

    /// <summary>The words.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>Only messages with this one.</summary>
    [Parameter]
    public BareJid? Contact { get; set; }

    /// <summary>Whether the first row is the one that Tab goes to.</summary>
    [Parameter]
    public bool IsFirst { get; set; } = true;

    [Parameter, EditorRequired]
    public required EventCallback<FoundMessage> OnOpen { get; set; }

    protected override Changes Watches => Changes.Contacts;

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == Text)
        {
            return;
        }
        _asked = Text;
        _found.Clear();
        _last = null;
        await SearchAsync(Pause);
    }

    protected override void Dispose(bool disposing)
    {
        _searching.Cancel();
        _searching.Dispose();
        base.Dispose(disposing);
    }

    private Task MoreAsync() => SearchAsync(TimeSpan.Zero);

    private async Task SearchAsync(TimeSpan pause)
    {
        await _searching.CancelAsync();
        _searching.Dispose();
        _searching = new CancellationTokenSource();
        var cancel = _searching.Token;
        _state = SearchState.Searching;
        StateHasChanged();
        try
        {
            await Task.Delay(pause, App.Time, cancel);
            var page = await Client.MessageSearch.SearchAsync(Text, Contact, _last, cancel);
            cancel.ThrowIfCancellationRequested();
            _found.AddRange(page.Messages.Where(message => _found.TrueForAll(known => known.Key != message.Key)));
            (_last, _state) = (page, SearchState.Done);
        }
        catch (OperationCanceledException)
        {
            return; // Other words are searched for.
        }
        catch (StoreException)
        {
            _state = SearchState.Failed;
        }
        StateHasChanged();
    }

    private string Sender(FoundMessage message, Contact contact) =>
        !message.IsMine ? contact.Name : Contact is null ? Words.History.Mine(contact.Name) : Words.Common.You;
}
