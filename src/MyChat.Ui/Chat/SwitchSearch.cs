namespace MyChat.Ui.Chat;

/// <summary>Finds people by letters of their name, its pinyin initials, or their address, not necessarily side by side.</summary>
public static class SwitchSearch
{
    /// <summary>Those that match, the best first, else in the order given.</summary>
    public static IEnumerable<SwitchTarget> Find(IReadOnlyList<SwitchTarget> targets, string text)
    {
        if (text.Length == 0)
        {
            return targets;
        }
        return targets
            .Select(target => (Target: target, Score: Score(target, text)))
            .Where(found => found.Score > 0)
            .OrderByDescending(found => found.Score)
            .Select(found => found.Target);
    }

    private static int Score(SwitchTarget target, string text)
    {
        var name = Score(target.Contact.Name, text) * 3;
        var initials = target.Initials.Length == 0 ? 0 : Score(target.Initials, text) * 3;
        var localpart = Score(target.Contact.Jid.Localpart ?? "", text) * 2;
        var address = Score(target.Contact.Jid.ToString(), text);
        return Math.Max(Math.Max(name, initials), Math.Max(localpart, address));
    }

    /// <summary>0: no; 1: the letters in this order; 2: inside; 3: at the start of a word; 4: at the start; 5: all of it.</summary>
    private static int Score(string name, string text)
    {
        var at = name.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        return at switch
        {
            0 => name.Length == text.Length ? 5 : 4,
            > 0 => char.IsLetterOrDigit(name[at - 1]) ? 2 : 3,
            _ => IsScattered(name, text) ? 1 : 0,
        };
    }

    private static bool IsScattered(string name, string text)
    {
        var from = 0;
        foreach (var wanted in text)
        {
            if (char.IsWhiteSpace(wanted))
            {
                continue;
            }
            var at = name.AsSpan(from).IndexOf([wanted], StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return false;
            }
            from += at + 1;
        }
        return true;
    }
}
