using System.Text;

namespace MyChat.Testing.Plays;

/// <summary>What happened on the stage so far, for people to read when a play goes wrong.</summary>
internal sealed class Transcript
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public void Sent(string who, string xml) => Add($"{who} → {xml.Trim()}");

    public void Received(string who, string xml) => Add($"{who} ← {xml.Trim()}");

    public void Note(string text) => Add($"({text})");

    private void Add(string line)
    {
        lock (_gate)
        {
            _lines.Add(line);
        }
    }

    /// <summary>The play so far, then what went wrong, and what waits unread.</summary>
    public PlayException Failure(string what, IEnumerable<(string Who, string Xml)> unread, Exception? inner = null)
    {
        var text = new StringBuilder(what).AppendLine().AppendLine().AppendLine("The play so far:");
        lock (_gate)
        {
            foreach (var line in _lines)
            {
                text.Append("  ").AppendLine(line);
            }
        }
        foreach (var (who, xml) in unread)
        {
            text.Append("  ").Append(who).Append(" ← ").Append(xml).AppendLine("   (not yet looked at)");
        }
        return new PlayException(text.ToString(), inner);
    }
}
