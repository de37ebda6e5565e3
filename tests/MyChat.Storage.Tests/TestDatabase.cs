using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using MyChat.Modules;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Stores;

namespace MyChat.Storage.Tests;

/// <summary>A database in a directory of its own, which goes with it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 17, 12, 0, 0, 250, TimeSpan.Zero);

    public TestDatabase() => Open();

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("mychat-storage-").FullName;
    public string File => Path.Combine(Directory, "mychat.db");
    public Database Database { get; private set; } = null!; // Open sets it
    public IAccountStore Accounts => new AccountStore(Database);
    public ISecretStore Secrets => new SecretStore(Database);
    public IDocumentStore Documents => new DocumentStore(Database);
    public IRosterStore Rosters => new RosterStore(Database);
    public IMailboxStore Mailboxes => new MailboxStore(Database);
    public IUserDirectory Users => new UserDirectory(Database);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Database OpenAt(string directory, ILoggerFactory? loggers = null) =>
        Database.Open(new StorageOptions { DataDirectory = directory }, loggers);

    public async Task<long> Create(string localpart) =>
        (await Accounts.CreateAsync(localpart, [], Noon, Token) ?? throw new InvalidOperationException("taken")).Id;

    public async Task Reopen()
    {
        await Database.DisposeAsync();
        Open();
    }

    public void Append(params IEnumerable<TestWrite> writes)
    {
        foreach (var write in writes)
        {
            Mailboxes.Append(write);
        }
    }

    /// <summary>Holds the writer until the result is disposed, so that what comes meanwhile is one batch.</summary>
    public async Task<Held> HoldWriter()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new ManualResetEventSlim();
        var held = Database.Writer.WriteAsync(_ =>
        {
            entered.TrySetResult();
            release.Wait();
            return true;
        });
        await await Task.WhenAny(entered.Task, held);
        return new Held(release, held);
    }

    /// <summary>Asks the file itself, past the program.</summary>
    public long Count(string sql) => Convert.ToInt64(Scalar(sql), CultureInfo.InvariantCulture);

    public object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private void Open() => Database = OpenAt(Directory);

    internal sealed record Held(ManualResetEventSlim Release, Task Task) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Release.Set();
            await Task;
        }
    }
}
