using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MyChat.Ui.App;
using MyChat.Ui.Common;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui;

/// <summary>A window of the app.</summary>
public partial class Root : ComponentBase, IDisposable
{
    private AppWindow _window = null!; // Made before the first rendering.
    private DotNetObjectReference<Root>? _this;

    [Inject]
    public required ChatApp App { get; set; }

    [Inject]
    public required PageScript Page { get; set; }

    [Inject]
    public required NavigationManager Address { get; set; }

    /// <summary>The address of a window that shows one chat and nothing else.</summary>
    public static string AddressOfWindow(BareJid chat) => $"?window={Uri.EscapeDataString(chat.ToString())}";

    [JSInvokable]
    public void OnFocusAsync(bool focused) => _window.IsFocused = focused;

    protected override async Task OnInitializedAsync()
    {
        _window = App.OpenWindow(OnlyChat());
        App.Changed += Refresh;
        await App.StartAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _this = DotNetObjectReference.Create(this);
            await Page.CallAsync("watchWindow", _this);
        }
    }

    public void Dispose()
    {
        App.Changed -= Refresh;
        _window.Dispose();
        _this?.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Refresh() => _ = InvokeAsync(StateHasChanged);

    private BareJid? OnlyChat()
    {
        const string Parameter = "window=";
        var query = new Uri(Address.Uri).Query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith(Parameter, StringComparison.Ordinal));
        return query is not null && BareJid.TryParse(Uri.UnescapeDataString(query[Parameter.Length..]), out var jid) ? jid : null;
    }
}
