using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MyChat.Client.Profiles;
using MyChat.Ui.App;

namespace MyChat.Ui.Settings;

/// <summary>Cuts a square out of a picture, small enough to be published. The script draws; the file never leaves the page uncut.</summary>
public partial class CropDialog : AppComponent, IAsyncDisposable
{
    private ElementReference _canvas;
    private ElementReference _zoom;
    private IJSObjectReference? _module;
    private IJSObjectReference? _crop;
    private bool _busy;

    [Inject]
    public required IJSRuntime Runtime { get; set; }

    /// <summary>The input with the file.</summary>
    [Parameter, EditorRequired]
    public ElementReference File { get; set; }

    [Parameter]
    public EventCallback<Picture> OnPicture { get; set; }

    /// <summary>The file is no picture.</summary>
    [Parameter]
    public EventCallback OnUnreadable { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _module = await Runtime.InvokeAsync<IJSObjectReference>("import", "./_content/MyChat.Ui/js/crop.js");
        _crop = await _module.InvokeAsync<IJSObjectReference?>("open", File, _canvas, _zoom);
        if (_crop is null)
        {
            await OnUnreadable.InvokeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Dispose();
        try
        {
            await (_crop?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The window went first.
        }
    }

    private async Task UseAsync()
    {
        if (_crop is null || _busy)
        {
            return;
        }

        _busy = true;
        await using var stream = await (await _crop.InvokeAsync<IJSStreamReference>("cut", ProfileBook.MaxPictureBytes))
            .OpenReadStreamAsync(ProfileBook.MaxPictureBytes);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        var type = await _crop.InvokeAsync<string>("type");
        await OnPicture.InvokeAsync(new Picture(Convert.ToHexStringLower(SHA1.HashData(bytes.ToArray())), type, bytes.ToArray()));
        _busy = false;
    }
}
