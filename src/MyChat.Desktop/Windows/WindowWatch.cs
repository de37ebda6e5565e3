namespace MyChat.Desktop.Windows;

/// <summary>What has become of the window.</summary>
internal enum WindowState
{
    /// <summary>None is wanted, or it was closed.</summary>
    None,
    /// <summary>A browser was started; its page has not connected yet.</summary>
    Opening,
    Open,
    /// <summary>The page is gone: closed, or only a dropped socket.</summary>
    Missing,
}

/// <summary>
/// Decides when the window is closed: the browser has ended, or no page was connected for 10 s. Never at one dropped socket. Knows also when a
/// browser never showed the page.
/// </summary>
internal sealed class WindowWatch : IDisposable
{
    public static readonly TimeSpan MissingPatience = TimeSpan.FromSeconds(10);

    /// <summary>A browser may start slowly, and ask the user something first.</summary>
    public static readonly TimeSpan OpeningPatience = TimeSpan.FromMinutes(2);

    /// <summary>A page that goes so soon after its browser ended went with it; later, it was another browser's that had been given the page.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _pages = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private int _launch;
    private bool _browserRuns;
    private long? _browserEnded;

    public WindowWatch(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => OnTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The window is closed.</summary>
    public event Action? Closed;

    /// <summary>The browser ended badly before it showed the page.</summary>
    public event Action? Failed;

    public WindowState State { get; private set; }

    /// <summary>A browser is being started; the number of this launch.</summary>
    /// <param name="isOurs">Whether its process lasts as long as its windows; a tab in the default browser leaves no such process.</param>
    /// <param name="isSame">Whether it is the browser of the launch before, which is asked for another window.</param>
    public int OnLaunch(bool isOurs, bool isSame = false)
    {
        lock (_gate)
        {
            if (!isSame)
            {
                _browserRuns = isOurs;
                _browserEnded = null;
            }

            if (_pages.Count == 0)
            {
                Become(WindowState.Opening, OpeningPatience);
            }

            return isSame ? _launch : ++_launch;
        }
    }

    /// <summary>The browser of a launch ended; with 0 it may have handed the page to one that runs already.</summary>
    public void OnBrowserEnded(int launch, int exitCode)
    {
        Action? tell = null;
        lock (_gate)
        {
            if (launch == _launch)
            {
                _browserRuns = false;
                _browserEnded = _time.GetTimestamp();
                tell = State switch
                {
                    WindowState.Missing => Close(),
                    WindowState.Opening when exitCode != 0 => Fail(),
                    WindowState.Opening => WaitForAnother(),
                    _ => null,
                };
            }
        }

        tell?.Invoke();
    }

    public void OnPageUp(string page)
    {
        lock (_gate)
        {
            _pages.Add(page);
            Become(WindowState.Open, null);
        }
    }

    public void OnPageDown(string page)
    {
        Action? tell = null;
        lock (_gate)
        {
            if (_pages.Remove(page) && _pages.Count == 0)
            {
                Become(WindowState.Missing, MissingPatience);
                tell = _browserEnded is { } ended && _time.GetElapsedTime(ended) <= Together ? Close() : null;
            }
        }

        tell?.Invoke();
    }

    public void Dispose() => _timer.Dispose();

    private void OnTime()
    {
        Action? tell = null;
        lock (_gate)
        {
            // While a browser of ours runs it may still show the page: it may ask the user something first.
            tell = State == WindowState.Missing || (State == WindowState.Opening && !_browserRuns) ? Close() : null;
        }

        tell?.Invoke();
    }

    // Closed before it showed anything, or another browser has the page and will show it soon.
    private Action? WaitForAnother()
    {
        Become(WindowState.Opening, MissingPatience);
        return null;
    }

    private Action? Close()
    {
        Become(WindowState.None, null);
        return Closed;
    }

    private Action? Fail()
    {
        Become(WindowState.None, null);
        return Failed;
    }

    private void Become(WindowState state, TimeSpan? patience)
    {
        State = state;
        _timer.Change(patience ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
