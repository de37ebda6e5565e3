using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MyChat.Client.Connections;

namespace MyChat.Testing.Servers;

/// <summary>
/// Somebody else's server: Prosody as Debian packages it, as its own process, on free ports of the loopback address and with a directory of its own,
/// which is deleted in the end. Whether Debian's service runs as well makes no difference.
/// </summary>
public sealed class ProsodyProcess : PlayServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Program = "/usr/bin/prosody";
    private const int Services = 3; // STARTTLS, direct TLS, HTTP

    private readonly string _directory = Directory.CreateTempSubdirectory("prosody-").FullName;
    private readonly TestCertificate _certificate;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private ProsodyProcess(string domain) => (Domain, _certificate) = (domain, new TestCertificate(domain));

    /// <summary>Whether Prosody is installed.</summary>
    public static bool IsHere => File.Exists(Program);

    public static async Task<ProsodyProcess> StartAsync(string domain = "verona.lit")
    {
        var server = new ProsodyProcess(domain);
        try
        {
            // A port that was free may be somebody else's a moment later.
            for (var attempt = 1; !await server.TryStartAsync(); attempt++)
            {
                await server.EndAsync();
                if (attempt == 3)
                {
                    throw new InvalidOperationException($"Prosody did not start:\n{server.Output}");
                }
            }
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public override string Domain { get; }
    public int StartTlsPort { get; private set; }
    public int TlsPort { get; private set; }
    public int HttpPort { get; private set; }

    public ServerTrust Trust => _certificate.Trust;

    /// <summary>SHA-256 of its certificate.</summary>
    public byte[] Fingerprint => SHA256.HashData(_certificate.Certificate.RawData);

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

    /// <summary>Ends it as a crash does (SIGKILL).</summary>
    public Task KillAsync() => EndAsync();

    /// <summary>Starts it again on the same data and ports, after <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        if (!await RunAsync())
        {
            throw new InvalidOperationException($"Prosody did not start:\n{Output}");
        }
    }

    private async Task<bool> TryStartAsync()
    {
        (StartTlsPort, TlsPort, HttpPort) = (FreePort(), FreePort(), FreePort());
        Directory.CreateDirectory(Path.Combine(_directory, "data"));
        using (var key = _certificate.Certificate.GetECDsaPrivateKey()!) // made with one
        {
            await File.WriteAllTextAsync(Path.Combine(_directory, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        }
        await File.WriteAllTextAsync(Path.Combine(_directory, "certificate.pem"), _certificate.Certificate.ExportCertificatePem());
        await using var template = typeof(ProsodyProcess).Assembly.GetManifestResourceStream("prosody.cfg.lua")!; // embedded by the project file
        using var reader = new StreamReader(template);
        var text = (await reader.ReadToEndAsync())
            .Replace("@DIRECTORY@", _directory, StringComparison.Ordinal)
            .Replace("@DOMAIN@", Domain, StringComparison.Ordinal)
            .Replace("@STARTTLS@", $"{StartTlsPort}", StringComparison.Ordinal)
            .Replace("@TLS@", $"{TlsPort}", StringComparison.Ordinal)
            .Replace("@HTTP@", $"{HttpPort}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_directory, "prosody.cfg.lua"), text);
        if (Environment.IsPrivilegedProcess)
        {
            // Prosody does not run as root, but as the user that its package made, who has to read all this.
            using var chown = Process.Start("chown", ["-R", "prosody:prosody", _directory]);
            await chown.WaitForExitAsync();
        }
        return await RunAsync();
    }

    private async Task<bool> RunAsync()
    {
        string[] command = [Program, "--config", Path.Combine(_directory, "prosody.cfg.lua"), "-F"];
        command = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=prosody", "--regid=prosody", "--clear-groups", .. command] : command;
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                WorkingDirectory = _directory,
            },
        };
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var services = 0;
        process.OutputDataReceived += (_, line) =>
        {
            Keep(line.Data);
            if (line.Data is null || line.Data.Contains("Failed to open server port", StringComparison.Ordinal))
            {
                ready.TrySetResult(false);
            }
            else if (line.Data.Contains("Activated service '", StringComparison.Ordinal)
                && line.Data.Contains("127.0.0.1", StringComparison.Ordinal)
                && ++services == Services)
            {
                ready.TrySetResult(true);
            }
        };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        _process = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return await ready.Task.WaitAsync(Patience);
    }

    private async Task EndAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public override PlayLink Connect(PlayTransport transport) => new(
        transport switch
        {
            PlayTransport.Tls => new TcpTransport("127.0.0.1", TlsPort, Domain, TlsMode.Direct, Trust),
            PlayTransport.StartTls => new TcpTransport("127.0.0.1", StartTlsPort, Domain, TlsMode.StartTls, Trust),
            PlayTransport.WebSocket => new WebSocketTransport(new Uri($"ws://127.0.0.1:{HttpPort}/xmpp-websocket"), Trust, isPrivate: true),
            _ => throw new NotSupportedException($"Another process cannot be reached by {transport}."),
        },
        () => Task.CompletedTask);

    public override async Task RegisterAsync(string localpart, string password)
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var connection = await XmppConnection.OpenAsync(
            Connect(PlayTransport.StartTls).Transport, new ConnectionOptions { Domain = Domain }, patience.Token);
        await connection.RegisterAsync(localpart, password, patience.Token);
        await connection.CloseAsync(patience.Token);
    }

    public override void Advance(TimeSpan time) => throw new NotSupportedException("A real program lives in real time.");

    public override async ValueTask DisposeAsync()
    {
        await EndAsync();
        _certificate.Dispose();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
