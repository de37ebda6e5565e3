namespace MyChat.Client.History;

/// <summary>A piece of a text, and whether it is what was looked for.</summary>
public readonly record struct SearchPart(string Text, bool IsHit);

/// <summary>Finds words in texts: each of them anywhere, in whatever case, so that two characters of Chinese are found as well as a word.</summary>
public static class SearchText
{
    private const int MostWords = 10;
    private const int ContextBefore = 24;
    private const int SnippetLength = 140;

    /// <summary>What a user typed, word by word.</summary>
    public static IReadOnlyList<string> Words(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords)];

    /// <summary>Whether a text has all of them.</summary>
    public static bool Has(string text, IReadOnlyList<string> words) =>
        words.Count > 0 && words.All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>A line of a text around the first of the words, in pieces.</summary>
    public static IReadOnlyList<SearchPart> Snippet(string text, IReadOnlyList<string> words)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var first = Next(line, 0, words).At;
        var start = first <= ContextBefore ? 0 : Edge(line, first - ContextBefore);
        var end = Edge(line, Math.Min(line.Length, start + SnippetLength));
        var parts = new List<SearchPart>();
        var at = start;
        while (Next(line, at, words) is var (hit, length) && hit >= 0 && hit + length <= end)
        {
            Add(parts, line[at..hit], isHit: false);
            Add(parts, line.Substring(hit, length), isHit: true);
            at = hit + length;
        }
        Add(parts, line[at..end], isHit: false);
        if (start > 0)
        {
            parts.Insert(0, new SearchPart("…", IsHit: false));
        }
        if (end < line.Length)
        {
            parts.Add(new SearchPart("…", IsHit: false));
        }
        return parts;
    }

    private static void Add(List<SearchPart> parts, string text, bool isHit)
    {
        if (text.Length > 0)
        {
            parts.Add(new SearchPart(text, isHit));
        }
    }

    private static (int At, int Length) Next(string line, int from, IReadOnlyList<string> words)
    {
        var next = (At: -1, Length: 0);
        foreach (var word in words)
        {
            var at = line.IndexOf(word, from, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (next.At < 0 || at < next.At || (at == next.At && word.Length > next.Length)))
            {
                next = (at, word.Length);
            }
        }
        return next;
    }

    // Not into the middle of a character.
    private static int Edge(string line, int at) => at > 0 && at < line.Length && char.IsLowSurrogate(line[at]) ? at - 1 : at;
}
