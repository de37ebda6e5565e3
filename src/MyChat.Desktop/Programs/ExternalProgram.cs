using System.ComponentModel;
using System.Diagnostics;

namespace MyChat.Desktop.Programs;

/// <summary>What a program of the system said and how it ended.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error);

/// <summary>A program of the system cannot be started, or does not end.</summary>
internal sealed class ExternalProgramException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Runs programs of the system. Arguments are passed as they are: no shell reads them.</summary>
internal static class ExternalProgram
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="input">What it reads; null for nothing.</param>
    /// <param name="patience">After that it is ended.</param>
    /// <exception cref="ExternalProgramException">It cannot be started, or did not end in time.</exception>
    public static async Task<ProgramResult> RunAsync(
        string program, IEnumerable<string> arguments, string? input, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Start(start);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await GiveAsync(process, input).ConfigureAwait(false);
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return new ProgramResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExternalProgramException($"{Path.GetFileName(program)} does not answer.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <exception cref="ExternalProgramException">It cannot be started.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new ExternalProgramException($"{start.FileName} did not start.");
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException or PlatformNotSupportedException)
        {
            throw new ExternalProgramException($"{start.FileName} cannot be started: {e.Message}", e);
        }
    }

    /// <summary>Where a program is by the search path, or null.</summary>
    public static string? Find(string name)
    {
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, name + suffix))
            .FirstOrDefault(CanRun);
    }

    /// <summary>Whether there is a program at this path that the user may run.</summary>
    public static bool CanRun(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static async Task GiveAsync(Process process, string? input)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input).ConfigureAwait(false);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says more.
        }
    }
}
