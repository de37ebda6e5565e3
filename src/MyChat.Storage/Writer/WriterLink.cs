using Microsoft.Extensions.Logging;
using MyChat.Storage.Providers;

namespace MyChat.Storage.Writer;

/// <summary>The writer's way to the database: its session, opened anew when it broke, however long that takes. Used by the writer's thread.</summary>
internal sealed partial class WriterLink(DatabaseProvider provider, DatabaseLink database, ILogger logger) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ManualResetEventSlim stop = new();
    private StorageException? over; // why nothing can be written any more
    private bool lost;

    /// <summary>The session, where one is open.</summary>
    public WriterSession? Current { get; private set; }

    public WriterSession Open() => over is not null ? throw over : Current ??= new WriterSession(provider);

    public Refusal Judge(Exception reason) =>
        over is not null ? Refusal.Batch : Current is not null ? Current.Judge(reason) : provider.Judge(reason, null);

    /// <summary>Closes the session; the next <see cref="Open"/> opens another.</summary>
    public void Reset()
    {
        try
        {
            Current?.Dispose();
        }
        catch (Exception failure)
        {
            Log.NotClosed(logger, failure);
        }
        Current = null;
    }

    /// <summary>Opens a session after an attempt that failed; waits for a database that is lost.</summary>
    /// <param name="reason">Why it failed.</param>
    /// <param name="refusal">What that meant.</param>
    /// <param name="reserved">The mark of ids before the attempt: who finds neither this one nor the attempt's is not alone.</param>
    /// <param name="attempt">The attempt.</param>
    public void Reopen(Exception reason, Refusal refusal, long reserved, Attempt attempt)
    {
        var pause = FirstPause;
        // One whose connection still stands is held up by something else, which takes its time.
        var isHeldUp = refusal == Refusal.Lost && lost;
        while (true)
        {
            try
            {
                if (refusal == Refusal.Lost)
                {
                    Lose(reason);
                }
                if (isHeldUp)
                {
                    Wait(pause, reason, attempt);
                }
                var mark = Open().Reserved();
                if (mark != reserved && mark != attempt.Mark)
                {
                    over = new StorageException(
                        $"{provider.Description} was used by another server meanwhile, or restored: this one must be started again.");
                    database.End(over.Message);
                    throw over;
                }
                return;
            }
            catch (Exception again) when (over is null && provider.Judge(again, null) == Refusal.Lost)
            {
                Reset();
                (reason, refusal, isHeldUp) = (again, Refusal.Lost, true);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>A batch was committed.</summary>
    public void Works()
    {
        if (lost)
        {
            lost = false;
            database.Restored();
        }
    }

    /// <summary>From now on nobody waits for a database that is lost.</summary>
    public void Stop() => stop.Set();

    public void Dispose()
    {
        Reset();
        stop.Dispose();
    }

    private void Lose(Exception reason)
    {
        if (!lost)
        {
            lost = true;
            database.Lost(reason);
        }
    }

    private void Wait(TimeSpan pause, Exception reason, Attempt attempt)
    {
        if (stop.Wait(pause))
        {
            over = new StorageException("The database is closed, and was lost before.", reason);
            throw attempt.IsInDoubt ? new OutcomeUnknownException(reason) : over;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database's connection was not closed cleanly")]
        public static partial void NotClosed(ILogger logger, Exception failure);
    }
}
