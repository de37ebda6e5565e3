using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MyChat.Demo;

/// <summary>The server program, on free ports and a directory of its own.</summary>
internal sealed partial class DemoServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private DemoServer(Process process, string startUp)
    {
        _process = process;
        Port = int.Parse(PortLine().Match(startUp).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        Fingerprint = Convert.FromHexString(FingerprintLine().Match(startUp).Value.Trim().Replace(":", "", StringComparison.Ordinal));
    }

    public const string Domain = "localhost";

    /// <summary>Where STARTTLS is spoken.</summary>
    public int Port { get; }

    /// <summary>Of the certificate that it made for itself: nobody else can answer in its place.</summary>
    public byte[] Fingerprint { get; }

    /// <exception cref="InvalidOperationException">It did not start; says what it said.</exception>
    public static async Task<DemoServer> StartAsync(string program, string directory, CancellationToken cancellationToken)
    {
        var process = Children.Start(program, [
            "serve", $"--Domain={Domain}", $"--DataDirectory={directory}", "--C2s:Listen=127.0.0.1:0", "--C2s:ListenTls=", "--Web:Listen=127.0.0.1:0",
            "--Web:ListenTls=",
        ], directory);
        var startUp = new StringBuilder();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            lock (startUp)
            {
                startUp.AppendLine(line.Data);
            }

            if (line.Data is null || line.Data.StartsWith("Ready.", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.BeginOutputReadLine();
        await ready.Task.WaitAsync(Patience, cancellationToken);
        lock (startUp)
        {
            var text = startUp.ToString();
            return PortLine().IsMatch(text) && FingerprintLine().IsMatch(text)
                ? new DemoServer(process, text)
                : throw new InvalidOperationException($"The server did not start:\n{text}");
        }
    }

    public ValueTask DisposeAsync() => new(Children.EndAsync(_process));

    [GeneratedRegex(@"127\.0\.0\.1:(\d+) \(STARTTLS\)")]
    private static partial Regex PortLine();

    [GeneratedRegex(@"^\s*(?:[0-9A-Fa-f]{2}:?){32}\s*$", RegexOptions.Multiline)]
    private static partial Regex FingerprintLine();
}
