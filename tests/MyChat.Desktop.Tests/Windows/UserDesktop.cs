using System.Diagnostics;
using System.Globalization;
using System.Text;
using MyChat.Testing.Servers;

namespace MyChat.Desktop.Tests.Windows;

/// <summary>
/// The published program as an ordinary user runs it: browsers refuse to protect themselves for root, and ours never asks them not to. Tests that
/// run as root run it as nobody.
/// </summary>
internal sealed class UserDesktop : IAsyncDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly List<Process> _started = [];
    private readonly StringBuilder _output = new();
    private readonly string _program;

    private UserDesktop(string program) => _program = program;

    public string Home => _home.Path;
    public string DataFolder => _home["data"];

    /// <summary>Programs in here are found first.</summary>
    public string Programs => _home["bin"];

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static async Task<UserDesktop> CreateAsync()
    {
        var desktop = new UserDesktop("mychat/mychat-desktop");
        // Where the repository is, nobody may not be able to go.
        Copy(Path.GetDirectoryName(await PublishedProgram.DesktopPathAsync())!, desktop._home["mychat"]); // a file has a folder
        Directory.CreateDirectory(desktop.Programs);
        Directory.CreateDirectory(desktop.DataFolder);
        return desktop;
    }

    /// <summary>Writes a file into the data folder before the start.</summary>
    public void Prepare(string name, string content) => File.WriteAllText(Path.Combine(DataFolder, name), content);

    /// <summary>Puts a script of this name in front of the system's program.</summary>
    public string Script(string name, string text) => _home.Script(Path.Combine("bin", name), text);

    public async Task<Process> StartAsync(Display? display, params IEnumerable<string> arguments)
    {
        await OwnAsync();
        string[] command = [_home[_program], "--data", DataFolder, .. arguments];
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "--", .. command])
            : new ProcessStartInfo(command[0], command[1..]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.WorkingDirectory = Home;
        start.Environment["HOME"] = Home;
        start.Environment["PATH"] = Programs + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["LANG"] = start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment.Remove("XDG_DATA_HOME");
        start.Environment.Remove("XDG_RUNTIME_DIR");
        start.Environment.Remove("DBUS_SESSION_BUS_ADDRESS");
        start.Environment.Remove("WAYLAND_DISPLAY");
        start.Environment["DISPLAY"] = display?.Name ?? "";
        var process = Process.Start(start)!; // null only with the shell's help
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _started.Add(process);
        return process;
    }

    /// <summary>The exit code, when it has ended by itself.</summary>
    public async Task<int> EndAsync(Process process)
    {
        using var timeout = new CancellationTokenSource(Patience.Long);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It did not end:\n{Output}");
        }

        return process.ExitCode;
    }

    /// <summary>The command lines of the programs that run on the data folder: the browser and its parts, by process id.</summary>
    public IReadOnlyDictionary<int, string[]> Browsers() => (
        from folder in Directory.EnumerateDirectories("/proc")
        let id = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
        where id != 0
        let command = CommandLine(folder)
        where command is [var program, ..] && program.Contains("chrom", StringComparison.Ordinal)
            && command.Any(argument => argument.Contains(Path.Combine(DataFolder, "browser"), StringComparison.Ordinal))
        select (id, command)).ToDictionary();

    /// <summary>The browser itself: the one process that was given the window.</summary>
    public int BrowserId() => Browsers().Single(process => process.Value.Any(argument => argument.StartsWith("--app=", StringComparison.Ordinal))
        && !process.Value.Any(argument => argument.StartsWith("--type=", StringComparison.Ordinal))).Key;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }

        await Patience.UntilAsync(() => Browsers().Count == 0, () => "A browser is left.");
        _home.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    private async Task OwnAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["-R", "65534:65534", Home]);
            await chown.WaitForExitAsync();
        }
    }

    private static string[] CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // It has ended.
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
