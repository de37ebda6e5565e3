using MyChat.Client.Connections;

namespace MyChat.Bench.Sessions;

/// <summary>What is in the answer to a roster request.</summary>
internal static class RosterItems
{
    /// <summary>Subscriptions by address.</summary>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> answer)
    {
        if (!Scan.Type(answer).SequenceEqual("result"u8))
        {
            throw new XmppException($"No roster: {Scan.Text(answer)}");
        }
        var items = new Dictionary<string, string>();
        for (var at = answer.IndexOf("<item "u8); at >= 0; at = answer.IndexOf("<item "u8))
        {
            answer = answer[at..];
            var tag = Scan.StartTag(answer);
            items[Scan.Text(Scan.Attribute(tag, " jid="u8))] = Scan.Text(Scan.Attribute(tag, " subscription="u8));
            answer = answer[tag.Length..];
        }
        return items;
    }
}
