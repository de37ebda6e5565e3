using MyChat.Ui.App;

namespace MyChat.Ui.Shell;

public partial class HintBox : AppComponent, IAsyncDisposable
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(6);
    private ITimer? _timer;
    private string? _shown;

    protected override void OnAfterRender(bool firstRender)
    {
        if (_shown != App.Hint)
        {
            _shown = App.Hint;
            _timer?.Dispose();
            _timer = _shown is null ? null : App.Time.CreateTimer(_ => App.Tell(null), null, Shown, Timeout.InfiniteTimeSpan);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        Dispose();
    }
}
