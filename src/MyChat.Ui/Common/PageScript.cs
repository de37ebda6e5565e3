using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;

namespace MyChat.Ui.Common;

/// <summary>The script of the page: what components cannot do. One per window.</summary>
public sealed class PageScript(IJSRuntime runtime) : IAsyncDisposable
{
    /// <summary>What trimming must leave of a type that a script answers with: it is read from JSON.</summary>
    internal const DynamicallyAccessedMemberTypes Answer =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;

    private Task<IJSObjectReference>? _module;

    /// <summary>Calls a function of <c>js/mychat.js</c>. A window that is gone answers nothing.</summary>
    public async ValueTask CallAsync(string function, params object?[] arguments)
    {
        try
        {
            await (await LoadAsync()).InvokeVoidAsync(function, arguments);
        }
        catch (JSDisconnectedException)
        {
            // The window was closed; nobody sees what it would have shown.
        }
    }

    /// <summary>Calls a function of <c>js/mychat.js</c> that answers; default when the window is gone.</summary>
    public async ValueTask<T?> CallAsync<[DynamicallyAccessedMembers(Answer)] T>(string function, params object?[] arguments)
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

    public async ValueTask DisposeAsync()
    {
        if (_module is { IsCompletedSuccessfully: true } module)
        {
            try
            {
                await module.Result.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The window went first.
            }
        }
    }

    private Task<IJSObjectReference> LoadAsync() =>
        _module ??= runtime.InvokeAsync<IJSObjectReference>("import", "./_content/MyChat.Ui/js/mychat.js").AsTask();
}
