using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using MyChat.Modules;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Stores;
using MyChat.Testing.Servers;

namespace MyChat.Storage.Tests;

public enum DatabaseKind
{
    Sqlite,
    MariaDb,
    Postgres,
}

/// <summary>A database of a test's own, which goes with it.</summary>
internal sealed partial class TestDatabase : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 17, 12, 0, 0, 250, TimeSpan.Zero);

    private readonly DatabaseKind kind;
    private readonly DatabaseProcess? server;
    private readonly string? name;
    private readonly FaultyLink? link;
    private bool isAltered;

    /// <param name="kind">Of which kind.</param>
    /// <param name="isLinkFaulty">Whether it is reached by way of <see cref="Link"/>.</param>
    public TestDatabase(DatabaseKind kind, bool isLinkFaulty = false)
    {
        this.kind = kind;
        Options = new StorageOptions { DataDirectory = Directory };
        if (kind != DatabaseKind.Sqlite)
        {
            server = DatabaseServers.Get(kind == DatabaseKind.MariaDb ? "mysql" : "postgres");
            name = DatabaseServers.Wait(() => DatabaseServers.BorrowAsync(server.Provider));
            Options.Provider = server.Provider;
            link = isLinkFaulty ? new FaultyLink(server.Port) : null;
            Options.ConnectionString = server.ConnectionString(name, link?.Port);
        }
        Open();
    }

    public StorageOptions Options { get; }
    public LogLines Log { get; } = new();
    public FaultyLink Link => link ?? throw new InvalidOperationException("This database is reached directly.");
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("mychat-storage-").FullName;
    public string File => Path.Combine(Directory, "mychat.db");
    public Database Database { get; private set; } = null!; // Open sets it
    public IAccountStore Accounts => new AccountStore(Database);
    public ISecretStore Secrets => new SecretStore(Database);
    public IDocumentStore Documents => new DocumentStore(Database);
    public IRosterStore Rosters => new RosterStore(Database);
    public IMailboxStore Mailboxes => new MailboxStore(Database);
    public IUserDirectory Users => new UserDirectory(Database);
    public IArchiveStore Archive => new ArchiveStore(Database);

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

    /// <summary>Asks the database itself, past the program.</summary>
    public long Count(string sql) => Convert.ToInt64(Scalar(sql), CultureInfo.InvariantCulture);

    /// <summary>The same, of logs: the messages so far are filed before.</summary>
    public async Task<long> CountFiled(string sql)
    {
        await Database.Writer.FileAsync();
        return Count(sql);
    }

    public object? Scalar(string sql)
    {
        isAltered |= Altering().IsMatch(sql);
        using var connection = Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Bytes as SQL has them.</summary>
    public string SomeBytes => kind == DatabaseKind.Postgres ? @"'\x00'" : "x'00'";

    /// <summary>A name whose letters' case counts.</summary>
    public string Quoted(string word) => kind == DatabaseKind.Postgres ? $"\"{word}\"" : word;

    /// <summary>Lets the database refuse a row with this stanza.</summary>
    public void RefuseAtInsert(string stanza) => Scalar(kind switch
    {
        DatabaseKind.Sqlite =>
            $"CREATE TRIGGER refuse BEFORE INSERT ON message WHEN NEW.stanza=CAST('{stanza}' AS BLOB) BEGIN SELECT RAISE(ABORT,'no'); END",
        DatabaseKind.MariaDb =>
            $"CREATE TRIGGER refuse BEFORE INSERT ON message FOR EACH ROW IF NEW.stanza='{stanza}' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT='no'; END IF",
        _ =>
            $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF NEW.stanza=convert_to('{stanza}','UTF8') THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION refuse()
            """,
    });

    /// <summary>Lets the database refuse all entries of mailboxes.</summary>
    public void RefuseEntries() => Scalar(kind switch
    {
        DatabaseKind.Sqlite => "CREATE TRIGGER refuse BEFORE INSERT ON mailbox BEGIN SELECT RAISE(ABORT,'no'); END",
        DatabaseKind.MariaDb => "CREATE TRIGGER refuse BEFORE INSERT ON mailbox FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT='no'",
        _ =>
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON mailbox FOR EACH ROW EXECUTE FUNCTION refuse()
            """,
    });

    /// <summary>Ends what <see cref="RefuseEntries"/> began.</summary>
    public void AcceptEntries() => Scalar(kind == DatabaseKind.Postgres ? "DROP TRIGGER refuse ON mailbox" : "DROP TRIGGER refuse");

    /// <summary>Lets the database refuse a transaction with this stanza when it is to be committed. MariaDB cannot: it has no deferred constraints.</summary>
    public void RefuseAtCommit(string stanza)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            Scalar("CREATE TABLE parent(id INTEGER PRIMARY KEY)");
            Scalar("CREATE TABLE child(id INTEGER REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)");
            Scalar($"CREATE TRIGGER orphan AFTER INSERT ON message WHEN NEW.stanza=CAST('{stanza}' AS BLOB) BEGIN INSERT INTO child VALUES (1); END");
            return;
        }
        Scalar(
            $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF NEW.stanza=convert_to('{stanza}','UTF8') THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$;
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON message DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (link is not null)
        {
            await link.DisposeAsync();
        }
        if (server is not null)
        {
            await DatabaseServers.GiveBackAsync(server.Provider, name!, isAltered); // it has a name when it has a server
        }
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    // What a database cannot serve another test after: other tables, another version, other settings.
    [GeneratedRegex("CREATE |DROP |ALTER |VersionInfo")]
    private static partial Regex Altering();

    private DbConnection Connect() => server?.Connect(name) ?? new SqliteConnection($"Data Source={File};Pooling=False");

    private void Open() => Database = Database.Open(Options, Log);

    internal sealed record Held(ManualResetEventSlim Release, Task Task) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Release.Set();
            await Task;
        }
    }
}
