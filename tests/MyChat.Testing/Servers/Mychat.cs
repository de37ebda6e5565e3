using System.Diagnostics;
using System.Text;

namespace MyChat.Testing.Servers;

/// <summary>What became of a program that ran to its end.</summary>
public sealed record Run(int ExitCode, string Output, string Error);

/// <summary>Runs the real program's commands, in an empty directory of its own, with nothing of our environment's configuration.</summary>
public sealed class Mychat : IDisposable
{
    /// <summary>How long a command may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public string Folder { get; } = Directory.CreateTempSubdirectory("mychat-host-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Who may do what with a file; Windows has no such thing.</summary>
    public static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    public Task<Run> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    public async Task<Run> RunWithInputAsync(string input, params string[] arguments)
    {
        using var process = await StartAsync(arguments);
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: what it says tells why.
        }

        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new Run(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>Starts a command and ends it as a crash does (SIGKILL), at the moment that <paramref name="when"/> ends.</summary>
    /// <returns>Whether it was still at work.</returns>
    public async Task<bool> KillAsync(Func<CancellationToken, Task> when, params string[] arguments)
    {
        using var process = await StartAsync(arguments);
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await await Task.WhenAny(when(patience.Token), process.WaitForExitAsync(patience.Token));
        }
        finally
        {
            process.Kill();
        }
        await process.WaitForExitAsync(patience.Token);
        await Task.WhenAll(output, error);
        await patience.CancelAsync(); // nobody waits for its moment any more
        return process.ExitCode != 0;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private async Task<Process> StartAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(await ServerProcess.Program(), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Folder,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!; // null only with the shell's help
    }
}
