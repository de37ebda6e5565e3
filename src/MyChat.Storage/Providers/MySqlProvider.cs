using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FluentMigrator.Runner;
using LinqToDB.DataProvider;
using LinqToDB.DataProvider.MySql;
using LinqToDB.Mapping;
using MyChat.Storage.Schema;
using MySqlConnector;

namespace MyChat.Storage.Providers;

/// <summary>MySQL 8 and MariaDB 10.6 or later, with InnoDB.</summary>
internal sealed partial class MySqlProvider : DatabaseProvider
{
    /// <summary>A statement carries at most a batch (1 MB), or one stanza that is longer than that.</summary>
    private const int LeastPacket = 4 * 1024 * 1024;
    private const int PacketOverhead = 64 * 1024;

    private const int LockPatience = 3; // seconds: a server that was killed lets go of its lock as soon as its connection is closed
    private const string SessionSettings =
        "SET SESSION sql_mode='STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ENGINE_SUBSTITUTION', SESSION wait_timeout=2147483";

    private readonly string connectionString;
    private readonly string place;
    private readonly string lockName;
    private readonly List<string> warnings = [];
    private IDataProvider? linq;
    private string version = "MySQL";
    private int longestPacket = LeastPacket;
    private int? lastWriter; // the database's number of the writer's last connection

    public MySqlProvider(StorageOptions options)
    {
        var builder = Parse(options);
        connectionString = builder.ConnectionString;
        place = $"{builder.Database} on {builder.Server}" + (builder.Server.StartsWith('/') ? "" : $":{builder.Port}");
        // A lock is the server's, not the database's; its name is at most 64 characters long.
        lockName = "mychat:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(builder.Database)))[..32];
        Readers = options.ReadConnections;
    }

    public override string Description => $"{version}, {place}";
    public override IReadOnlyList<string> Warnings => warnings;
    public override IDataProvider Linq => linq ?? throw new InvalidOperationException("The database was not prepared.");
    public override string Begin => "START TRANSACTION";
    public override IReadOnlyList<int> StatementRows { get; } = [64, 16, 4, 1];
    public override int LongestStanza => longestPacket - PacketOverhead;
    public override int Readers { get; }

    /// <summary>The connection string with what this program relies on.</summary>
    /// <exception cref="StorageException">It is not one; the message does not repeat it.</exception>
    public static MySqlConnectionStringBuilder Parse(StorageOptions options)
    {
        try
        {
            var builder = new MySqlConnectionStringBuilder(options.ConnectionString)
            {
                Pooling = false, // readers have a pool of their own, and the writer's lock must not outlive it in one
                CharacterSet = "utf8mb4",
                UseAffectedRows = false,
                AutoEnlist = false,
                IgnorePrepare = false,
                TreatTinyAsBoolean = true,
                Keepalive = 30,
                ConnectionTimeout = (uint)options.ConnectSeconds,
                DefaultCommandTimeout = (uint)options.CommandSeconds,
                CancellationTimeout = -1, // whoever does not answer is not asked to stop, but left
                ApplicationName = "mychat",
            };
            return builder is { Server.Length: > 0, Database.Length: > 0 } ? builder : throw new ArgumentException("something is missing");
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new StorageException(
                "Storage:ConnectionString=…: expected server, database, user and password, such as Server=127.0.0.1;Database=mychat;User ID=mychat;Password=…");
        }
    }

    public override IReadOnlyList<string> BeginSnapshot { get; } =
        ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"];

    public override void Prepare(long? schema = null)
    {
        using var connection = OpenWriter();
        ReadSettings(connection);
        Migrations.Apply(Description, ReadSchema(connection), schema ?? Migrations.Latest, runner => runner.AddMySql8(), connectionString);
    }

    // Left alone, MariaDB begins at the newest entry with the peer whatever the id: a hundred milliseconds in a conversation of 400,000.
    public override string ByPeer => "FORCE INDEX (mailbox_peer)";

    // Not INSERT IGNORE, which passes over other errors, too.
    public override string InsertMissing(string table, string columns, string query) =>
        $"INSERT INTO {table}({columns}) {query} ON DUPLICATE KEY UPDATE {table}.id={table}.id";

    public override long ReadSchema(DbConnection connection) =>
        Query(connection,
            "SELECT count(*) FROM information_schema.tables WHERE table_schema=DATABASE() AND lower(table_name)='versioninfo'") is 0L
            ? 0
            : Long(Query(connection, "SELECT max(Version) FROM VersionInfo"));

    public override IReadOnlyList<string> ReadTables(DbConnection connection) => QueryAll(connection,
        "SELECT table_name FROM information_schema.tables WHERE table_schema=DATABASE() AND table_type='BASE TABLE' ORDER BY table_name");

    // What information_schema says of the counter may be a day old (MySQL 8); what SHOW CREATE TABLE says is not.
    public override long ReadCounter(DbConnection connection, string table, string column)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SHOW CREATE TABLE {Quote(table)}";
        using var reader = command.ExecuteReader();
        var found = reader.Read() ? CounterOption().Match(reader.GetString(1)) : Match.Empty;
        return found.Success ? long.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1 : 0;
    }

    public override void SetCounter(DbConnection connection, string table, string column, long highest) =>
        Query(connection, string.Create(CultureInfo.InvariantCulture, $"ALTER TABLE {Quote(table)} AUTO_INCREMENT={highest + 1}"));

    public override string Quote(string name) => $"`{name}`";

    public override void Analyze(DbConnection connection, IEnumerable<string> tables) =>
        QueryAll(connection, $"ANALYZE TABLE {string.Join(',', tables.Select(Quote))}");

    public override IEnumerable<string> FindDamage(DbConnection connection, IReadOnlyList<string> tables)
    {
        foreach (var table in tables)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"CHECK TABLE {Quote(table)}";
            command.CommandTimeout = 0;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                // Table, Op, Msg_type, Msg_text.
                if (reader.GetString(2) is "error" or "warning" || (reader.GetString(2) == "status" && reader.GetString(3) != "OK"))
                {
                    yield return $"{table}: {reader.GetString(3)}";
                }
            }
        }
    }

    public override DbConnection OpenWriter()
    {
        var connection = new MySqlConnection(connectionString);
        try
        {
            connection.Open();
            Query(connection, SessionSettings);
            TakeLock(connection);
            lastWriter = connection.ServerThread;
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
        var connection = new MySqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var settings = new MySqlCommand(SessionSettings, connection);
            await settings.ExecuteNonQueryAsync(cancellation);
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
        MySqlException mysql => mysql.Number switch
        {
            // Shutting down, no more connections, killed, interrupted, run for too long.
            1040 or 1053 or 1077 or 1079 or 1203 or 1317 or 1927 or 1969 or 3024 => Refusal.Lost,
            // Locked by something else: a backup, an ALTER TABLE.
            1205 or 1213 => Refusal.Lost,
            // Read-only: a primary that was just made a replica.
            1290 or 1792 or 1836 => Refusal.Lost,
            // The disk is full, a file cannot be written, no memory.
            1021 or 1026 or 1030 or 1037 or 1038 or 1041 or 1114 => Refusal.Batch,
            _ => Refusal.Row,
        },
        _ => Refusal.Row,
    };

    /// <summary>
    /// Makes this connection the only writer's. Its predecessor is ended first: only then is it certain that what that one began to commit
    /// is either stored or never will be.
    /// </summary>
    private void TakeLock(MySqlConnection connection)
    {
        if (lastWriter is { } last && Holder(connection) == last)
        {
            try
            {
                Query(connection, $"KILL {last}");
            }
            catch (MySqlException gone) when (gone.Number == 1094)
            {
                // It ended by itself.
            }
        }
        if (Query(connection, "SELECT GET_LOCK(@name,@patience)", ("@name", lockName), ("@patience", LockPatience)) is not (1 or 1L))
        {
            throw new StorageException($"{Description} is in use by another mychat (the database's connection {Holder(connection)}).");
        }
    }

    private long? Holder(MySqlConnection connection) =>
        Query(connection, "SELECT IS_USED_LOCK(@name)", ("@name", lockName)) is { } id and not DBNull ? Convert.ToInt64(id, CultureInfo.InvariantCulture) : null;

    private void ReadSettings(DbConnection connection)
    {
        var text = (string)Query(connection, "SELECT version()")!; // it has one
        var isMariaDb = text.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
        version = $"{(isMariaDb ? "MariaDB" : "MySQL")} {text.Split('-')[0]}";
        linq = MySqlTools.GetDataProvider(isMariaDb ? MySqlVersion.MariaDB10 : MySqlVersion.MySql80, LinqToDB.DataProvider.MySql.MySqlProvider.MySqlConnector);
        // Names are stored as the bytes of their UTF-8, which compare as they are.
        linq.MappingSchema.SetConverter<byte[], string>(Encoding.UTF8.GetString);
        longestPacket = (int)Math.Min(int.MaxValue, Number(connection, "max_allowed_packet"));
        if (longestPacket < LeastPacket)
        {
            throw new StorageException($"{Description} takes packets of {longestPacket} bytes (max_allowed_packet): at least {LeastPacket} are needed.");
        }
        warnings.Clear();
        Warn(Number(connection, "innodb_flush_log_at_trx_commit"), 1, "innodb_flush_log_at_trx_commit");
        if (Number(connection, "log_bin") == 1)
        {
            Warn(Number(connection, "sync_binlog"), 1, "sync_binlog");
        }
    }

    private void Warn(long actual, long needed, string setting)
    {
        if (actual != needed)
        {
            warnings.Add($"WARNING: {setting} is {actual}: a power cut loses messages that were acknowledged. Set {setting}={needed} in the database's configuration.");
        }
    }

    private static long Number(DbConnection connection, string setting) =>
        Convert.ToInt64(Query(connection, $"SELECT @@global.{setting}"), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\).* AUTO_INCREMENT=(\d+)", RegexOptions.Multiline)]
    private static partial Regex CounterOption();
}
