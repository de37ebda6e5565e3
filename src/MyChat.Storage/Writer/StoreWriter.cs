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

    /// <summary>How long a write that may wait does so, when nothing else is committed meanwhile.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(1);

    /// <summary>How long the end waits for a database server that does not answer.</summary>
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(10);

    private static readonly Task<bool> AllFiled = Task.FromResult(true);

    private readonly DatabaseProvider provider;
    private readonly ILogger logger;
    private readonly int idBlock;
    private readonly WriterLink link;
    private readonly WriteQueue queue = new(MostPatience);
    private readonly ConcurrentDictionary<long, bool> gone = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long lastId;
    private long lastBatch;
    private long reserved;
    private long stored;
    private Filing filing;
    private long filed; // what all may see of it
    private double crowd; // messages in a batch, lately
    private long commits;
    private long messages;

    public StoreWriter(DatabaseProvider provider, DatabaseLink database, ILogger logger, int idBlock = IdBlock)
    {
        this.provider = provider;
        this.logger = logger;
        this.idBlock = idBlock;
        link = new WriterLink(provider, database, logger);
        var session = link.Open();
        try
        {
            lastId = session.HighestId();
            lastBatch = session.LastBatch();
            reserved = lastId + idBlock;
            session.Reserve(reserved);
            filing = new Filing(session.Filed());
            stored = Math.Max(filing.To, session.LastMessage());
            FileAll(session);
        }
        catch
        {
            link.Dispose();
            throw;
        }
        new Thread(Run) { Name = "MyChat writer", IsBackground = true }.Start();
    }

    /// <summary>Transactions committed since the start.</summary>
    public long Commits => Interlocked.Read(ref commits);

    /// <summary>Messages that they stored.</summary>
    public long Messages => Interlocked.Read(ref messages);

    /// <summary>All messages up to this id are in the logs.</summary>
    public long Filed => Interlocked.Read(ref filed);

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
    /// <param name="run">What to do.</param>
    /// <param name="needsMailboxes">Whether it has to do with the logs of mailboxes.</param>
    /// <param name="bytes">About how many bytes it writes.</param>
    /// <param name="mayWait">Whether it may be a second late, to be committed with others.</param>
    public Task<T> WriteAsync<T>(Func<WriterSession, T> run, bool needsMailboxes = true, int bytes = 0, bool mayWait = false)
    {
        var command = new WriteCommand<T>(run, needsMailboxes, bytes) { MayWait = mayWait };
        return queue.TryAdd(command) ? command.Task : Task.FromException<T>(Closed());
    }

    /// <summary>Completes when all messages that are committed by now are in the logs. It waits for no other write but those of a batch or two.</summary>
    public Task<bool> FileAsync()
    {
        // In this order: what is seen of the first is never newer than of the second.
        if (Filed == Interlocked.Read(ref stored))
        {
            return AllFiled;
        }
        return queue.AddFirst(() => new WriteCommand<bool>(_ => true, needsMailboxes: true, bytes: 0))?.Task ?? Task.FromException<bool>(Closed());
    }

    /// <summary>The same; false when the database refuses it, as on a full disk.</summary>
    public async Task<bool> TryFileAsync()
    {
        try
        {
            return await FileAsync();
        }
        catch (Exception refusal)
        {
            Log.NotFiled(logger, refusal);
            return false;
        }
    }

    /// <summary>From now on nothing enters this account's log: the account is being deleted.</summary>
    public void Close(long account) => gone[account] = true;

    /// <summary>Commits what is queued, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Stop();
        link.Stop();
        await Task.WhenAny(ended.Task, provider.IsRemote ? Task.Delay(ClosingPatience) : ended.Task);
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
            if (link.Current is { } session)
            {
                FileAll(session);
                session.Checkpoint();
            }
        }
        catch (Exception failure)
        {
            Log.NotClosed(logger, failure);
        }
        link.Dispose();
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
        var (reason, refusal) = TryCommit(entries);
        if (reason is null)
        {
            Tell(entries, null);
        }
        else if (entries.Length > 1 && refusal == Refusal.Row)
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

    /// <summary>Commits the entries in one transaction, or says why all of them are refused. While the database is lost it waits.</summary>
    private (Exception? Reason, Refusal Refusal) TryCommit(Span<BatchEntry> entries)
    {
        if (!Refuse(entries))
        {
            return default;
        }
        while (true)
        {
            var attempt = new Attempt { Mark = reserved, Stored = stored, Filing = filing };
            try
            {
                Commit(link.Open(), entries, attempt);
                return default;
            }
            catch (Exception reason)
            {
                var refusal = link.Judge(reason);
                link.Current?.Rollback();
                if (attempt.IsInDoubt || refusal is Refusal.Broken or Refusal.Lost)
                {
                    link.Reset();
                }
                try
                {
                    if (refusal == Refusal.Lost || attempt.IsInDoubt)
                    {
                        link.Reopen(reason, refusal, reserved, attempt);
                        if (attempt.IsStored(link.Open()))
                        {
                            Log.CommittedAfterAll(logger, reason);
                            Committed(attempt);
                            return default;
                        }
                    }
                    if (refusal != Refusal.Lost)
                    {
                        return (reason, refusal);
                    }
                }
                catch (Exception final)
                {
                    return (final, Refusal.Batch);
                }
            }
        }
    }

    private void Commit(WriterSession session, Span<BatchEntry> entries, Attempt attempt)
    {
        session.Begin();
        if (lastId > reserved)
        {
            attempt.Mark = lastId + idBlock;
            session.Reserve(attempt.Mark);
        }
        Fill(session, entries, attempt);
        if (attempt.Messages == 0)
        {
            attempt.Number = ++lastBatch;
            session.Number(attempt.Number);
        }
        attempt.IsInDoubt = true;
        session.Commit();
        Committed(attempt);
    }

    private void Committed(Attempt attempt)
    {
        reserved = attempt.Mark;
        Interlocked.Exchange(ref stored, attempt.Stored);
        filing = attempt.Filing;
        Interlocked.Exchange(ref filed, filing.To);
        link.Works();
        Interlocked.Increment(ref commits);
        Interlocked.Add(ref messages, attempt.Messages);
    }

    /// <summary>Refuses what can be refused without the database; whether something is left to store.</summary>
    private bool Refuse(Span<BatchEntry> entries)
    {
        var stores = false;
        foreach (ref var entry in entries)
        {
            entry.Refused = Refuse(entry.Item);
            stores |= entry.Refused is null && entry.Item is not MailboxWrite { Sides: MailboxSides.None };
        }
        return stores;
    }

    private InvalidOperationException? Refuse(object item) => item switch
    {
        not MailboxWrite => null,
        // A message to an account that was deleted while it was on its way is refused, as one that comes later is.
        MailboxWrite write when !gone.IsEmpty && write.Sides.HasFlag(MailboxSides.Recipient) && gone.ContainsKey(write.RecipientAccount) =>
            new InvalidOperationException("The recipient's account is gone."),
        MailboxWrite { Stanza.Length: var length } when length > provider.LongestStanza =>
            new InvalidOperationException($"A stanza of {length} bytes is longer than the database takes in."),
        _ => null,
    };

    /// <summary>Puts the entries into the transaction, and notes what of them it stores.</summary>
    private void Fill(WriterSession session, Span<BatchEntry> entries, Attempt attempt)
    {
        foreach (ref var entry in entries)
        {
            if (entry.Item is WriteCommand command)
            {
                session.Mailboxes.Flush(); // what came before it is there for it to see
                if (command.NeedsMailboxes)
                {
                    attempt.Filing = attempt.Filing.All(session, attempt.Stored);
                }
                entry.Refused = session.Run(command);
            }
            else if (entry is { Refused: null, Item: MailboxWrite write } && session.Mailboxes.Add(write, keepSender: !gone.ContainsKey(write.SenderAccount)))
            {
                attempt.Stored = write.Id;
                attempt.Messages++;
            }
        }
        session.Mailboxes.Flush();
        crowd += (attempt.Messages - crowd) / 32;
        attempt.Filing = attempt.Filing.Due(session, attempt.Stored, crowd);
    }

    /// <summary>Files what is left, in a transaction of its own: at the start what a crash left, and at the end.</summary>
    private void FileAll(WriterSession session)
    {
        if (stored > filing.To)
        {
            session.Begin();
            filing = filing.All(session, stored);
            session.Commit();
        }
        filed = filing.To;
    }

    private void Tell(Span<BatchEntry> entries, Exception? reason)
    {
        foreach (ref var entry in entries)
        {
            if (!entry.Done)
            {
                entry.Done = true;
                if (reason is OutcomeUnknownException && entry.Item is MailboxWrite { Sides: not MailboxSides.None })
                {
                    continue; // neither: who sent it gets no acknowledgement, and no error for what may be stored
                }
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

        [LoggerMessage(5, LogLevel.Debug, "Messages could not be filed in their mailboxes; who reads one finds them nevertheless, more slowly")]
        public static partial void NotFiled(ILogger logger, Exception refusal);
    }
}
