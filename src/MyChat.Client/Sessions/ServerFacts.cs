namespace MyChat.Client.Sessions;

/// <summary>What is known of the server: its features (XEP-0030) and its clock (XEP-0202).</summary>
internal sealed class ServerFacts
{
    private volatile IReadOnlySet<string> _features = new HashSet<string>();
    private long _clockOffset;

    /// <summary>How far the server's clock is ahead of this machine's; zero until it is known.</summary>
    public TimeSpan ClockOffset
    {
        get => new(Interlocked.Read(ref _clockOffset));
        set => Interlocked.Exchange(ref _clockOffset, value.Ticks);
    }

    public IReadOnlySet<string> Features
    {
        get => _features;
        set => _features = value;
    }

    public bool Has(string feature) => _features.Contains(feature);
}
