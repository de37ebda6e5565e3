using System.Diagnostics;
using System.Globalization;
using System.Text;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Browsers;

/// <summary>The published desktop program as its own process, on a data folder of its own, without a window: the test opens its page.</summary>
internal sealed class DesktopProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _home = Directory.CreateTempSubdirectory("mychat-desktop-").FullName;
    private readonly StringBuilder _output = new();
    private readonly string _language;
    private Process? _process;

    /// <param name="language">The system's, as a locale of it: en_US or zh_CN.</param>
    public DesktopProcess(string language) => _language = language;

    public string DataFolder => Path.Combine(_home, "data");

    /// <summary>What the program wrote so far.</summary>
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

    public int Id => (_process ?? throw new InvalidOperationException("The program does not run.")).Id;

    /// <summary>Starts it, on what it kept before; returns the address that lets one browser in.</summary>
    public async Task<string> StartAsync()
    {
        var file = Path.Combine(DataFolder, "address");
        Directory.CreateDirectory(DataFolder);
        File.Delete(file); // one that was killed left it there
        using var watch = new FileSystemWatcher(DataFolder) { EnableRaisingEvents = true };
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        watch.Changed += (_, _) => Look();
        watch.Created += (_, _) => Look();
        watch.Renamed += (_, _) => Look();

        var start = new ProcessStartInfo(await PublishedProgram.DesktopPathAsync(), ["--data", DataFolder, "--browser", "none"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _home,
        };
        start.Environment["LANG"] = start.Environment["LC_ALL"] = _language + ".UTF-8";
        start.Environment["LANGUAGE"] = "";
        start.Environment["HOME"] = _home;
        // Neither the session's key ring nor its notifications.
        start.Environment.Remove("DBUS_SESSION_BUS_ADDRESS");
        _process = Process.Start(start)!; // null only with the shell's help
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The desktop program ended:\n{Output}"));
        Look();
        return await ready.Task.WaitAsync(Patience);

        void Look()
        {
            try
            {
                if (File.Exists(file) && File.ReadAllLines(file) is [{ Length: > 0 } address, ..])
                {
                    Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), "Others may read the address.");
                    ready.TrySetResult(address);
                }
            }
            catch (IOException)
            {
                // It is being replaced: the next look will see it.
            }
            catch (Exception wrong)
            {
                ready.TrySetException(wrong);
            }
        }
    }

    /// <summary>Asks it to end, as the system does (SIGTERM).</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }
        await EndAsync();
    }

    /// <summary>Ends it as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process?.Kill();
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_home, recursive: true);
    }

    private async Task EndAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
            process.Dispose();
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
