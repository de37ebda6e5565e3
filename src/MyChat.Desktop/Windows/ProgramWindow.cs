using System.Diagnostics;
using MyChat.Desktop.Loopback;
using MyChat.Desktop.Programs;

namespace MyChat.Desktop.Windows;

/// <summary>What shows the page: the browsers to try, in order; with none left, a tab in the user's browser, where that is wanted.</summary>
internal sealed record BrowserChoice(IReadOnlyList<Browser> Browsers, bool Tab);

/// <summary>The program's window: opens it, shows it again, and knows when it is closed.</summary>
internal sealed partial class ProgramWindow : IDisposable
{
    /// <summary>How long a browser may take before it is asked again.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly WindowWatch _watch;
    private readonly OpenPages _pages;
    private readonly LoopbackAddress _address;
    private readonly Tickets _tickets;
    private readonly BrowserChoice _choice;
    private readonly string _profile;
    private readonly TimeProvider _time;
    private readonly ILogger<ProgramWindow> _logger;
    private long _shown;
    private Process? _browser;
    private int _next;

    public ProgramWindow(
        WindowWatch watch, OpenPages pages, LoopbackAddress address, Tickets tickets, BrowserChoice choice, Data.DataFolder folder,
        TimeProvider time, ILogger<ProgramWindow> logger)
    {
        (_watch, _pages, _address, _tickets, _choice, _profile) = (watch, pages, address, tickets, choice, folder.BrowserFolder);
        (_time, _logger) = (time, logger);
        _watch.Failed += OnFailed;
    }

    /// <summary>There is nothing that could show a window; says why.</summary>
    public event Action<string>? Impossible;

    /// <summary>The window is a tab in the user's browser, as there is no browser for a window of its own.</summary>
    public bool IsTab { get; private set; }

    /// <summary>Shows the window: brings it to the front, or opens it.</summary>
    public void Show()
    {
        lock (_gate)
        {
            if (_watch.State == WindowState.Opening && _time.GetElapsedTime(_shown) < OnItsWay)
            {
                return;
            }

            _shown = _time.GetTimestamp();

            // A page cannot bring itself to the front. A new one can, and takes the old one's place.
            if (_next < _choice.Browsers.Count || _choice.Tab)
            {
                _pages.Replace();
            }

            Open();
        }
    }

    /// <summary>Ends the browser, if it is ours.</summary>
    public void Dispose()
    {
        _watch.Failed -= OnFailed;
        lock (_gate)
        {
            if (_browser is { HasExited: false } browser)
            {
                browser.Kill(entireProcessTree: true);
            }

            _browser?.Dispose();
            _browser = null;
        }
    }

    private void Open()
    {
        while (_next < _choice.Browsers.Count)
        {
            if (TryOpen(_choice.Browsers[_next]))
            {
                return;
            }

            _next++;
        }

        OpenTab();
    }

    private bool TryOpen(Browser browser)
    {
        try
        {
            var process = BrowserProcess.OpenWindow(browser, Gate.EnterAddress(_address, _tickets.Issue()), _profile);
            if (_browser is { HasExited: false })
            {
                // A browser that runs on the profile opens the window; this one only tells it.
                _watch.OnLaunch(isOurs: true, isSame: true);
                _ = DisposeAtEndAsync(process);
            }
            else
            {
                _browser?.Dispose();
                _browser = process;
                _ = AwaitEndAsync(process, _watch.OnLaunch(isOurs: true));
            }

            return true;
        }
        catch (ExternalProgramException e)
        {
            Log.CannotOpen(_logger, browser.Name, e.Message);
            return false;
        }
    }

    private async Task AwaitEndAsync(Process process, int launch)
    {
        await process.WaitForExitAsync().ConfigureAwait(false);
        _watch.OnBrowserEnded(launch, process.ExitCode);
    }

    private static async Task DisposeAtEndAsync(Process process)
    {
        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
    }

    private void OnFailed()
    {
        lock (_gate)
        {
            Log.CannotOpen(_logger, _choice.Browsers[_next].Name, "it ended before it showed anything");
            _next++;
            Open();
        }
    }

    private void OpenTab()
    {
        IsTab = true;
        if (!_choice.Tab)
        {
            // Somebody opens the address of the address file by himself.
            Log.NoBrowserWanted(_logger);
            return;
        }

        try
        {
            _watch.OnLaunch(isOurs: false);
            BrowserProcess.OpenTab(Gate.EnterAddress(_address, _tickets.Issue()));
            Log.Tab(_logger);
        }
        catch (ExternalProgramException e)
        {
            Impossible?.Invoke(e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{browser} cannot show MyChat's window: {reason}")]
        public static partial void CannotOpen(ILogger logger, string browser, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Neither Chrome nor Chromium nor Brave is here to show MyChat as a window of its own; "
            + "it is a tab in your browser.")]
        public static partial void Tab(ILogger logger);

        [LoggerMessage(Level = LogLevel.Information, Message = "No browser is opened. The address is in the file \"address\" of the data folder.")]
        public static partial void NoBrowserWanted(ILogger logger);
    }
}
