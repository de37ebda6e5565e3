using System.Diagnostics;
using MyChat.Desktop.Programs;

namespace MyChat.Desktop.Windows;

/// <summary>How browsers are started.</summary>
internal static class BrowserProcess
{
    // The window's browser belongs to MyChat: it asks nothing, keeps nothing in the user's keyring, and talks to nobody else. Its sandbox stays
    // on, and it opens no port for debuggers. A window in the background goes on at full speed, so that it shows what is new at once.
    private static readonly string[] Flags =
    [
        "--no-first-run", "--no-default-browser-check", "--disable-sync", "--disable-background-networking", "--disable-component-update",
        "--disable-domain-reliability", "--disable-background-mode", "--no-pings", "--no-service-autorun", "--password-store=basic",
        "--use-mock-keychain", "--disable-features=Translate,MediaRouter,OptimizationHints,GlobalMediaControls",
        "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
        "--hide-crash-restore-bubble", "--window-size=1080,760", "--class=MyChat",
    ];

    /// <summary>Opens an address as a window of its own. The process lasts as long as the browser's windows.</summary>
    /// <param name="profile">A profile of MyChat's own, so that the user's browser and ours know nothing of each other.</param>
    /// <exception cref="ExternalProgramException">It cannot be started.</exception>
    public static Process OpenWindow(Browser browser, string address, string profile)
    {
        var start = new ProcessStartInfo(browser.Program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["--app=" + address, "--user-data-dir=" + profile, .. Flags])
        {
            start.ArgumentList.Add(argument);
        }

        var process = ExternalProgram.Start(start);
        // What it says is of no use to our users, and must not fill the pipe.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Opens an address as a tab of the user's browser.</summary>
    /// <exception cref="ExternalProgramException">There is none.</exception>
    public static void OpenTab(string address)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(address) { UseShellExecute = true }
            : OperatingSystem.IsMacOS() ? new ProcessStartInfo("open", [address])
            : new ProcessStartInfo(ExternalProgram.Find("xdg-open") ?? throw new ExternalProgramException("There is no browser."), [address]);
        try
        {
            using var process = Process.Start(start);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new ExternalProgramException($"No browser can be opened: {e.Message}", e);
        }
    }
}
