using MyChat.Bench.Measuring;
using MyChat.Storage;
using MyChat.Storage.Stores;
using MyChat.Testing.Servers;

namespace MyChat.StoreBench;

/// <summary>A database of the bench's own, with the settings that an operator should have: every commit is synced.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    public static readonly string[] Providers = ["sqlite", "mysql", "postgres"];

    private readonly string _directory;
    private readonly DatabaseProcess? _server;
    private readonly ProcessMeter _meter;

    private BenchDatabase(string directory, DatabaseProcess? server, Database database) =>
        (_directory, _server, _meter, Database) = (directory, server, new ProcessMeter(server?.ProcessId), database);

    public Database Database { get; }

    /// <summary>Processor time of the database's own processes so far; nothing where it is part of this one.</summary>
    public double ServerSeconds()
    {
        _meter.Refresh();
        return _meter.ProcessorSeconds();
    }

    public static async Task<BenchDatabase> StartAsync(string provider)
    {
        var directory = Directory.CreateTempSubdirectory("mychat-bench-").FullName;
        DatabaseProcess? server = provider switch
        {
            "mysql" => await MariaDbProcess.StartAsync("--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M"),
            "postgres" => await PostgresProcess.StartAsync("shared_buffers=1GB", "max_wal_size=2GB"),
            _ => null,
        };
        var options = new StorageOptions { DataDirectory = directory };
        if (server is not null)
        {
            options.Provider = provider;
            options.ConnectionString = server.ConnectionString(await server.CreateDatabaseAsync());
        }
        return new BenchDatabase(directory, server, Database.Open(options));
    }

    /// <summary>A new account's id.</summary>
    public async Task<long> CreateAccountAsync(string localpart) =>
        (await new AccountStore(Database).CreateAsync(localpart, [], TimeProvider.System.GetUtcNow(), CancellationToken.None)
            ?? throw new InvalidOperationException($"There is a {localpart} already.")).Id;

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
        Directory.Delete(_directory, recursive: true);
    }
}
