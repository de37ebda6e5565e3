using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MyChat.Ui.Common;

/// <summary>Open as long as it is rendered: render it when it is wanted, stop when <see cref="OnClose"/> says so.</summary>
public partial class Dialog : ComponentBase, IAsyncDisposable
{
    private readonly string _titleId = Ids.Next();
    private ElementReference _element;
    private DotNetObjectReference<Dialog>? _this;

    [Inject]
    public required PageScript Page { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The sentence that is read out with the title.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>The label of the button that closes it; null: it must be answered by one of its buttons, Escape does nothing.</summary>
    [Parameter]
    public string? CloseWord { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>It interrupts.</summary>
    [Parameter]
    public bool Alert { get; set; }

    [Parameter]
    public string? Class { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public RenderFragment? Buttons { get; set; }

    [JSInvokable]
    public Task CloseAsync() => CloseWord is null ? Task.CompletedTask : InvokeAsync(OnClose.InvokeAsync);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _this = DotNetObjectReference.Create(this);
            await Page.CallAsync("openDialog", _element, _this);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_this is not null)
        {
            await Page.CallAsync("closeDialog", _titleId);
            _this.Dispose();
        }
    }
}
