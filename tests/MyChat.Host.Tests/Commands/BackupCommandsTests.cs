using System.Text.Json;
using MyChat.Client.Connections;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Host.Tests.Commands;

public abstract class BackupCommandsTests(string? provider) : IAsyncLifetime
{
    private const int Least = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Mychat _mychat = new();
    private readonly List<string> _databases = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _mychat.Dispose();
        foreach (var name in _databases)
        {
            await DatabaseServers.Get(provider!).DropDatabaseAsync(name); // a database has a provider
        }
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_backup_began_is_in_it_although_messages_go_on()
    {
        var database = await NewDatabase();
        await using var server = await ServerProcess.StartAsync(["--Limits:UndeliveredPerSenderAndAccount=0"], database: database);
        await server.RegisterAsync("romeo", "secret");
        await server.RegisterAsync("小明", "secret");
        await using var romeo = await XmppConnection.OpenAsync(
            server.Connect(PlayTransport.Tls).Transport, new ConnectionOptions { Domain = server.Domain, AcknowledgeEvery = 0 }, Token);
        await romeo.LogInAsync(new LogIn("romeo", "secret") { StreamManagement = true }, Token);
        using var calm = new CancellationTokenSource();
        var acknowledged = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = Task.Run(async () =>
        {
            for (var sent = 0; !calm.IsCancellationRequested;)
            {
                for (var burst = 0; burst < 10; burst++)
                {
                    romeo.Post($"<message to='小明@verona.lit' type='chat'><body>{sent++} it's \"quoted\" 😀</body></message>");
                }
                await romeo.ConfirmAsync(Token);
                Volatile.Write(ref acknowledged, sent);
                if (sent >= Least)
                {
                    enough.TrySetResult();
                }
            }
        }, Token);
        await await Task.WhenAny(enough.Task, sending).WaitAsync(Patience, Token);

        var before = Volatile.Read(ref acknowledged);
        var file = Path.Combine(_mychat.Folder, "it's a \"backup\" 备份.mychat");
        var backup = await _mychat.RunAsync("backup", file, "--json", Where(server));
        await calm.CancelAsync();
        await sending;
        var certificate = await File.ReadAllTextAsync(Path.Combine(server.DataDirectory, "data", "certificate.pem"), Token);

        Assert.Equal(0, backup.ExitCode);
        using var said = JsonDocument.Parse(backup.Output);
        Assert.InRange(said.RootElement.GetProperty("messages").GetInt32(), before, acknowledged);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mychat.Mode(file));
        Assert.Contains("messages:", backup.Error, StringComparison.Ordinal); // no terminal: a line for each step

        // Into another database, by another program run, with its progress not wanted.
        Use(await NewDatabase());
        var data = Path.Combine(_mychat.Folder, "restored");
        var restored = await _mychat.RunAsync("restore", file, "--quiet", "--Domain=verona.lit", $"--DataDirectory={data}");
        Assert.Equal((0, ""), (restored.ExitCode, restored.Error));
        Assert.StartsWith("Restored 2 accounts and ", restored.Output, StringComparison.Ordinal);
        Assert.Equal(certificate, await File.ReadAllTextAsync(Path.Combine(data, "certificate.pem"), Token));
        var list = await _mychat.RunAsync("user", "list", "--Domain=verona.lit", $"--DataDirectory={data}");
        Assert.Contains("小明@verona.lit", list.Output, StringComparison.Ordinal);
        // Nothing is put over what is there, unless it is asked for.
        var again = await _mychat.RunAsync("restore", file, "--quiet", "--Domain=verona.lit", $"--DataDirectory={data}");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--replace", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _mychat.RunAsync("restore", file, "--quiet", "--replace", "--Domain=verona.lit", $"--DataDirectory={data}")).ExitCode);
    }

    [Fact]
    public async Task A_restore_needs_a_stopped_server()
    {
        await using var server = await ServerProcess.StartAsync(database: await NewDatabase());
        var file = Path.Combine(_mychat.Folder, "x.backup");
        Assert.Equal(0, (await _mychat.RunAsync("backup", file, Where(server))).ExitCode);
        var run = await _mychat.RunAsync("restore", file, "--Domain=verona.lit", Where(server));
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains($"needs a stopped server, and process {server.Id} uses", run.Error, StringComparison.Ordinal);
    }

    private static string Where(ServerProcess server) => $"--DataDirectory={Path.Combine(server.DataDirectory, "data")}";

    private async Task<ServerDatabase?> NewDatabase()
    {
        if (provider is null)
        {
            return null;
        }
        var server = DatabaseServers.Get(provider);
        _databases.Add(await server.CreateDatabaseAsync());
        return new ServerDatabase(server, _databases[^1]);
    }

    private void Use(ServerDatabase? database)
    {
        if (database is not null)
        {
            _mychat.Environment["MYCHAT__Storage__Provider"] = database.Server.Provider;
            _mychat.Environment["MYCHAT__Storage__ConnectionString"] = database.Server.ConnectionString(database.Name);
        }
    }
}

public sealed class BackupCommandsOnSqliteTests() : BackupCommandsTests(null);
public sealed class BackupCommandsOnMariaDbTests() : BackupCommandsTests("mysql");
public sealed class BackupCommandsOnPostgresTests() : BackupCommandsTests("postgres");
