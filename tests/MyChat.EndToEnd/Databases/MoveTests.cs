using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Storage;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Testing.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;

namespace MyChat.EndToEnd.Databases;

/// <summary>An operator takes everything from one database to the next, and the program is killed on its way.</summary>
public sealed class MoveTests(MariaDbFixture mariaDb, PostgresFixture postgres) : IClassFixture<MariaDbFixture>, IClassFixture<PostgresFixture>, IDisposable
{
    private const int Accounts = 50;
    private const int Messages = 100_000;

    private readonly Mychat _mychat = new() { Patience = TimeSpan.FromMinutes(5) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _mychat.Dispose();

    [Fact]
    public async Task What_went_through_three_databases_and_was_killed_on_its_way_is_the_same_at_the_end()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        var random = new Random(TestRun.Seed());
        await FillAsync(Path.Combine(_mychat.Folder, "first"), random);
        Use("first", null);
        await SucceedAsync("check", "--repair", "--quiet"); // counts what each mailbox holds, which a server would have done
        await UseSoundAsync("first", null);
        await SucceedAsync("export", "--all", "exported first", "--quiet");

        var (there, further) = (await ServerDatabase.CreateAsync(mariaDb.Server), await ServerDatabase.CreateAsync(postgres.Server));
        await MoveAsync(random, () => there.Server.Connect(there.Name), there);
        await UseSoundAsync("first", there);
        await MoveAsync(random, () => further.Server.Connect(further.Name), further);
        await UseSoundAsync("first", further);
        await MoveAsync(random, OpenUnfinished, null);
        await UseSoundAsync("last", null);
        await SucceedAsync("export", "--all", "exported last", "--quiet");

        var (first, last) = (Exported("exported first"), Exported("exported last"));
        Assert.Equal(Accounts, first.Keys.Count(file => file.StartsWith($"localhost{Path.DirectorySeparatorChar}", StringComparison.Ordinal)));
        Assert.Equal(first.Keys, last.Keys);
        Assert.All(first, file => Assert.True(file.Value.AsSpan().SequenceEqual(last[file.Key]), $"{file.Key} differs"));
        Assert.InRange(first.Values.Sum(file => (long)file.Length), 300L * Messages, long.MaxValue);
    }

    /// <summary>Kills it when about so many rows are there, twice, and then lets it go to its end.</summary>
    private async Task MoveAsync(Random random, Func<DbConnection> connect, ServerDatabase? to)
    {
        string[] move = ["move", $"--to={to?.Server.Provider ?? "sqlite"}", .. to is null ? (string[])["--to-directory=last"] : []];
        _mychat.Environment["MYCHAT_TO_CONNECTION_STRING"] = to?.Server.ConnectionString(to.Name) ?? "";
        foreach (var (table, rows) in ((string, int)[])[("message", Messages), ("mailbox", 2 * Messages)])
        {
            var enough = random.Next(1, rows * 3 / 4);
            Assert.True(await _mychat.KillAsync(cancel => ThereAreAsync(enough, table, connect, cancel), move), $"it ended before {enough} rows of {table} were seen");
        }
        var moved = await SucceedAsync(move);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"Moved {Accounts} accounts and {Messages:N0} messages\n"), moved.Output, StringComparison.Ordinal);
    }

    /// <summary>Ends when a table has so many rows.</summary>
    private static async Task ThereAreAsync(int rows, string table, Func<DbConnection> connect, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await using var connection = connect();
                await connection.OpenAsync(cancellation);
                await using var count = connection.CreateCommand();
                count.CommandText = $"SELECT count(*) FROM {table}";
                if (Convert.ToInt32(await count.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture) >= rows)
                {
                    return;
                }
            }
            catch (DbException)
            {
                // There is no such database or table yet.
            }
            await Task.Delay(10, cancellation);
        }
    }

    private SqliteConnection OpenUnfinished() => new(new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(_mychat.Folder, "last", "mychat.db.unfinished"),
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
    }.ToString());

    /// <summary>From now on commands are about this database, which is sound.</summary>
    private async Task UseSoundAsync(string directory, ServerDatabase? database)
    {
        Use(directory, database);
        Assert.Equal("The database is sound.\n", (await SucceedAsync("check", "--quiet")).Output);
    }

    private void Use(string directory, ServerDatabase? database)
    {
        _mychat.Environment["MYCHAT__DataDirectory"] = Path.Combine(_mychat.Folder, directory);
        _mychat.Environment["MYCHAT__Storage__Provider"] = database?.Server.Provider ?? "sqlite";
        _mychat.Environment["MYCHAT__Storage__ConnectionString"] = database?.Server.ConnectionString(database.Name) ?? "";
    }

    private async Task<Run> SucceedAsync(params string[] arguments)
    {
        var run = await _mychat.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Error}");
        return run;
    }

    private SortedDictionary<string, byte[]> Exported(string folder)
    {
        var root = Path.Combine(_mychat.Folder, folder);
        return new(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllBytes),
            StringComparer.Ordinal);
    }

    private static async Task FillAsync(string directory, Random random)
    {
        await using var services = new ServiceCollection().AddMyChatStorage(new StorageOptions { DataDirectory = directory }).BuildServiceProvider();
        var (accounts, mailboxes) = (services.GetRequiredService<IAccountStore>(), services.GetRequiredService<IMailboxStore>());
        var people = new List<Owner>();
        for (var i = 0; i < Accounts; i++)
        {
            var name = $"{(i % 2 == 0 ? "romeo" : "小明")}{i}";
            var keys = ScramKeys.Derive(ScramHash.Sha256, Play.PasswordOf(name), ScramKeys.NewSalt(), 4096);
            var account = await accounts.CreateAsync(name, [keys], DateTimeOffset.UnixEpoch.AddDays(i), Cancel);
            people.Add(new Owner(account!.Id, (FullJid)Jid.Parse($"{name}@localhost/phone"))); // the database is new
        }
        var stored = Task.CompletedTask;
        for (var i = 0; i < Messages; i++)
        {
            var write = new Written(people[random.Next(Accounts)], people[random.Next(Accounts)], DateTimeOffset.UnixEpoch.AddSeconds(i), Text(i));
            mailboxes.Append(write);
            stored = write.Done;
        }
        await stored.WaitAsync(Cancel);
    }

    private static string Text(int number) => (number % 5) switch
    {
        0 => $"Message {number}: <b>it's</b> \"quoted\" & more, \\ % _ ;--",
        1 => $"第{number}条：明天去北京大学吗？😀👨‍👩‍👧",
        2 => $"\u202Eרשימה {number}\u202C\tقائمة\n  second line",
        3 => new string('x', number % 997),
        _ => $"{number}",
    };

    private sealed class Written(Owner from, Owner to, DateTimeOffset stamp, string body) : ChatWrite(from, to, stamp, body)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>When this one is stored, with all that were appended before it.</summary>
        public Task Done => _done.Task;

        public override void Committed() => _done.TrySetResult();
        public override void Failed(Exception reason) => _done.TrySetException(reason);
    }
}
