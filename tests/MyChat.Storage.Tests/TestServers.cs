using MyChat.Testing.Servers;

namespace MyChat.Storage.Tests;

/// <summary>The database servers of this run, started when first needed; they end with it.</summary>
internal static class TestServers
{
    // Nothing here outlives a power cut, so nothing need be synced; the kills of MyChat.EndToEnd run on servers that do.
    private static readonly Lazy<DatabaseProcess> MariaDb = new(() => Wait<DatabaseProcess>(async () => await MariaDbProcess.StartAsync(
        "--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--innodb-doublewrite=0", "--max-allowed-packet=4M")));

    private static readonly Lazy<DatabaseProcess> Postgres = new(() => Wait<DatabaseProcess>(async () => await PostgresProcess.StartAsync(
        "fsync=off", "full_page_writes=off")));

    public static DatabaseProcess Get(DatabaseKind kind) => kind == DatabaseKind.MariaDb ? MariaDb.Value : Postgres.Value;

    /// <summary>Waits for something from a constructor.</summary>
    public static T Wait<T>(Func<Task<T>> what) => Task.Run(what).GetAwaiter().GetResult();
}
