using System.Data;
using System.Data.Common;
using System.Globalization;
using LinqToDB.DataProvider;
using MyChat.Storage.Writer;

namespace MyChat.Storage.Providers;

/// <summary>What is particular to one kind of database; everything else is written once for all of them.</summary>
internal abstract class DatabaseProvider
{
    /// <summary>Kind, version and place, for the start-up text; the version once <see cref="Prepare"/> has asked for it. Never a password.</summary>
    public abstract string Description { get; }

    /// <summary>What about the database's own settings breaks a promise; known after <see cref="Prepare"/>.</summary>
    public virtual IReadOnlyList<string> Warnings => [];

    /// <summary>The dialect for linq2db; known after <see cref="Prepare"/>.</summary>
    public abstract IDataProvider Linq { get; }

    /// <summary>Begins a batch.</summary>
    public abstract string Begin { get; }

    /// <summary>Rows per prepared statement, largest first; the last is 1.</summary>
    public abstract IReadOnlyList<int> StatementRows { get; }

    /// <summary>The longest stanza that the database takes in.</summary>
    public virtual int LongestStanza => int.MaxValue;

    /// <summary>Whether the database is another process, which may be slow, hang or go away.</summary>
    public virtual bool IsRemote => true;

    /// <summary>How many connections only read.</summary>
    public abstract int Readers { get; }

    /// <summary>After how long a read is given up whose command does not give up by itself.</summary>
    public virtual TimeSpan ReadPatience => Timeout.InfiniteTimeSpan;

    /// <summary>What begins a transaction that only reads and sees the database as it is at this moment, statement by statement.</summary>
    public abstract IReadOnlyList<string> BeginSnapshot { get; }

    /// <summary>Makes what is missing, brings the schema up to date, and looks at the database's settings.</summary>
    /// <param name="schema">Up to which version of the schema; null for the latest.</param>
    /// <exception cref="StorageException">The database is in use, or not fit for use.</exception>
    public abstract void Prepare(long? schema = null);

    /// <summary>The version of the schema; 0 when there is none yet.</summary>
    public abstract long ReadSchema(DbConnection connection);

    /// <summary>The names of all tables where this program's are.</summary>
    public abstract IReadOnlyList<string> ReadTables(DbConnection connection);

    /// <summary>The highest number that a table's identity column has given, as far as the database knows.</summary>
    public abstract long ReadCounter(DbConnection connection, string table, string column);

    /// <summary>Lets an identity column go on above this number.</summary>
    public abstract void SetCounter(DbConnection connection, string table, string column, long highest);

    /// <summary>What stands before VALUES where an identity column is given its value.</summary>
    public virtual string GivenIdentity => "";

    /// <summary>Prepares inserting rows into a table.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="table">Into which table.</param>
    /// <param name="clause">What stands before VALUES.</param>
    /// <param name="columns">Of each row.</param>
    public virtual RowInsert PrepareInsert(DbConnection connection, string table, string clause, IReadOnlyList<(string Name, DbType Type)> columns) =>
        new CommandInsert(connection, StatementRows, table, clause, columns);

    /// <summary>The statement that inserts what a query yields, and leaves rows alone that are there; for a table with a column <c>id</c>.</summary>
    public abstract string InsertMissing(string table, string columns, string query);

    /// <summary>What stands after <c>mailbox</c> in a query of one account's entries with one peer in the order of ids, where the index by peer is not taken else.</summary>
    public virtual string ByPeer => "";

    /// <summary>A name as it is, whatever its letters' case.</summary>
    public virtual string Quote(string name) => $"\"{name}\"";

    /// <summary>Lets the database count what it plans its queries by, after very many rows came at once.</summary>
    public virtual void Analyze(DbConnection connection, IEnumerable<string> tables) { }

    /// <summary>Looks for damage that the database itself can find; a line for each.</summary>
    public virtual IEnumerable<string> FindDamage(DbConnection connection, IReadOnlyList<string> tables) => [];

    /// <summary>Opens the writer's connection. Where several machines can reach the database, it holds the lock of the one server.</summary>
    public abstract DbConnection OpenWriter();

    public abstract Task<DbConnection> OpenReaderAsync(CancellationToken cancellation);

    /// <summary>What an exception means for the batch that met it.</summary>
    /// <param name="reason">The exception.</param>
    /// <param name="connection">The connection it came from; null when it could not be opened.</param>
    public abstract Refusal Judge(Exception reason, DbConnection? connection);

    /// <summary>Puts the database in order before the writer closes it.</summary>
    public virtual void Checkpoint(DbConnection connection) { }

    /// <summary>Asks one question that has one answer.</summary>
    internal static object? Query(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        return command.ExecuteScalar();
    }

    /// <summary>The first column of all rows.</summary>
    internal static List<string> QueryAll(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0; // it may have to read everything
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        }
        return rows;
    }

    protected static long Long(object? value) => value is null or DBNull ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
