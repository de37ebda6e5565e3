using MyChat.Storage;

namespace MyChat.Testing.Servers;

/// <summary>The database servers that a whole run shares, started when first needed; they end with it.</summary>
public static class DatabaseServers
{
    // Nothing here outlives a power cut, so nothing need be synced; what is killed runs on servers of its own that do.
    private static readonly Dictionary<string, Lazy<DatabaseProcess>> Servers = new()
    {
        ["mysql"] = new(() => Wait<DatabaseProcess>(async () => await MariaDbProcess.StartAsync(
            "--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--innodb-doublewrite=0", "--max-allowed-packet=4M"))),
        ["postgres"] = new(() => Wait<DatabaseProcess>(async () => await PostgresProcess.StartAsync("fsync=off", "full_page_writes=off"))),
    };

    // A database with the schema, of each that can copy one: the tables are made once, and not for each test.
    private static readonly Dictionary<string, Lazy<string?>> Templates = new()
    {
        ["mysql"] = new(() => null),
        ["postgres"] = new(() => Wait(async () =>
        {
            var server = Get("postgres");
            var name = await server.CreateDatabaseAsync();
            await Database.Open(new StorageOptions { Provider = server.Provider, ConnectionString = server.ConnectionString(name) }).DisposeAsync();
            return name;
        })),
    };

    /// <summary>Makes a database for the program, which has its tables already where that is cheaper; returns its name.</summary>
    /// <param name="provider">As <c>Storage:Provider</c> calls it.</param>
    public static string Create(string provider) => Wait(() => Get(provider).CreateDatabaseAsync(Templates[provider].Value));

    /// <param name="provider">As <c>Storage:Provider</c> calls it.</param>
    public static DatabaseProcess Get(string provider) => Servers[provider].Value;

    /// <summary>Waits for something where one cannot await, such as a constructor.</summary>
    public static T Wait<T>(Func<Task<T>> what) => Task.Run(what).GetAwaiter().GetResult();
}
