using System.Diagnostics;
using System.Text;
using MyChat.Testing.Servers;

namespace MyChat.Desktop.Tests.Loopback;

/// <summary>The published program, without a window.</summary>
public sealed class RunningDesktop : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringBuilder _output = new();
    private Process? _process;

    public string DataFolder => _folder["data"];
    public string AddressFile => Path.Combine(DataFolder, "address");

    /// <summary>The one-time address that stands in the file now.</summary>
    public Uri Address => new(File.ReadAllLines(AddressFile)[0]);

    public string Control => File.ReadAllLines(AddressFile)[1];

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo(await PublishedProgram.DesktopPathAsync(), ["--data", DataFolder, "--browser", "none"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        _process = Process.Start(start)!; // null only with the shell's help
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Patience.UntilAsync(() => File.Exists(AddressFile) || _process.HasExited, () => $"No address:\n{_output}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
