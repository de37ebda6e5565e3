using System.Data;
using System.Data.Common;
using System.Runtime.ExceptionServices;
using LinqToDB;
using LinqToDB.Data;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Writer;

/// <summary>The writer's connection, with what is prepared on it. Used by the writer's thread only.</summary>
internal sealed class WriterSession : IDisposable
{
    private readonly DatabaseProvider provider;
    private readonly DbConnection connection;
    private readonly DbCommand begin;
    private readonly DbCommand commit;
    private readonly DbCommand rollback;
    private readonly DbCommand savepoint;
    private readonly DbCommand release;
    private readonly DbCommand rollbackToSavepoint;

    public WriterSession(DatabaseProvider provider)
    {
        this.provider = provider;
        connection = provider.OpenWriter();
        begin = Command(provider.Begin);
        commit = Command("COMMIT");
        rollback = Command("ROLLBACK");
        savepoint = Command("SAVEPOINT command");
        release = Command("RELEASE SAVEPOINT command");
        rollbackToSavepoint = Command("ROLLBACK TO SAVEPOINT command");
        Db = new DataConnection(new DataOptions().UseConnection(provider.Linq, connection, disposeConnection: false));
        try
        {
            Mailboxes = new MailboxStatements(connection, provider);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>For commands; inside the batch's transaction.</summary>
    public DataConnection Db { get; }

    public MailboxStatements Mailboxes { get; }

    /// <summary>For what is said in SQL; inside the batch's transaction as well.</summary>
    public DbConnection Connection => connection;

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    /// <summary>Undoes the transaction, which the database may have undone already.</summary>
    public void Rollback()
    {
        Mailboxes.Clear();
        try
        {
            if (connection.State == ConnectionState.Open)
            {
                rollback.ExecuteNonQuery();
            }
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or IOException)
        {
            // No transaction is active: that is what was wanted. If one still is, the next BEGIN is refused and says so.
        }
    }

    /// <summary>What an exception means that came from here.</summary>
    public Refusal Judge(Exception reason) => provider.Judge(reason, connection);

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
        catch (Exception failure) when (refused is not null && failure is DbException or InvalidOperationException or IOException)
        {
            // The database undid the whole transaction: what made it do so is the reason for all in the batch.
            ExceptionDispatchInfo.Throw(refused!);
            throw;
        }
    }

    /// <summary>Keeps the mark above which no message id has been given.</summary>
    public void Reserve(long mark) => Keep(MetaRow.ReservedIds, mark);

    /// <summary>The mark that <see cref="Reserve"/> kept; 0 before the first.</summary>
    public long Reserved() => Value(MetaRow.ReservedIds);

    /// <summary>Keeps up to where all is filed.</summary>
    public void KeepFiled(long last) => Keep(MetaRow.Filed, last);

    /// <summary>What <see cref="KeepFiled"/> kept.</summary>
    public long Filed() => Value(MetaRow.Filed);

    /// <summary>The last message that is stored.</summary>
    public long LastMessage() => Db.GetTable<MessageRow>().Max(row => (long?)row.Id) ?? 0;

    /// <summary>Numbers a batch that stores no message, so that it can be told whether it was committed.</summary>
    public void Number(long batch) => Keep(MetaRow.LastBatch, batch);

    /// <summary>The number of the last such batch.</summary>
    public long LastBatch() => Value(MetaRow.LastBatch);

    /// <summary>The highest message id that may have been given.</summary>
    public long HighestId() => Math.Max(Reserved(), LastMessage());

    public bool IsStored(long id) => Db.GetTable<MessageRow>().Any(row => row.Id == id);

    public void Checkpoint() => provider.Checkpoint(connection);

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

    private void Keep(string name, long value)
    {
        const string Update = "UPDATE meta SET value = @value WHERE name = @name";
        if (Db.Execute(Update, new DataParameter("value", value), new DataParameter("name", name)) == 0)
        {
            Db.InsertOrReplace(new MetaRow { Name = name, Value = value });
        }
    }

    private long Value(string name) => Db.GetTable<MetaRow>().Where(row => row.Name == name).Select(row => row.Value).FirstOrDefault();

    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
