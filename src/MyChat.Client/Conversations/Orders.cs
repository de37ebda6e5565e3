namespace MyChat.Client.Conversations;

/// <summary>Places in a conversation: microseconds of the server's clock, so that what was delayed finds its place.</summary>
internal static class Orders
{
    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
