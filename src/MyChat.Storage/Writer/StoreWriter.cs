using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Providers;

namespace MyChat.Storage.Writer;

/// <summary>
/// The one writer: a thread that commits what arrived while its previous commit ran, in order of arrival, and then tells
/// each write its outcome in that order.
/// </summary>
internal sealed partial class StoreWriter : IAsyncDisposable
{
    /// <summary>How many ids are reserved at a time. Ids are never given twice, not even those of rows that are gone: cursors compare them.</summary>
    public const int IdBlock = 1_000_000;

    private readonly SqliteProvider provider;
    private readonly ILogger logger;
    private readonly int idBlock;
    private readonly WriteQueue queue = new();
    private readonly ConcurrentDictionary<long, bool> gone = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriterSession? session; // null after the connection broke, until the next batch
    private long lastId;
    private long reserved;
    private long commits;

    public StoreWriter(SqliteProvider provider, ILogger logger, int idBlock = IdBlock)
    {
        this.provider = provider;
        this.logger = logger;
        this.idBlock = idBlock;
        var first = new WriterSession(provider);
        try
        {
            lastId = first.HighestId();
            reserved = lastId + idBlock;
            first.Reserve(reserved);
        }
        catch
        {
            first.Dispose();
            throw;
        }
        session = first;
        new Thread(Run) { Name = "MyChat writer", IsBackground = true }.Start();
    }

    /// <summary>Transactions committed since the start.</summary>
    public long Commits => Interlocked.Read(ref commits);

    public bool HasRoom => queue.HasRoom;

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => queue.WaitForRoomAsync(cancellation);

    public void Append(MailboxWrite write)
    {
        if (!queue.TryAdd(write))
        {
            Tell(write, Closed());
        }
    }

    /// <summary>Runs a command in its turn; completes when it is on disk. It may run more than once.</summary>
    public Task<T> WriteAsync<T>(Func<WriterSession, T> run, int bytes = 0)
    {
        var command = new WriteCommand<T>(run, bytes);
        return queue.TryAdd(command) ? command.Task : Task.FromException<T>(Closed());
    }

    /// <summary>From now on nothing enters this account's log: the account is being deleted.</summary>
    public void Close(long account) => gone[account] = true;

    /// <summary>Commits what is queued, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Stop();
        await ended.Task;
    }

    private static StorageException Closed() => new("The database is closed.");

    private void Run()
    {
        var batch = new List<BatchEntry>();
        while (queue.Take(batch))
        {
            var entries = CollectionsMarshal.AsSpan(batch);
            try
            {
                AssignIds(entries);
                Write(entries);
            }
            catch (Exception bug)
            {
                Log.Bug(logger, bug);
                Tell(entries, bug);
            }
            queue.Release(batch);
            batch.Clear();
        }
        try
        {
            session?.Checkpoint();
            session?.Dispose();
        }
        catch (Exception failure)
        {
            Log.NotClosed(logger, failure);
        }
        ended.SetResult();
    }

    private void AssignIds(Span<BatchEntry> entries)
    {
        foreach (ref var entry in entries)
        {
            if (entry.Item is MailboxWrite { Sides: not MailboxSides.None } write)
            {
                write.Id = ++lastId;
            }
        }
    }

    /// <summary>Commits the entries together; when that is refused for what may be the fault of one, each half by itself.</summary>
    private void Write(Span<BatchEntry> entries)
    {
        var reason = TryCommit(entries);
        if (reason is null)
        {
            Tell(entries, null);
        }
        else if (entries.Length > 1 && SqliteProvider.MayBeOneRow(reason))
        {
            Write(entries[..(entries.Length / 2)]);
            Write(entries[(entries.Length / 2)..]);
        }
        else
        {
            Log.Refused(logger, entries.Length, reason);
            Tell(entries, reason);
        }
    }

    /// <summary>Commits the entries in one transaction, or returns why all of them are refused.</summary>
    private Exception? TryCommit(Span<BatchEntry> entries)
    {
        var last = 0L; // the last id that this transaction stores
        var stores = false;
        foreach (ref var entry in entries)
        {
            entry.Refused = RefuseGone(entry.Item);
            if (entry.Refused is null && entry.Item is not MailboxWrite { Sides: MailboxSides.None })
            {
                stores = true;
                last = (entry.Item as MailboxWrite)?.Id ?? last;
            }
        }
        if (!stores)
        {
            return null;
        }
        try
        {
            session ??= new WriterSession(provider);
            session.Begin();
            var mark = last > reserved ? last + idBlock : reserved;
            if (mark > reserved)
            {
                session.Reserve(mark);
            }
            Fill(session, entries);
            Commit(session, last);
            reserved = mark;
            Interlocked.Increment(ref commits);
            return null;
        }
        catch (Exception reason)
        {
            session?.Rollback();
            if (SqliteProvider.BreaksConnection(reason))
            {
                Reset();
            }
            return reason;
        }
    }

    private void Fill(WriterSession current, Span<BatchEntry> entries)
    {
        foreach (ref var entry in entries)
        {
            switch (entry.Item)
            {
                case MailboxWrite write when entry.Refused is null:
                    current.Mailboxes.Add(write, keepSender: !gone.ContainsKey(write.SenderAccount));
                    break;
                case WriteCommand command:
                    current.Mailboxes.Flush(); // what came before it is there for it to see
                    entry.Refused = current.Run(command);
                    break;
            }
        }
        current.Mailboxes.Flush();
    }

    private void Commit(WriterSession current, long last)
    {
        try
        {
            current.Commit();
        }
        catch (Exception failure) when (last != 0)
        {
            // The outcome of a commit that broke off is not known: nobody may get an error for a message that is stored.
            current.Rollback();
            Reset();
            session = new WriterSession(provider);
            if (!session.IsStored(last))
            {
                throw;
            }
            Log.CommittedAfterAll(logger, failure);
        }
    }

    /// <summary>A message to an account that was deleted while it was on its way is refused, as one that comes later is.</summary>
    private InvalidOperationException? RefuseGone(object item) =>
        !gone.IsEmpty && item is MailboxWrite write && write.Sides.HasFlag(MailboxSides.Recipient) && gone.ContainsKey(write.RecipientAccount)
            ? new InvalidOperationException("The recipient's account is gone.")
            : null;

    private void Reset()
    {
        try
        {
            session?.Dispose();
        }
        catch (Exception failure)
        {
            Log.NotClosed(logger, failure);
        }
        session = null;
    }

    private void Tell(Span<BatchEntry> entries, Exception? reason)
    {
        foreach (ref var entry in entries)
        {
            if (!entry.Done)
            {
                entry.Done = true;
                // A write that stores nothing only waits for its turn, whatever became of the others.
                Tell(entry.Item, entry.Item is MailboxWrite { Sides: MailboxSides.None } ? null : reason ?? entry.Refused);
            }
        }
    }

    private void Tell(object item, Exception? reason)
    {
        try
        {
            switch (item, reason)
            {
                case (MailboxWrite write, null):
                    write.Committed();
                    break;
                case (MailboxWrite write, _):
                    write.Failed(reason);
                    break;
                case (WriteCommand command, null):
                    command.Committed();
                    break;
                case (WriteCommand command, _):
                    command.Failed(reason);
                    break;
            }
        }
        catch (Exception bug)
        {
            Log.Bug(logger, bug);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Writes} writes were refused by the database")]
        public static partial void Refused(ILogger logger, int writes, Exception reason);

        [LoggerMessage(2, LogLevel.Warning, "A commit broke off, but what it wrote is stored")]
        public static partial void CommittedAfterAll(ILogger logger, Exception failure);

        [LoggerMessage(3, LogLevel.Error, "A write's completion failed")]
        public static partial void Bug(ILogger logger, Exception bug);

        [LoggerMessage(4, LogLevel.Warning, "The database's connection was not closed cleanly")]
        public static partial void NotClosed(ILogger logger, Exception failure);
    }
}
