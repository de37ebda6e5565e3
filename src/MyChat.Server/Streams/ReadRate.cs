namespace MyChat.Server.Streams;

/// <summary>How much one client may send, averaged; a second's worth may come at once.</summary>
internal struct ReadRate(int bytesPerSecond, TimeProvider time)
{
    private double allowance = bytesPerSecond;
    private long counted;
    private long lastAt = time.GetTimestamp();

    /// <summary>How long to wait before reading on, given how much has been received in all.</summary>
    public TimeSpan Take(long receivedInAll)
    {
        if (bytesPerSecond <= 0)
        {
            return TimeSpan.Zero;
        }
        var elapsed = time.GetElapsedTime(lastAt);
        lastAt = time.GetTimestamp();
        allowance = Math.Min(bytesPerSecond, allowance + (elapsed.TotalSeconds * bytesPerSecond)) - (receivedInAll - counted);
        counted = receivedInAll;
        return allowance >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-allowance / bytesPerSecond);
    }
}
