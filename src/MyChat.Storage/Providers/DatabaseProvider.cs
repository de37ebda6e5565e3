using System.Data.Common;
using LinqToDB.DataProvider;

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

    /// <summary>Makes what is missing, brings the schema up to date, and looks at the database's settings.</summary>
    /// <exception cref="StorageException">The database is in use, or not fit for use.</exception>
    public abstract void Prepare();

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
    protected static object? Query(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
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
}
