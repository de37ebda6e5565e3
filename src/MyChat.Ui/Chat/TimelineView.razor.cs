using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MyChat.Client;
using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.History;
using MyChat.Client.Roster;
using MyChat.Client.Stores;
using MyChat.Ui.App;
using MyChat.Ui.Common;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Chat;

/// <summary>The messages of a chat; loads more near its ends, and marks as read what is seen.</summary>
public partial class TimelineView : AppComponent
{
    private const int LongestAnnouncement = 300;

    private Timeline? _timeline;
    private IReadOnlyList<TimelineRow> _rows = [];
    private string? _error;
    private string _announcement = "";
    private long _lastOrder;
    private bool _endVisible = true;
    private bool _marksRead;
    private bool _isDisposed;
    private ChatMessage? _chosen;
    private string? _goTo;

    private ElementReference _scroller;
    private Menu? _menu;
    private ChatScript? _script;
    private ScriptPart? _part;
    private DotNetObjectReference<TimelineView>? _this;

    [Inject]
    public required IJSRuntime Runtime { get; set; }

    [Parameter, EditorRequired]
    public required Conversation Conversation { get; set; }

    [Parameter, EditorRequired]
    public required Contact Contact { get; set; }

    /// <summary>Ctrl+F.</summary>
    [Parameter]
    public EventCallback OnFind { get; set; }

    /// <summary>The button of an empty chat.</summary>
    [Parameter]
    public EventCallback OnHello { get; set; }

    protected override Changes Watches => Changes.Conversations | Changes.Self;

    private static DateTimeOffset AtNoon(DateOnly day) => new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);

    /// <summary>To the newest message, wherever that is.</summary>
    public async Task ToEndAsync()
    {
        if (_timeline is { HasNewer: true } timeline)
        {
            await timeline.GoToEndAsync();
            Take();
        }
        if (_part is not null)
        {
            await _part.CallAsync("toEnd");
        }
    }

    /// <summary>To a message that was found, wherever that is.</summary>
    public async Task GoToAsync(FoundMessage found)
    {
        try
        {
            _goTo = _timeline is { } timeline ? await timeline.GoToAsync(found) : null;
        }
        catch (Exception failure) when (failure is XmppException or StoreException)
        {
            _goTo = null;
        }
        if (_goTo is null)
        {
            App.Tell(Words.History.JumpFailed);
        }
        Take();
        StateHasChanged();
    }

    public void OpenChat(BareJid jid) => Navigation.OpenChat(jid);

    public void OpenMenuAt(string key, MouseEventArgs point)
    {
        _chosen = _timeline?.Items.FirstOrDefault(message => message.Key == key);
        if (_chosen is not null)
        {
            StateHasChanged();
            _menu?.OpenAt(point);
        }
    }

    public Task RetryAsync(string key) => Conversation.RetryAsync(key);

    public Task DeleteAsync(string key) => Conversation.DeleteAsync(key);

    /// <summary>Answers whether there may be more to load.</summary>
    [JSInvokable]
    public Task<bool> LoadOlder() => LoadAsync(timeline => timeline.HasOlder ? timeline.LoadOlderAsync() : null);

    /// <inheritdoc cref="LoadOlder"/>
    [JSInvokable]
    public Task<bool> LoadNewer() => LoadAsync(timeline => timeline.HasNewer ? timeline.LoadNewerAsync() : null);

    [JSInvokable]
    public Task Find() => InvokeAsync(() => OnFind.InvokeAsync());

    [JSInvokable]
    public Task EndVisible(bool visible) => InvokeAsync(() =>
    {
        _endVisible = visible;
        StateHasChanged();
    });

    [JSInvokable]
    public Task OpenMenu(string key, double x, double y) => InvokeAsync(() => OpenMenuAt(key, new MouseEventArgs { ClientX = x, ClientY = y }));

    protected override Task OnInitializedAsync()
    {
        _script = new ChatScript(Runtime, "chat-timeline.js");
        return OpenAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // What was rendered may be from before the messages were there: then the next rendering has the list.
        if (_timeline is null || _scroller.Id is null)
        {
            return;
        }
        if (_this is null)
        {
            await AttachAsync(_timeline);
        }
        else if (_part is not null)
        {
            await _part.CallAsync("update", _timeline.CanLoadOlder, _timeline.HasNewer);
        }
        if (_goTo is { } key && _part is not null)
        {
            _goTo = null;
            await _part.CallAsync("toFound", key);
        }
        else if (Window.OnlyChat is null && _part is not null && Navigation.TakeWanted(Conversation.Jid) is { } wanted)
        {
            await GoToAsync(wanted);
        }
        await LookAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        Dispose();
        if (Conversation.Jid.Equals(Window.VisibleChat))
        {
            Window.VisibleChat = null;
        }
        if (_timeline is not null)
        {
            _timeline.Changed -= OnTimelineChanged;
            _timeline.Dispose();
        }
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }
        _this?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task OpenAsync()
    {
        _error = null;
        try
        {
            var timeline = await Conversation.OpenAsync();
            if (_isDisposed)
            {
                timeline.Dispose();
                return;
            }
            _lastOrder = timeline.Items is [.., var last] ? last.Order : 0;
            timeline.Changed += OnTimelineChanged;
            _timeline = timeline;
            Take();
        }
        catch (StoreException)
        {
            _error = Words.Chat.LoadFailed;
        }
    }

    private async Task AttachAsync(Timeline timeline)
    {
        _this = DotNetObjectReference.Create(this);
        _part = await _script!.AttachAsync(_scroller, _this, timeline.FirstUnreadKey is not null, timeline.CanLoadOlder, timeline.HasNewer);
    }

    private async Task RetryOlderAsync() => await LoadOlder();

    private Task FillAsync() => _timeline?.FillAsync() ?? Task.CompletedTask;

    private async Task<bool> LoadAsync(Func<Timeline, Task?> load)
    {
        if (_timeline is not { } timeline || _isDisposed || load(timeline) is not { } loading)
        {
            return false;
        }
        var before = timeline.Items;
        try
        {
            await loading;
        }
        catch (StoreException)
        {
            return false; // The shell says that the store refuses; the next scroll tries again.
        }
        await InvokeAsync(() =>
        {
            Take();
            StateHasChanged();
        });
        // What brought nothing is not tried again until the user moves.
        return timeline.Items.Count != before.Count || (before.Count > 0 && timeline.Items[0].Key != before[0].Key);
    }

    private void OnTimelineChanged() => _ = InvokeAsync(() =>
    {
        if (!_isDisposed)
        {
            Take();
            StateHasChanged();
        }
    });

    // What the timeline holds now, as rows.
    private void Take()
    {
        if (_timeline is not { } timeline)
        {
            return;
        }
        var items = timeline.Items;
        _rows = TimelineRows.From(items, timeline.FirstUnreadKey, timeline.IsCleared, TimeZoneInfo.Local, timeline.Begins, timeline.GapKeys);
        if (items is not [.., var last] || last.Order <= _lastOrder)
        {
            return;
        }
        // New at the end, rather than loaded from there: the end was in view all the time.
        if (!timeline.HasNewer)
        {
            Announce([.. items.Where(message => message.Order > _lastOrder && !message.IsMine)]);
        }
        _lastOrder = last.Order;
    }

    private void Announce(IReadOnlyList<ChatMessage> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }
        var text = string.Join('\n', messages.TakeLast(3).Select(message => Words.Chat.Announce(Contact.Name, message.Body)));
        _announcement = text.Length <= LongestAnnouncement ? text : $"{text.AsSpan(0, LongestAnnouncement)}…";
    }

    // Seen is what is on the screen, at the end, in the window that has the focus.
    private async Task LookAsync()
    {
        var sees = _endVisible && _timeline is { HasNewer: false };
        var jid = Conversation.Jid;
        if (sees)
        {
            Window.VisibleChat = jid;
        }
        else if (jid.Equals(Window.VisibleChat))
        {
            Window.VisibleChat = null;
        }
        if (sees && Window.IsFocused && !_marksRead && Conversation.Summary.Unread > 0)
        {
            _marksRead = true;
            try
            {
                await Conversation.MarkReadAsync();
            }
            catch (StoreException)
            {
                // Told by the shell; it is marked when it is looked at again.
            }
            _marksRead = false;
        }
    }

    private async Task ShowAgainAsync()
    {
        await Conversation.ShowAgainAsync();
        Take();
    }

    private async Task CopyAsync(ChatMessage message)
    {
        if (_part is not null)
        {
            await _part.CallAsync("copy", message.Body);
            App.Tell(Words.Common.Copied);
        }
    }
}
