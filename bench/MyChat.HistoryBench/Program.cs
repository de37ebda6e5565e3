using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MyChat.Bench.Measuring;
using MyChat.HistoryBench;
using MyChat.Server.Mailboxes;
using MyChat.Storage;
using MyChat.Testing.Servers;

// What history costs: fills a log, and times its pages.
//   history-bench <sqlite|mysql|postgres> [messages, 1000000] [without-index]
//   history-bench <sqlite|mysql|postgres> [messages] search
// "search" fills with texts in English and Chinese, indexes them, and times searches instead of pages.
// "without-index" (sqlite) fills without the index by peer, to see what that one costs a commit; pages are not timed then.
var provider = args.ElementAtOrDefault(0) ?? "sqlite";
var count = int.Parse(args.ElementAtOrDefault(1) ?? "1000000", CultureInfo.InvariantCulture);
var directory = Directory.CreateTempSubdirectory("mychat-history-").FullName;
var options = new StorageOptions { DataDirectory = directory };
var server = provider == "sqlite" ? null : DatabaseServers.Get(provider);
if (server is not null)
{
    (options.Provider, options.ConnectionString) = (provider, server.ConnectionString(await server.CreateDatabaseAsync()));
}
try
{
    await using var services = new ServiceCollection().AddMyChatStorage(options).BuildServiceProvider();
    Console.WriteLine($"database={services.GetRequiredService<Database>().Description}");
    var withIndex = args.ElementAtOrDefault(2) != "without-index";
    if (!withIndex)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "mychat.db")};Pooling=False");
        await connection.OpenAsync();
        await using var drop = connection.CreateCommand();
        drop.CommandText = "DROP INDEX mailbox_peer";
        await drop.ExecuteNonQueryAsync();
    }
    var words = args.ElementAtOrDefault(2) == "search" ? new Vocabulary(seed: 1) : null;
    var log = await LongLog.FillAsync(services, count, words is null ? null : i => words.Sentence() + SearchTimes.Rare(i, count));
    if (words is not null)
    {
        await SearchTimes.IndexAsync(services, new ProcessMeter(server?.ProcessId));
        await SearchTimes.MeasureAsync(services.GetRequiredService<IArchiveStore>(), log, words);
    }
    else if (withIndex)
    {
        await PageTimes.MeasureAsync(services.GetRequiredService<IArchiveStore>(), log);
    }
}
finally
{
    if (server is not null)
    {
        await server.DisposeAsync();
    }
    Directory.Delete(directory, recursive: true);
}
