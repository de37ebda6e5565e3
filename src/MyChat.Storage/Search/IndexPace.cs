namespace MyChat.Storage.Search;

/// <summary>
/// How much of the processors making indexes may take: half of what messages leave of them. Searches find what is not indexed as well, so the index can
/// wait for a quieter hour; a sixteenth of a processor it gets even in the busiest.
/// </summary>
/// <param name="time">For the rests, and for how long things took.</param>
/// <param name="processors">How many this process may use.</param>
/// <param name="used">The processor time that this process used until now.</param>
internal sealed class IndexPace(TimeProvider time, int processors, Func<TimeSpan> used)
{
    private const double Most = 1 / 2.0;
    private const double Least = 1 / 16.0;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);

    private long since = time.GetTimestamp();
    private TimeSpan usedBefore = used();
    private TimeSpan worked; // since then

    public IndexPace(TimeProvider time)
        : this(time, Environment.ProcessorCount, () => Environment.CpuUsage.TotalTime)
    {
    }

    /// <summary>The part of a processor that it may take now.</summary>
    public double Share { get; private set; } = Most;

    /// <summary>How long to rest after having worked for some time.</summary>
    public TimeSpan RestAfter(TimeSpan work)
    {
        worked += work;
        if (time.GetElapsedTime(since) is var elapsed && elapsed >= Window)
        {
            var usedNow = used();
            var byOthers = Math.Max(0, (usedNow - usedBefore - worked) / elapsed);
            Share = Math.Clamp((processors - byOthers) / 2, Least, Most);
            (since, usedBefore, worked) = (time.GetTimestamp(), usedNow, TimeSpan.Zero);
        }
        return work * ((1 / Share) - 1);
    }
}
