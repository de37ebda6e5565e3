using System.Collections.Concurrent;

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

    private static readonly Dictionary<string, ConcurrentBag<string>> Idle = Servers.Keys.ToDictionary(provider => provider, _ => new ConcurrentBag<string>());

    /// <summary>
    /// The name of an empty database, which has the program's tables when it served before: making and dropping the tables takes longer than most
    /// tests.
    /// </summary>
    /// <param name="provider">As <c>Storage:Provider</c> calls it.</param>
    public static async Task<string> BorrowAsync(string provider) =>
        Idle[provider].TryTake(out var name) ? name : await Get(provider).CreateDatabaseAsync();

    /// <summary>Takes a database back that nobody uses any more.</summary>
    /// <param name="provider">As <c>Storage:Provider</c> calls it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isAltered">Whether its tables may be other than the program's.</param>
    public static async Task GiveBackAsync(string provider, string name, bool isAltered = false)
    {
        if (isAltered)
        {
            await Get(provider).DropDatabaseAsync(name);
            return;
        }
        await Get(provider).EmptyAsync(name);
        Idle[provider].Add(name);
    }

    /// <param name="provider">As <c>Storage:Provider</c> calls it.</param>
    public static DatabaseProcess Get(string provider) => Servers[provider].Value;

    /// <summary>Waits for something where one cannot await, such as a constructor.</summary>
    public static T Wait<T>(Func<Task<T>> what) => Task.Run(what).GetAwaiter().GetResult();
}
