using System.Data;
using System.Data.Common;
using System.Globalization;
using FluentMigrator.Runner;
using LinqToDB.DataProvider;
using LinqToDB.DataProvider.SQLite;
using Microsoft.Data.Sqlite;
using MyChat.Storage.Schema;
using MyChat.Storage.Writer;

namespace MyChat.Storage.Providers;

/// <summary>The embedded database: a file in the data directory.</summary>
internal sealed class SqliteProvider : DatabaseProvider
{
    private readonly string path;

    public const string FileName = "mychat.db";

    /// <param name="options">Where the data directory is.</param>
    /// <param name="fileName">The file in it; another one while it is being filled.</param>
    public SqliteProvider(StorageOptions options, string fileName = FileName)
    {
        path = Path.Combine(options.DataDirectory, fileName);
        Readers = options.ReadConnections;
    }

    /// <summary>Takes the write lock at once, so that a batch cannot fail half-way for want of it.</summary>
    public override string Begin => "BEGIN IMMEDIATE";

    /// <summary>Rows per prepared statement, largest first. Few here: there is no round trip to save.</summary>
    public override IReadOnlyList<int> StatementRows { get; } = [16, 4, 1];

    public override bool IsRemote => false;

    public override int Readers { get; }

    public override IDataProvider Linq { get; } = SQLiteTools.GetDataProvider(SQLiteProvider.Microsoft);

    public override string Description => $"SQLite {new SqliteConnection().ServerVersion}, {path}";

    /// <summary>The first statement that reads takes the snapshot, so one does.</summary>
    public override IReadOnlyList<string> BeginSnapshot { get; } = ["BEGIN DEFERRED", "SELECT count(*) FROM sqlite_master"];

    public override void Prepare(long? schema = null)
    {
        CreateFiles();
        using var connection = OpenWriter();
        Migrations.Apply(path, ReadSchema(connection), schema ?? Migrations.Latest, runner => runner.AddSQLite(), ConnectionString(path));
    }

    // Left alone, SQLite goes through the whole log for who hardly wrote anything.
    public override string ByPeer => "INDEXED BY mailbox_peer";

    public override RowInsert PrepareInsert(DbConnection connection, string table, string clause, IReadOnlyList<(string Name, DbType Type)> columns) =>
        new SqliteInsert((SqliteConnection)connection, StatementRows, table, clause, [.. columns.Select(column => column.Name)]);

    public override string InsertMissing(string table, string columns, string query) =>
        $"INSERT OR IGNORE INTO {table}({columns}) {query}";

    public override long ReadSchema(DbConnection connection) =>
        Query(connection, "SELECT count(*) FROM sqlite_master WHERE type='table' AND name='VersionInfo'") is 0L
            ? 0
            : Query(connection, "SELECT max(Version) FROM VersionInfo") as long? ?? 0;

    public override IReadOnlyList<string> ReadTables(DbConnection connection) =>
        QueryAll(connection, "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");

    public override long ReadCounter(DbConnection connection, string table, string column) =>
        Long(Query(connection, "SELECT seq FROM sqlite_sequence WHERE name=@table", ("@table", table)));

    public override void SetCounter(DbConnection connection, string table, string column, long highest)
    {
        Query(connection, "DELETE FROM sqlite_sequence WHERE name=@table", ("@table", table));
        Query(connection, "INSERT INTO sqlite_sequence(name,seq) VALUES (@table,@highest)", ("@table", table), ("@highest", highest));
    }

    public override IEnumerable<string> FindDamage(DbConnection connection, IReadOnlyList<string> tables) =>
        QueryAll(connection, "PRAGMA integrity_check").Where(line => line != "ok");

    public override DbConnection OpenWriter() => Open(
        // Filing touches a page or two of each log: small pages keep what is synced small.
        ("page_size", null, 4096),
        ("journal_mode", "WAL", "wal"),
        // Acknowledged means on disk: the log is synced with every commit, not only at checkpoints.
        ("synchronous", "FULL", 2),
        ("wal_autocheckpoint", "4000", 4000),
        ("journal_size_limit", "67108864", 67108864),
        ("cache_size", "-16384", -16384));

    public override Task<DbConnection> OpenReaderAsync(CancellationToken cancellation) => Task.FromResult<DbConnection>(Open(
        ("journal_mode", null, "wal"),
        ("query_only", "ON", 1),
        ("cache_size", "-4096", -4096)));

    public override Refusal Judge(Exception reason, DbConnection? connection) => reason switch
    {
        _ when connection is null => Refusal.Batch,
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_TOOBIG or SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_MISMATCH
                or SQLitePCL.raw.SQLITE_RANGE => Refusal.Row,
            SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_NOTADB
                or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PROTOCOL => Refusal.Broken,
            _ => Refusal.Batch,
        },
        _ => Refusal.Row,
    };

    /// <summary>Moves the whole log into the database file, so that the file alone is the database.</summary>
    public override void Checkpoint(DbConnection connection) => Query(connection, "PRAGMA wal_checkpoint(TRUNCATE)");

    private static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,
    }.ToString();

    private void CreateFiles()
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!; // Path.Combine above put a directory before the name
        var file = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        if (!File.Exists(path))
        {
            new FileStream(path, file).Dispose();
        }
    }

    private SqliteConnection Open(params ReadOnlySpan<(string Name, string? Set, object Expected)> pragmas)
    {
        var connection = new SqliteConnection(ConnectionString(path));
        try
        {
            connection.Open();
            Query(connection, "PRAGMA busy_timeout=5000");
            foreach (var (name, set, expected) in pragmas)
            {
                if (set is not null)
                {
                    Query(connection, $"PRAGMA {name}={set}");
                }
                // SQLite passes over in silence what it does not know or cannot do (WAL on some file systems).
                var actual = Query(connection, $"PRAGMA {name}");
                if (!string.Equals(Convert.ToString(actual, CultureInfo.InvariantCulture),
                        Convert.ToString(expected, CultureInfo.InvariantCulture), StringComparison.Ordinal))
                {
                    throw new StorageException($"The database {path} cannot be used: {name} is {actual} where {expected} is needed.");
                }
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
