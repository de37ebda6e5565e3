using MyChat.Client.Connections;

namespace MyChat.Client.Tests;

/// <summary>All that a client sends and receives.</summary>
internal sealed class Wire : ProtocolLog
{
    private readonly List<string> _sent = [];
    private readonly List<string> _received = [];

    public IReadOnlyList<string> Sent => Copy(_sent);
    public IReadOnlyList<string> Received => Copy(_received);

    protected override void Write(bool sent, string xml)
    {
        var pieces = sent ? _sent : _received;
        lock (pieces)
        {
            pieces.Add(xml);
        }
    }

    private static string[] Copy(List<string> pieces)
    {
        lock (pieces)
        {
            return [.. pieces];
        }
    }
}
