namespace MyChat.Client.Sessions;

/// <summary>
/// How long to wait before the next attempt: a random part of a time that doubles ("full jitter"), so that the clients of a server that was away
/// do not all come back at once.
/// </summary>
internal static class BackOff
{
    /// <param name="failures">How often it failed in a row, at least 1.</param>
    /// <param name="random">At least 0, below 1.</param>
    public static TimeSpan Wait(int failures, TimeSpan first, TimeSpan longest, double random)
    {
        // 2^30 times anything is longer than the longest.
        var longestNow = Math.Min(longest.Ticks, first.Ticks * Math.Pow(2, Math.Min(failures - 1, 30)));
        return TimeSpan.FromTicks((long)(longestNow * random));
    }
}
