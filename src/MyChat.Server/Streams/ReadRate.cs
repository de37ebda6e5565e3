namespace MyChat.Server.Streams;

/// <summary>How much one client may send, averaged; a second's worth may come at once.</summary>
internal struct ReadRate(int bytesPerSecond, TimeProvider time)
{
    private double _allowance = bytesPerSecond;
    private long _counted;
    private long _lastAt = time.GetTimestamp();

    /// <summary>How long to wait before reading on, given how much has been received in all.</summary>
    public TimeSpan Take(long receivedInAll)
    {
        if (bytesPerSecond <= 0)
        {
            return TimeSpan.Zero;
        }
        var elapsed = time.GetElapsedTime(_lastAt);
        _lastAt = time.GetTimestamp();
        _allowance = Math.Min(bytesPerSecond, _allowance + (elapsed.TotalSeconds * bytesPerSecond)) - (receivedInAll - _counted);
        _counted = receivedInAll;
        return _allowance >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_allowance / bytesPerSecond);
    }
}
