using MyChat.Storage;

namespace MyChat.Testing.Servers;

/// <summary>
/// The databases of the servers in the test's process: SQLite, or what MYCHAT_TEST_DATABASE names (<c>mysql</c>, <c>postgres</c>), so that the
/// same plays run on each. A database goes with a data directory: who starts again on the same one finds it.
/// </summary>
internal static class PlayDatabases
{
    private static readonly string? Provider = Environment.GetEnvironmentVariable("MYCHAT_TEST_DATABASE") is { Length: > 0 } provider ? provider : null;
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, string> Databases = [];

    /// <summary>Gives a server its database, unless it chose one.</summary>
    public static void Choose(StorageOptions options)
    {
        if (Provider is null || options.ConnectionString.Length > 0)
        {
            return;
        }
        var server = DatabaseServers.Get(Provider);
        options.Provider = Provider;
        lock (Gate)
        {
            GiveBackLeft(Provider);
            if (!Databases.TryGetValue(options.DataDirectory, out var name))
            {
                Databases.Add(options.DataDirectory, name = DatabaseServers.Wait(() => DatabaseServers.BorrowAsync(Provider)));
            }
            options.ConnectionString = server.ConnectionString(name);
        }
    }

    private static void GiveBackLeft(string provider)
    {
        foreach (var (directory, name) in Databases.Where(database => !Directory.Exists(database.Key)).ToList())
        {
            DatabaseServers.Wait(async () =>
            {
                await DatabaseServers.GiveBackAsync(provider, name);
                return true;
            });
            Databases.Remove(directory);
        }
    }
}
