using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;
using MyChat.Ui.Common;

namespace MyChat.Ui.Chat;

/// <summary>An object of a script: calls on it, until the window is gone.</summary>
public sealed class ScriptPart(IJSObjectReference part) : IAsyncDisposable
{
    public async ValueTask CallAsync(string function, params object?[] arguments) => await CallAsync<object>(function, arguments);

    public async ValueTask<T?> CallAsync<[DynamicallyAccessedMembers(PageScript.Answer)] T>(string function, params object?[] arguments)
    {
        try
        {
            return await part.InvokeAsync<T>(function, arguments);
        }
        catch (JSDisconnectedException)
        {
            // The window was closed; nobody sees what it would have shown.
            return default;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await part.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The window went first.
        }
    }
}
