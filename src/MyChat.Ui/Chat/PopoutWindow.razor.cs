using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MyChat.Client;
using MyChat.Ui.App;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Chat;

/// <summary>One chat in a window of its own.</summary>
public partial class PopoutWindow : AppComponent
{
    private ElementReference _root;
    private ChatScript? _script;
    private DotNetObjectReference<PopoutWindow>? _this;
    private AppWindow? _window;
    private string? _title;

    [Inject]
    public required IJSRuntime Runtime { get; set; }

    [Inject]
    public required Popouts Popouts { get; set; }

    [Parameter, EditorRequired]
    public required BareJid Jid { get; set; }

    protected override Changes Watches => Changes.Contacts | Changes.Profiles | Changes.Conversations;

    /// <summary>The user closed the window.</summary>
    [JSInvokable]
    public Task Closed() => InvokeAsync(() => Popouts.Close(Jid));

    [JSInvokable]
    public void Focused(bool focused)
    {
        if (_window is not null)
        {
            _window.IsFocused = focused;
        }
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Popouts.FrontWanted += OnFrontWanted;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var title = Title();
        if (firstRender)
        {
            await OpenAsync(title);
        }
        else if (_script is not null && _window is not null && title != _title)
        {
            _title = title;
            await _script.CallAsync("retitle", Jid.ToString(), title);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        Popouts.FrontWanted -= OnFrontWanted;
        _window?.Dispose();
        if (_script is not null)
        {
            await _script.CallAsync("close", Jid.ToString());
            await _script.DisposeAsync();
        }
        _this?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task OpenAsync(string title)
    {
        _title = title;
        _this = DotNetObjectReference.Create(this);
        _script = new ChatScript(Runtime, "chat-popout.js");
        if (!await _script.CallAsync<bool>("open", Jid.ToString(), _root, title, _this))
        {
            App.Tell(Words.Chat.WindowRefused);
            Popouts.Close(Jid);
            return;
        }
        // Only now: what it contains shall never know another window than its own.
        _window = App.OpenWindow(Jid);
        _window.IsFocused = true;
        StateHasChanged();
    }

    private string Title()
    {
        var name = Client.Contacts[Jid].Name;
        return Client.Conversations[Jid].Summary.Unread is > 0 and var unread ? $"({unread}) {name}" : name;
    }

    private void OnFrontWanted(BareJid jid)
    {
        if (jid.Equals(Jid) && _script is not null)
        {
            _ = InvokeAsync(async () => await _script.CallAsync("show", Jid.ToString()));
        }
    }
}
