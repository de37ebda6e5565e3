using System.Diagnostics;
using System.Text;

namespace MyChat.EndToEnd.Traces;

/// <summary>
/// What a program asks of the system, with all data, in one order for all of its threads: <c>strace</c> runs beside it and writes into a pipe. The
/// program is the child of who starts it, as ever, and can be killed.
/// </summary>
internal sealed class Trace : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("mychat-trace-").FullName;
    private readonly TraceReader _reader;
    private readonly Task _reading;

    private Trace(IEnumerable<string> calls, Func<SystemCall, bool> isWanted)
    {
        var pipe = Path.Combine(_directory, "pipe");
        using (var making = Process.Start("mkfifo", [pipe]))
        {
            making.WaitForExit();
        }
        _reader = new TraceReader(isWanted);
        _reading = Task.Factory.StartNew(() => Read(pipe), TaskCreationOptions.LongRunning);
        Command = [Strace(), "-D", "-f", "-q", "-y", "-xx", "-s", "100000000", "--seccomp-bpf", "-e", $"trace={string.Join(',', calls)}", "-o", pipe];
    }

    /// <summary>Prepares a trace of these calls; of them it keeps what is wanted.</summary>
    public static Trace Of(IEnumerable<string> calls, Func<SystemCall, bool> isWanted) => new(calls, isWanted);

    /// <summary>What to put before the program's own command line.</summary>
    public IReadOnlyList<string> Command { get; }

    /// <summary>Waits for the program's end, and gives what was wanted.</summary>
    public async Task<IReadOnlyList<SystemCall>> EndAsync()
    {
        await _reading.WaitAsync(Patience);
        return _reader.Calls();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Read(string pipe)
    {
        using var lines = new StreamReader(pipe, Encoding.Latin1, false, 1 << 20);
        while (lines.ReadLine() is { } line)
        {
            _reader.Read(line);
        }
    }

    private static string Strace() => ((string[])["/usr/bin/strace", "/usr/local/bin/strace"]).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("The tests need the package strace: ./test installs it.");
}
