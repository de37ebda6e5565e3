using System.Data.Common;
using LinqToDB;
using LinqToDB.Data;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Writer;

/// <summary>The writer's connection, with what is prepared on it. Used by the writer's thread only.</summary>
internal sealed class WriterSession : IDisposable
{
    private readonly DbConnection connection;
    private readonly DbCommand begin;
    private readonly DbCommand commit;
    private readonly DbCommand rollback;
    private readonly DbCommand savepoint;
    private readonly DbCommand release;
    private readonly DbCommand rollbackToSavepoint;

    public WriterSession(SqliteProvider provider)
    {
        connection = provider.OpenWriter();
        begin = Command(SqliteProvider.Begin);
        commit = Command("COMMIT");
        rollback = Command("ROLLBACK");
        savepoint = Command("SAVEPOINT command");
        release = Command("RELEASE SAVEPOINT command");
        rollbackToSavepoint = Command("ROLLBACK TO SAVEPOINT command");
        Mailboxes = new MailboxStatements(connection, SqliteProvider.StatementRows);
        Db = new DataConnection(new DataOptions().UseConnection(provider.Linq, connection, disposeConnection: false));
    }

    /// <summary>For commands; inside the batch's transaction.</summary>
    public DataConnection Db { get; }

    public MailboxStatements Mailboxes { get; }

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    /// <summary>Undoes the transaction, which the database may have undone already.</summary>
    public void Rollback()
    {
        Mailboxes.Clear();
        try
        {
            rollback.ExecuteNonQuery();
        }
        catch (DbException)
        {
            // No transaction is active: that is what was wanted. If one still is, the next BEGIN is refused and says so.
        }
    }

    /// <summary>Runs a command so that its failure undoes it alone; returns that failure.</summary>
    public Exception? Run(WriteCommand command)
    {
        savepoint.ExecuteNonQuery();
        Exception? refused = null;
        try
        {
            command.Run(this);
        }
        catch (Exception failure)
        {
            refused = failure;
        }
        try
        {
            if (refused is not null)
            {
                rollbackToSavepoint.ExecuteNonQuery();
            }
            release.ExecuteNonQuery();
            return refused;
        }
        catch (DbException) when (refused is not null)
        {
            // The database undid the whole transaction: what made it do so is the reason for all in the batch.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(refused);
            throw;
        }
    }

    /// <summary>Keeps the mark above which no message id has been given.</summary>
    public void Reserve(long mark) => Db.InsertOrReplace(new MetaRow { Name = MetaRow.ReservedIds, Value = mark });

    /// <summary>The highest message id that may have been given.</summary>
    public long HighestId() => Math.Max(
        Db.GetTable<MetaRow>().Where(row => row.Name == MetaRow.ReservedIds).Select(row => row.Value).FirstOrDefault(),
        Db.GetTable<MessageRow>().Max(row => (long?)row.Id) ?? 0);

    public bool IsStored(long id) => Db.GetTable<MessageRow>().Any(row => row.Id == id);

    public void Checkpoint() => SqliteProvider.Checkpoint(connection);

    public void Dispose()
    {
        foreach (var command in new[] { begin, commit, rollback, savepoint, release, rollbackToSavepoint })
        {
            command.Dispose();
        }
        Mailboxes.Dispose();
        Db.Dispose();
        connection.Dispose();
    }

    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
