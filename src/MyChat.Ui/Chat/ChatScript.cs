using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;
using MyChat.Ui.Common;

namespace MyChat.Ui.Chat;

/// <summary>A module of the chat's scripts, loaded when it is first called. A window that is gone answers nothing.</summary>
public sealed class ChatScript(IJSRuntime runtime, string file) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

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

    /// <summary>What the module's <c>attach</c> makes for one component; null when the window is gone.</summary>
    public async ValueTask<ScriptPart?> AttachAsync(params object?[] arguments) =>
        await CallAsync<IJSObjectReference>("attach", arguments) is { } part ? new ScriptPart(part) : null;

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
        if (_module is { IsCompletedSuccessfully: true } module)
        {
            await new ScriptPart(module.Result).DisposeAsync();
        }
    }

    private Task<IJSObjectReference> LoadAsync() =>
        _module ??= runtime.InvokeAsync<IJSObjectReference>("import", $"./_content/MyChat.Ui/js/{file}").AsTask();
}
