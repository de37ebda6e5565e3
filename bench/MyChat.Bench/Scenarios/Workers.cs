using System.Diagnostics;
using MyChat.Bench.Measuring;

namespace MyChat.Bench.Scenarios;

/// <summary>Does something again and again, some at a time, first unmeasured and then measured.</summary>
internal static class Workers
{
    /// <param name="count">How many work at a time.</param>
    /// <param name="work">One piece; it gets the number of its worker, and of the piece. It returns what it counts for.</param>
    /// <param name="times">How long the pieces take that begin and end while it is measured.</param>
    public static async Task<Measured> RunAsync(Run run, int count, Func<int, int, Task<int>> work, Histogram times)
    {
        var (pieces, done, measuring, over) = (-1, 0L, false, false);
        var workers = Enumerable.Range(0, count).Select(worker => Task.Run(async () =>
        {
            while (!Volatile.Read(ref over))
            {
                var (began, isMeasured) = (Stopwatch.GetTimestamp(), Volatile.Read(ref measuring));
                var counted = await work(worker, Interlocked.Increment(ref pieces));
                Interlocked.Add(ref done, counted);
                if (isMeasured)
                {
                    times.Add(Stopwatch.GetTimestamp() - began);
                }
            }
        })).ToList();
        // One that fails ends it all: the others are stopped, and what is awaited last tells why.
        var all = Task.WhenAll(workers);
        var failed = Task.WhenAny(workers);
        await Task.WhenAny(run.WaitAsync(run.Options.WarmUp), failed);
        Volatile.Write(ref measuring, true);
        var measurement = run.Begin(() => Interlocked.Read(ref done));
        await Task.WhenAny(run.WaitAsync(run.Options.Time), failed);
        var measured = await measurement.EndAsync();
        Volatile.Write(ref over, true);
        await all;
        return measured;
    }
}
