using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MyChat.Client;
using MyChat.Ui.App;
using MyChat.Ui.Common;
using MyChat.Ui.Shell;

namespace MyChat.Ui;

/// <summary>A window of the app.</summary>
public partial class Root : ComponentBase, IDisposable
{
    private AppWindow _window = null!; // Made before the first rendering.
    private AppShell? _shell;
    private DotNetObjectReference<Root>? _this;
    private (string Language, Theme Theme, int TextSize)? _appearance;
    private (string Title, bool HasUnread)? _title;

    [Inject]
    public required ChatApp App { get; set; }

    [Inject]
    public required PageScript Page { get; set; }

    /// <summary>The system gave or took the focus, or showed or hid the window.</summary>
    [JSInvokable]
    public void OnAttentionAsync(bool focused, bool visible) => (_window.IsFocused, _window.IsVisible) = (focused, visible);

    /// <summary>The system turned dark or light.</summary>
    [JSInvokable]
    public Task OnSchemeAsync() => InvokeAsync(ShowAppearanceAsync);

    /// <summary>A key that means the same everywhere.</summary>
    [JSInvokable]
    public Task OnCommandAsync(string command) => InvokeAsync(() => _shell?.RunAsync(command) ?? Task.CompletedTask);

    protected override async Task OnInitializedAsync()
    {
        _window = App.OpenWindow(null);
        App.Changed += Refresh;
        App.ClientChanged += OnClientChanged;
        App.Rang += OnRang;
        await App.StartAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _this = DotNetObjectReference.Create(this);
            await Page.CallAsync("watchWindow", _this);
        }

        var appearance = (App.Words.Tag, App.Settings.Theme, App.Settings.TextSize);
        if (_appearance != appearance)
        {
            _appearance = appearance;
            await ShowAppearanceAsync();
        }

        await ShowTitleAsync();
    }

    public void Dispose()
    {
        App.Changed -= Refresh;
        App.ClientChanged -= OnClientChanged;
        App.Rang -= OnRang;
        _window.Dispose();
        _this?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task ShowAppearanceAsync() =>
        await Page.CallAsync("setAppearance", App.Words.Tag, App.Settings.Theme.ToString().ToLowerInvariant(), App.Settings.TextSize);

    private async Task ShowTitleAsync()
    {
        var client = App.Phase == AppPhase.SignedIn ? App.Client : null;
        var unread = client?.Conversations.UnreadCount ?? 0;
        var title = (unread > 0 ? $"({unread}) MyChat" : "MyChat", unread > 0 || client?.Notices.UnseenCount > 0);
        if (_title != title)
        {
            _title = title;
            await Page.CallAsync("setTitle", title.Item1, title.Item2);
        }
    }

    private void OnClientChanged(Changes changes)
    {
        if ((changes & (Changes.Conversations | Changes.Notices)) != 0)
        {
            _ = InvokeAsync(ShowTitleAsync);
        }
    }

    private void OnRang() => _ = InvokeAsync(async () => await Page.CallAsync("ring"));

    private void Refresh() => _ = InvokeAsync(StateHasChanged);
}
