using MyChat.Client;
using MyChat.Client.Sessions;
using MyChat.Ui.App;

namespace MyChat.Ui.Shell;

/// <summary>Where the connection stands, when it is not simply there: the cause, when it is tried again, and a button that tries now.</summary>
public partial class ConnectionBar : AppComponent
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private ConnectionStatus _status = new(ConnectionPhase.Connecting);
    private ITimer? _clock;

    protected override Changes Watches => Changes.Status | Changes.Store;

    protected override bool ShouldRender()
    {
        Look();
        return true;
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Look();
    }

    protected override void Dispose(bool disposing)
    {
        _clock?.Dispose();
        base.Dispose(disposing);
    }

    private void Look()
    {
        _status = App.Client?.Status ?? _status;
        if (_status.RetryAt is null)
        {
            _clock?.Dispose();
            _clock = null;
        }
        else
        {
            _clock ??= App.Time.CreateTimer(_ => Refresh(), null, Second, Second);
        }
    }
}
