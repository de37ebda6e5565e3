using System.Diagnostics;
using System.Globalization;

namespace MyChat.Desktop.Tests.Windows;

/// <summary>A screen of its own, in memory (Xvfb).</summary>
internal sealed class Display : IAsyncDisposable
{
    private readonly Process _server;

    private Display(Process server, string name) => (_server, Name) = (server, name);

    /// <summary>What DISPLAY is set to.</summary>
    public string Name { get; }

    public static async Task<Display> StartAsync()
    {
        var server = Process.Start(new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!; // null only with the shell's help
        server.ErrorDataReceived += static (_, _) => { };
        server.BeginErrorReadLine();
        var number = await server.StandardOutput.ReadLineAsync().WaitAsync(Patience.Long);
        return new Display(server, ":" + int.Parse(number!, CultureInfo.InvariantCulture)); // null fails here
    }

    /// <summary>The windows with exactly this title that can be seen.</summary>
    public async Task<IReadOnlyList<string>> WindowsAsync(string title)
    {
        var found = await RunAsync("xdotool", "search", "--onlyvisible", "--name", $"^{title}$");
        return found.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Waits until there is exactly one window with this title, with something drawn in it; its id.</summary>
    public Task<string> OneWindowAsync(string title, string? otherThan = null) => Patience.UntilAsync(
        async () => await WindowsAsync(title) is [var only] && only != otherThan && await IsDrawnAsync(only) ? only : null,
        () => $"No window, or more than one, is called {title}, or nothing is drawn in it.");

    // The page before its screens come is of one colour; letters have many, by their edges.
    private async Task<bool> IsDrawnAsync(string window) =>
        int.TryParse(await RunAsync("import", "-window", window, "-format", "%k", "info:"), CultureInfo.InvariantCulture, out var colours) && colours > 20;

    /// <summary>Presses keys in a window, as its user would.</summary>
    public Task PressAsync(string window, string keys) => RunAsync("xdotool", "windowfocus", "--sync", window, "key", "--clearmodifiers", keys);

    /// <summary>Writes what is seen into a picture.</summary>
    public Task PhotographAsync(string file) => RunAsync("import", "-window", "root", file);

    public async ValueTask DisposeAsync()
    {
        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DISPLAY"] = Name;
        using var process = Process.Start(start)!; // null only with the shell's help
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        _ = await error;
        return output;
    }
}
