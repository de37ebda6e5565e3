namespace MyChat.Storage.Search;

/// <summary>
/// How much of the processors making indexes may take: half of what messages leave of them, and half of one at most. Searches find what is not indexed as well, so
/// the index can wait for a quieter hour; a sixteenth of a processor it gets even in the busiest. It is taken in short stretches, for a message that comes meanwhile may wait for
/// the end of one: systems do not always interrupt a thread that computes for one that was woken.
/// </summary>
/// <param name="time">For the rests, and for how long things took.</param>
/// <param name="processors">How many this process may use.</param>
/// <param name="used">The processor time that this process used until now.</param>
internal sealed class IndexPace(TimeProvider time, int processors, Func<TimeSpan> used)
{
    private const double Most = 1 / 2.0;
    private const double Least = 1 / 16.0;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Stretch = TimeSpan.FromMilliseconds(1);

    private double share = Most;
    private long since = time.GetTimestamp();
    private TimeSpan usedBefore = used();
    private TimeSpan worked; // since then
    private long begun = time.GetTimestamp(); // the stretch

    public IndexPace(TimeProvider time)
        : this(time, Environment.ProcessorCount, () => Environment.CpuUsage.TotalTime)
    {
    }

    /// <summary>Whether somebody waits: then it takes half a processor however busy the server is.</summary>
    public bool IsUrgent { get; set; }

    /// <summary>Whether nothing else matters: then it never rests.</summary>
    public bool IsAlone { get; set; }

    /// <summary>Work begins.</summary>
    public void Begin() => begun = time.GetTimestamp();

    /// <summary>To be called often by who works: rests at the end of a stretch.</summary>
    public ValueTask BreatheAsync(CancellationToken cancellation)
    {
        var stretch = time.GetElapsedTime(begun);
        return IsAlone || stretch < Stretch ? default : RestAsync(RestAfter(stretch), cancellation);
    }

    /// <summary>How long to rest after having worked for some time.</summary>
    internal TimeSpan RestAfter(TimeSpan work)
    {
        worked += work;
        if (time.GetElapsedTime(since) is var elapsed && elapsed >= Window)
        {
            var usedNow = used();
            var byOthers = Math.Max(0, (usedNow - usedBefore - worked) / elapsed);
            share = Math.Clamp((processors - byOthers) / 2, Least, Most);
            (since, usedBefore, worked) = (time.GetTimestamp(), usedNow, TimeSpan.Zero);
        }
        return work * ((1 / (IsUrgent ? Most : share)) - 1);
    }

    private async ValueTask RestAsync(TimeSpan rest, CancellationToken cancellation)
    {
        await Task.Delay(rest, time, cancellation);
        Begin();
    }
}
