using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using MyChat.Client.Connections;

namespace MyChat.Testing.Servers;

/// <summary>
/// The real program as its own process, on free ports of the loopback address and with a data directory of its own. It can be killed and
/// started again on the same data; in the end the directory is deleted.
/// </summary>
public sealed partial class ServerProcess : PlayServer
{
    /// <summary>The setting that lets clients log in without TLS, so that a test can read along.</summary>
    public const string Plaintext = "--C2s:AllowPlaintext=true";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("mychat-").FullName;
    private readonly string _program;
    private readonly IReadOnlyList<string> _settings;
    private readonly StringBuilder _output = new();
    private Process? _process;
    private byte[]? _fingerprint;

    private readonly long? _heapBytes;
    private readonly ServerDatabase? _database;
    private readonly IReadOnlyList<string> _tracer;

    private ServerProcess(
        string program, string domain, IReadOnlyList<string> settings, long? heapBytes, ServerDatabase? database, IReadOnlyList<string> tracer) =>
        (_program, Domain, _settings, _heapBytes, _database, _tracer) = (program, domain, settings, heapBytes, database, tracer);

    /// <summary>Starts the program.</summary>
    /// <param name="settings">More options, such as <c>--Limits:ResumeSeconds=5</c>.</param>
    /// <param name="program">The program's path; null for <see cref="Program"/>.</param>
    /// <param name="database">The database it is to use; null for SQLite in its data directory.</param>
    /// <param name="heapBytes">The most that its managed heap may hold: a program that wants more ends. Null for no such limit.</param>
    /// <param name="tracer">What to put before its command line: a program that becomes it.</param>
    public static async Task<ServerProcess> StartAsync(
        IEnumerable<string>? settings = null, string domain = "verona.lit", string? program = null, long? heapBytes = null,
        ServerDatabase? database = null, IReadOnlyList<string>? tracer = null)
    {
        var server = new ServerProcess(program ?? await Program(), domain, [.. settings ?? []], heapBytes, database, tracer ?? []);
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The path of the program that is started where no other is named: the one that was built with the tests, or what they set.</summary>
    public static Func<Task<string>> Program { get; set; } = () => Task.FromResult(BuiltProgram);

    /// <summary>Where the build puts the program: beside the tests, as a dependency of theirs.</summary>
    public static string BuiltProgram => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "mychat.exe" : "mychat");

    public override string Domain { get; }

    /// <summary>Whether one may log in without TLS.</summary>
    public bool AllowsPlaintext => _settings.Contains(Plaintext);

    public string DataDirectory => _directory;
    public int Id => Running.Id;

    /// <summary>Where STARTTLS is spoken; the next start has another port, as for the others, unless it is told to keep them.</summary>
    public int StartTlsPort { get; private set; }

    public int TlsPort { get; private set; }
    public int WebPort { get; private set; }

    /// <summary>Where https is spoken, if <c>--Web:ListenTls</c> was among the settings; else 0.</summary>
    public int WebTlsPort { get; private set; }

    /// <summary>SHA-256 of the certificate that it made itself, or null.</summary>
    public byte[]? Fingerprint => _fingerprint;

    /// <summary>What the program wrote so far, on both of its outputs.</summary>
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

    private Process Running => _process ?? throw new InvalidOperationException("The server does not run.");

    /// <summary>Starts it again on the same data, after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    /// <param name="samePorts">Whether it listens where it did before.</param>
    public async Task StartAgainAsync(bool samePorts = false)
    {
        var (startTls, tls, web) = samePorts ? (StartTlsPort, TlsPort, WebPort) : default;
        var start = new ProcessStartInfo(_tracer.FirstOrDefault(_program))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = _directory,
        };
        foreach (var argument in (string[])
        [
            .. _tracer.Skip(1), .. _tracer.Count > 0 ? [_program] : (string[])[],
            "serve", $"--Domain={Domain}", $"--DataDirectory={Path.Combine(_directory, "data")}", $"--C2s:Listen=127.0.0.1:{startTls}",
            $"--C2s:ListenTls=127.0.0.1:{tls}", $"--Web:Listen=127.0.0.1:{web}", "--Web:ListenTls=", "--Registration:PerAddressPerHour=0",
            "--Limits:FailedLoginsPerAddressPerMinute=0", .. _settings,
        ])
        {
            start.ArgumentList.Add(argument);
        }
        if (_database is { } database)
        {
            // Not as arguments, which every user of the machine sees.
            start.Environment["MYCHAT__Storage__Provider"] = database.Server.Provider;
            start.Environment["MYCHAT__Storage__ConnectionString"] = database.Server.ConnectionString(database.Name, database.Port);
        }
        if (_heapBytes is { } bytes)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = bytes.ToString("x", CultureInfo.InvariantCulture);
        }
        var process = new Process { StartInfo = start };
        var lines = new StringBuilder();
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            Keep(line.Data);
            lines.AppendLine(line.Data);
            if (line.Data is null || line.Data.StartsWith("Ready.", StringComparison.Ordinal))
            {
                ready.TrySetResult(lines.ToString());
            }
        };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        _process = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var text = await ready.Task.WaitAsync(Patience);
        if (process.HasExited)
        {
            await process.WaitForExitAsync(); // for its last words
            Keep($"(exit code {process.ExitCode})");
        }
        Read(text);
    }

    /// <summary>Reads from the start-up text where the server really listens.</summary>
    private void Read(string text)
    {
        StartTlsPort = Port(StartTlsAddress().Match(text));
        TlsPort = Port(TlsAddress().Match(text));
        WebPort = Port(WebAddress().Match(text));
        WebTlsPort = SecureWebAddress().Match(text) is { Success: true } secure ? Port(secure) : 0;
        var fingerprint = FingerprintLine().Match(text);
        _fingerprint = fingerprint.Success ? Convert.FromHexString(fingerprint.Value.Trim().Replace(":", "", StringComparison.Ordinal)) : null;

        int Port(Match match) => match.Success
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The server did not start:\n{Output}");
    }

    /// <summary>A connection to its database, past the program; not yet open.</summary>
    public DbConnection ConnectToDatabase() => _database?.Server.Connect(_database.Name) ?? new SqliteConnection(new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(_directory, "data", "mychat.db"),
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
    }.ToString());

    /// <summary>Ends it as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await EndAsync();
    }

    /// <summary>Asks it to end (SIGTERM), and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }
        return await EndAsync();
    }

    private async Task<int> EndAsync()
    {
        using var process = Running;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"The server did not end:\n{Output}");
        }
        _process = null;
        return process.ExitCode;
    }

    public override PlayLink Connect(PlayTransport transport)
    {
        // Nobody else can listen on these ports, but the pinned certificate also tests pinning.
        var trust = _fingerprint is null
            ? ServerTrust.Ask((_, errors) => errors == SslPolicyErrors.RemoteCertificateChainErrors)
            : ServerTrust.Fingerprint(_fingerprint);
        return new PlayLink(
            transport switch
            {
                PlayTransport.Tls => new TcpTransport("127.0.0.1", TlsPort, Domain, TlsMode.Direct, trust),
                PlayTransport.StartTls => new TcpTransport("127.0.0.1", StartTlsPort, Domain, TlsMode.StartTls, trust),
                PlayTransport.Plain => new TcpTransport("127.0.0.1", StartTlsPort, Domain, TlsMode.None, trust),
                PlayTransport.WebSocket => new WebSocketTransport(new Uri($"ws://127.0.0.1:{WebPort}/xmpp-websocket"), trust),
                _ => throw new NotSupportedException($"Another process cannot be reached by {transport}."),
            },
            () => Task.CompletedTask);
    }

    public override async Task RegisterAsync(string localpart, string password)
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var connection = await XmppConnection.OpenAsync(
            Connect(PlayTransport.Tls).Transport, new ConnectionOptions { Domain = Domain }, patience.Token);
        await connection.RegisterAsync(localpart, password, patience.Token);
        await connection.CloseAsync(patience.Token);
    }

    public override void Advance(TimeSpan time) => throw new NotSupportedException("A real program lives in real time.");

    public override async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    [GeneratedRegex(@"[^ ]:(\d+) \(STARTTLS\)")]
    private static partial Regex StartTlsAddress();

    [GeneratedRegex(@"[^ ]:(\d+) \(TLS\)")]
    private static partial Regex TlsAddress();

    [GeneratedRegex(@"http://[^ ]*:(\d+)/")]
    private static partial Regex WebAddress();

    [GeneratedRegex(@"https://[^ ]*:(\d+)/")]
    private static partial Regex SecureWebAddress();

    [GeneratedRegex(@"^\s*(?:[0-9A-Fa-f]{2}:?){32}\s*$", RegexOptions.Multiline)]
    private static partial Regex FingerprintLine();
}
