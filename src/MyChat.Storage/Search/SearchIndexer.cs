using LinqToDB;
using LinqToDB.Async;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Search;

/// <summary>
/// Follows the log behind a cursor, and gives each account whose log has grown by enough another segment of its index; where somebody searches
/// (<see cref="SearchDemand"/>), an eighth of that is enough. What is younger, searches read from the log itself: so an account with few messages has no index at
/// all, most people never cause one, and the index may lag without anybody noticing. It lags, it never leads: it is made of what is committed,
/// and a segment and what it says of itself are one transaction.
/// </summary>
internal sealed partial class SearchIndexer : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromDays(1);
    private const int LogRows = 256;
    private const int StepsPerCursor = 64;
    private const int MostTails = 1_000_000; // some 70 bytes each

    private readonly Database database;
    private readonly TimeProvider time;
    private readonly ILogger<SearchIndexer> logger;
    private readonly AccountIndexer accounts;
    private readonly SearchCursor cursor;
    private readonly SearchDemand demand;
    private readonly IndexPace pace;
    private readonly Queue<long> due = new();
    private readonly Dictionary<long, AccountTail> tails = [];
    private long read; // up to where the log was read
    private long saved = -1; // what the database knows of that; −1 before it was asked
    private int unsaved;
    private long? demanded; // whose index is made before all others

    public SearchIndexer(Database database, SearchDemand demand, TimeProvider time, ILogger<SearchIndexer> logger)
    {
        this.database = database;
        this.demand = demand;
        this.time = time;
        this.logger = logger;
        pace = new IndexPace(time);
        accounts = new AccountIndexer(database, pace);
        cursor = new SearchCursor(database);
    }

    /// <summary>Indexes until there is nothing to do, without a rest.</summary>
    internal async Task CatchUpAsync(CancellationToken cancellation)
    {
        pace.IsAlone = true;
        await database.Writer.FileAsync();
        while (await StepAsync(cancellation))
        {
        }
    }

    /// <summary>Does a small part of what is to be done; false when there was nothing.</summary>
    internal async Task<bool> StepAsync(CancellationToken cancellation)
    {
        if (demanded is null && demand.TryTake(out var next))
        {
            demanded = next;
        }
        pace.IsUrgent = demanded is not null;
        if (demanded is { } wanted)
        {
            if (!await accounts.IndexAsync(wanted, await accounts.FindTailAsync(wanted, cancellation), AccountIndexer.SmallSegment, cancellation))
            {
                demanded = null;
            }
            return true;
        }
        if (due.TryPeek(out var account))
        {
            if (!await accounts.IndexAsync(account, tails[account], AccountIndexer.LargeSegment, cancellation))
            {
                tails[due.Dequeue()].IsDue = false;
            }
            return true;
        }
        return await ReadLogAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // who starts this need not wait for the database
        var (seen, quiet) = (-1L, -1L);
        var cleaned = time.GetUtcNow();
        try
        {
            while (true)
            {
                if (time.GetUtcNow() - cleaned >= BetweenCleanings)
                {
                    cleaned = time.GetUtcNow();
                    await TryAsync(async () => await new SearchIndex(database).CleanAsync(stoppingToken), stoppingToken);
                }
                var commits = database.Writer.Commits;
                if (commits != seen || demand.IsThere)
                {
                    seen = await TryCatchUpAsync(stoppingToken) ? commits : seen;
                }
                else if (commits != quiet)
                {
                    quiet = commits; // once in a quiet time: it may be one because nothing can be written
                    await database.Writer.TryFileAsync().WaitAsync(stoppingToken);
                }
                await demand.WaitAsync(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private Task<bool> TryCatchUpAsync(CancellationToken cancellation) => TryAsync(async () =>
    {
        pace.Begin();
        while (await StepAsync(cancellation))
        {
            await pace.BreatheAsync(cancellation);
        }
    }, cancellation);

    private async Task<bool> TryAsync(Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Log.Failed(logger, failure);
            Forget();
            await Task.Delay(PauseAfterFailure, time, cancellation);
            return false;
        }
    }

    private async Task<bool> ReadLogAsync(CancellationToken cancellation)
    {
        var stored = await cursor.ReadAsync(cancellation);
        if (stored != saved)
        {
            Forget(); // the first time; or somebody has the index made anew
            read = saved = stored;
        }
        // What is not filed yet has its turn later: it is not filed for the index's sake.
        var (after, filed) = (read, database.Writer.Filed);
        var rows = await database.ReadAsync(
            db => db.GetTable<MessageRow>().Where(row => row.Id > after && row.Id <= filed).OrderBy(row => row.Id)
                .Select(row => new { row.Id, row.Sender, row.Recipient }).Take(LogRows).ToListAsync(cancellation),
            cancellation);
        if (rows.Count == 0 || ++unsaved >= StepsPerCursor)
        {
            // What was read before is indexed where it had to be: nothing is due any more.
            if (saved != read)
            {
                await cursor.SaveAsync(read, cancellation);
                saved = read;
            }
            unsaved = 0;
        }
        if (rows.Count == 0)
        {
            return false;
        }
        foreach (var row in rows)
        {
            await CountAsync(row.Sender, row.Id, cancellation);
            if (row.Recipient != row.Sender)
            {
                await CountAsync(row.Recipient, row.Id, cancellation);
            }
        }
        read = rows[^1].Id;
        return true;
    }

    private async ValueTask CountAsync(long account, long id, CancellationToken cancellation)
    {
        if (account == 0)
        {
            return; // that side does not hold it
        }
        if (!tails.TryGetValue(account, out var tail))
        {
            if (tails.Count >= MostTails && due.Count == 0)
            {
                tails.Clear();
            }
            tails[account] = tail = await accounts.FindTailAsync(account, cancellation);
        }
        else if (id > tail.CountedTo)
        {
            (tail.CountedTo, tail.Waiting) = (id, tail.Waiting + 1);
        }
        if (tail.Waiting < AccountIndexer.LargeSegment || tail.IsDue)
        {
            return;
        }
        // Some may be gone since they were counted: where only so many are kept, as many go as come.
        tails[account] = tail = await accounts.FindTailAsync(account, cancellation);
        if (tail.Waiting >= AccountIndexer.LargeSegment)
        {
            tail.IsDue = true;
            due.Enqueue(account);
        }
    }

    private void Forget()
    {
        tails.Clear();
        due.Clear();
        demanded = null;
        saved = -1;
        unsaved = 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The index for searching could not be brought up to date; searches go on without what is missing, more slowly")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}

/// <summary>What is not indexed yet at the end of an account's log.</summary>
internal sealed class AccountTail
{
    /// <summary>Everything up to here is indexed.</summary>
    public long IndexedTo { get; set; }

    /// <summary>About how many entries come after it up to <see cref="CountedTo"/>; never fewer than there are.</summary>
    public int Waiting { get; set; }

    /// <summary>Entries up to here are indexed or counted.</summary>
    public long CountedTo { get; set; }

    /// <summary>Whether it is about to be indexed.</summary>
    public bool IsDue { get; set; }
}
