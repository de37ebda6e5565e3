namespace MyChat.Client.Conversations;

/// <summary>Places in a conversation: microseconds of the server's clock, so that what was delayed finds its place.</summary>
internal static class Orders
{
    /// <summary>At or below are messages that are kept but not shown, as it is not known yet what comes before them.</summary>
    public const long Limbo = -(1L << 60);

    /// <summary>A place for a message that waits for its own: in the order in which they came.</summary>
    public static long Waiting(DateTimeOffset now) => -(1L << 62) + Of(now);

    /// <summary>When a message came that waits: what came as new after it stands above this.</summary>
    public static long Came(long waiting) => waiting + (1L << 62);

    public static bool IsWaiting(long order) => order <= Limbo;

    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
