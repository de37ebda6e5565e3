using Microsoft.AspNetCore.Components;
using MyChat.Client;
using MyChat.Client.Connections;
using MyChat.Ui.Language;

namespace MyChat.Ui.App;

/// <summary>A component that shows something of the app, and shows it anew when the app changes.</summary>
public abstract class AppComponent : ComponentBase, IDisposable
{
    private bool _isDisposed;

    [CascadingParameter]
    public required ChatApp App { get; set; }

    [CascadingParameter]
    public required AppWindow Window { get; set; }

    protected Words Words => App.Words;

    protected Navigation Navigation => App.Navigation;

    /// <summary>The client of the account; only components below the shell use it. It stays the same until they go, which is after the account went.</summary>
    protected ChatClient Client => field ??= App.Client ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>Which changes of the client make it render anew; those of the app always do.</summary>
    protected virtual Changes Watches => Changes.None;

    protected override void OnInitialized()
    {
        App.Changed += Refresh;
        App.ClientChanged += OnClientChanged;
    }

    /// <summary>Renders anew; from any thread.</summary>
    protected void Refresh() => _ = InvokeAsync(() =>
    {
        // The account may have gone, with this component about to follow.
        if (!_isDisposed)
        {
            StateHasChanged();
        }
    });

    /// <summary>Runs a command; what went wrong comes back in words, null when it worked.</summary>
    protected async Task<string?> TryAsync(Func<Task> command)
    {
        try
        {
            await command();
            return null;
        }
        catch (XmppException exception)
        {
            return Words.Errors.Of(exception);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        App.Changed -= Refresh;
        App.ClientChanged -= OnClientChanged;
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) { }

    private void OnClientChanged(Changes changes)
    {
        if ((changes & Watches) != 0)
        {
            Refresh();
        }
    }
}
