using System.Data;
using System.Data.Common;
using System.Globalization;
using FluentMigrator.Runner;
using LinqToDB.DataProvider;
using LinqToDB.DataProvider.PostgreSQL;
using MyChat.Storage.Schema;
using Npgsql;

namespace MyChat.Storage.Providers;

/// <summary>PostgreSQL 12 or later.</summary>
internal sealed class PostgresProvider : DatabaseProvider
{
    private const int LockClass = 0x6d796368; // "mych"
    private const string LockNotAvailable = "55P03";

    private readonly string connectionString;
    private readonly string place;
    private readonly List<string> warnings = [];
    private string version = "PostgreSQL";
    private bool setsCommit;
    private int? lastWriter; // the database's process of the writer's last connection

    public PostgresProvider(StorageOptions options)
    {
        var builder = Parse(options);
        connectionString = builder.ConnectionString;
        var host = builder.Host!; // Parse saw one
        place = $"{builder.Database} on {host}" + (host.StartsWith('/') || host.Contains(':', StringComparison.Ordinal) ? "" : $":{builder.Port}");
        Readers = options.ReadConnections;
        ReadPatience = options.CommandSeconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(options.CommandSeconds + 2);
    }

    public override string Description => $"{version}, {place}";
    public override IReadOnlyList<string> Warnings => warnings;
    public override IDataProvider Linq { get; } = PostgreSQLTools.GetDataProvider(PostgreSQLVersion.v12);
    public override string Begin => "BEGIN";
    public override IReadOnlyList<int> StatementRows { get; } = [64, 16, 4, 1];
    public override int Readers { get; }

    // After the command's own time Npgsql asks the database on another connection to cancel it, and waits for that without a limit.
    public override TimeSpan ReadPatience { get; }

    /// <summary>The connection string with what this program relies on.</summary>
    /// <exception cref="StorageException">It is not one; the message does not repeat it.</exception>
    public static NpgsqlConnectionStringBuilder Parse(StorageOptions options)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString)
            {
                Pooling = false, // readers have a pool of their own, and the writer's lock must not outlive it in one
                Enlist = false,
                Multiplexing = false,
                ApplicationName = "mychat",
                ClientEncoding = "UTF8",
                TcpKeepAlive = true,
                MaxAutoPrepare = 32,
                Timeout = options.ConnectSeconds,
                CommandTimeout = options.CommandSeconds,
                CancellationTimeout = -1, // whoever does not answer is left
            };
            return builder is { Host.Length: > 0, Database.Length: > 0 } ? builder : throw new ArgumentException("something is missing");
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidOperationException or InvalidCastException or OverflowException)
        {
            throw new StorageException(
                "Storage:ConnectionString=…: expected host, database, user and password, such as Host=127.0.0.1;Database=mychat;Username=mychat;Password=…");
        }
    }

    public override IReadOnlyList<string> BeginSnapshot { get; } =
    [
        "SET statement_timeout=0", "SET lock_timeout=0", "SET idle_in_transaction_session_timeout=0",
        "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", "SELECT 1", // the first statement takes the snapshot
    ];

    public override void Prepare(long? schema = null)
    {
        using var connection = OpenWriter();
        ReadSettings(connection);
        Migrations.Apply(Description, ReadSchema(connection), schema ?? Migrations.Latest, runner => runner.AddPostgres11_0(), connectionString);
    }

    public override string InsertMissing(string table, string columns, string query) =>
        $"INSERT INTO {table}({columns}) {query} ON CONFLICT DO NOTHING";

    public override long ReadSchema(DbConnection connection) => Query(connection, "SELECT to_regclass('\"VersionInfo\"')::text") is string
        ? Long(Query(connection, "SELECT max(\"Version\") FROM \"VersionInfo\""))
        : 0;

    public override IReadOnlyList<string> ReadTables(DbConnection connection) =>
        QueryAll(connection, "SELECT tablename FROM pg_tables WHERE schemaname=current_schema() ORDER BY tablename");

    public override string GivenIdentity => " OVERRIDING SYSTEM VALUE";

    public override long ReadCounter(DbConnection connection, string table, string column)
    {
        var sequence = Sequence(connection, table, column);
        return Long(Query(connection, $"SELECT CASE WHEN is_called THEN last_value ELSE last_value-1 END FROM {sequence}"));
    }

    public override void SetCounter(DbConnection connection, string table, string column, long highest) =>
        Query(connection, "SELECT setval(@sequence::regclass, @next, false)", ("@sequence", Sequence(connection, table, column)), ("@next", highest + 1));

    public override void Analyze(DbConnection connection, IEnumerable<string> tables) =>
        QueryAll(connection, $"ANALYZE {string.Join(',', tables.Select(Quote))}");

    public override DbConnection OpenWriter()
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            connection.Open();
            TakeLock(connection);
            lastWriter = connection.ProcessID;
            // What an operator set for other programs must not end a writer that has nothing to do.
            Query(connection, "SET statement_timeout=0; SET lock_timeout=0; SET idle_in_transaction_session_timeout=0");
            if (setsCommit)
            {
                Query(connection, "SET synchronous_commit=on");
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override async Task<DbConnection> OpenReaderAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override Refusal Judge(Exception reason, DbConnection? connection) => reason switch
    {
        _ when connection is not { State: ConnectionState.Open } => Refusal.Lost,
        PostgresException { SqlState: var state } => state[..2] switch
        {
            // Connection; operator: shutting down, cancelled.
            "08" or "57" => Refusal.Lost,
            // Serialization, deadlock.
            "40" => Refusal.Lost,
            // Too many connections; the disk is full, no memory.
            "53" => state == PostgresErrorCodes.TooManyConnections ? Refusal.Lost : Refusal.Batch,
            // Input and output; damaged.
            "58" or "XX" => Refusal.Batch,
            // A primary that was just made a standby; locked by something else.
            _ when state is PostgresErrorCodes.ReadOnlySqlTransaction or LockNotAvailable => Refusal.Lost,
            _ => Refusal.Row,
        },
        NpgsqlException => Refusal.Lost,
        _ => Refusal.Row,
    };

    /// <summary>
    /// Makes this connection the only writer's. Its predecessor is ended first: only then is it certain that what that one began to commit
    /// is either stored or never will be.
    /// </summary>
    private void TakeLock(NpgsqlConnection connection)
    {
        // One number for the program, one for the schema that the tables are in.
        const string key = "@class, hashtext(current_schema())";
        const string holder =
            "SELECT pid FROM pg_locks WHERE locktype='advisory' AND granted AND classid=@class::oid AND objsubid=2 "
            + "AND objid=(hashtext(current_schema())::bigint & 4294967295)::oid AND database=(SELECT oid FROM pg_database WHERE datname=current_database())";
        (string, object) parameter = ("@class", LockClass);
        if (lastWriter is { } last && Query(connection, holder, parameter) is int pid && pid == last)
        {
            Query(connection, "SELECT pg_terminate_backend(@pid)", ("@pid", last));
        }
        try
        {
            // A server that was killed lets go of its lock as soon as its connection is closed.
            Query(connection, "SET lock_timeout=3000");
            Query(connection, $"SELECT pg_advisory_lock({key})", parameter);
        }
        catch (PostgresException taken) when (taken.SqlState == LockNotAvailable)
        {
            throw new StorageException($"{Description} is in use by another mychat (the database's process {Query(connection, holder, parameter)}).");
        }
    }

    private void ReadSettings(DbConnection connection)
    {
        version = $"PostgreSQL {connection.ServerVersion.Split(' ')[0]}";
        if (Setting(connection, "server_encoding") is var encoding and not "UTF8")
        {
            throw new StorageException($"{Description} holds text as {encoding}: expected UTF8 (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0).");
        }
        warnings.Clear();
        if (Setting(connection, "synchronous_commit") == "off")
        {
            setsCommit = true;
            warnings.Add("WARNING: synchronous_commit is off: other programs lose what they committed in a power cut; this one sets it on for itself.");
        }
        foreach (var setting in (string[])["fsync", "full_page_writes"])
        {
            if (Setting(connection, setting) != "on")
            {
                warnings.Add($"WARNING: {setting} is off: a power cut loses messages that were acknowledged, or the whole database. Set {setting}=on in postgresql.conf.");
            }
        }
    }

    private static string Setting(DbConnection connection, string name) => (string)Query(connection, $"SHOW {name}")!; // each is known to every version

    /// <summary>The sequence behind an identity column, quoted where it needs to be.</summary>
    private static string Sequence(DbConnection connection, string table, string column) =>
        (string)Query(connection, "SELECT pg_get_serial_sequence(@table,@column)", ("@table", table), ("@column", column))!; // an identity column has one
}
