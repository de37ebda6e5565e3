using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;
using MyChat.Ui.Common;

namespace MyChat.Ui.Chat;

/// <summary>A module of the chat's scripts, loaded when it is first called. A window that is gone answers nothing.</summary>
public sealed class ChatScript(IJSRuntime runtime, string file) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;
    private Task<ScriptPart?>? _attaching;
    private bool _isGone;

    public async ValueTask CallAsync(string function, params object?[] arguments) => await CallAsync<object>(function, arguments);

    /// <summary>Calls a function that answers; default when the window is gone.</summary>
    public async ValueTask<T?> CallAsync<[DynamicallyAccessedMembers(PageScript.Answer)] T>(string function, params object?[] arguments)
    {
        try
        {
            return await (await LoadAsync()).InvokeAsync<T>(function, arguments);
        }
        catch (JSDisconnectedException)
        {
            return default;
        }
    }

    /// <summary>
    /// What the module's <c>attach</c> makes for one component, once; null when the window or the component is gone. It is told to <c>dispose</c> with this, also
    /// when the component goes while it is being made.
    /// </summary>
    public Task<ScriptPart?> AttachAsync(params object?[] arguments) =>
        _attaching = _isGone ? Task.FromResult<ScriptPart?>(null) : AttachOnceAsync(arguments);

    /// <summary>Loads it and the modules that it needs before anything is called.</summary>
    public async ValueTask PreloadAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (JSDisconnectedException)
        {
            // The window was closed meanwhile.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        if (_attaching is not null && await _attaching is { } part)
        {
            await part.CallAsync("dispose");
            await part.DisposeAsync();
        }
        if (_module is { IsCompletedSuccessfully: true } module)
        {
            await new ScriptPart(module.Result).DisposeAsync();
        }
    }

    private async Task<ScriptPart?> AttachOnceAsync(object?[] arguments) =>
        await CallAsync<IJSObjectReference>("attach", arguments) is { } part ? new ScriptPart(part) : null;

    private Task<IJSObjectReference> LoadAsync() =>
        _module ??= runtime.InvokeAsync<IJSObjectReference>("import", $"./_content/MyChat.Ui/js/{file}").AsTask();
}
