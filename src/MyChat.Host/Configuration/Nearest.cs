namespace MyChat.Host.Configuration;

/// <summary>Finds what a mistyped word was meant to be.</summary>
internal static class Nearest
{
    /// <summary>The most similar of the words, or null when none is similar.</summary>
    public static string? Of(string typed, IEnumerable<string> words)
    {
        var (word, distance) = words
            .Select(word => (word, Distance: Math.Min(Distance(typed, word), LeafDistance(typed, word))))
            .MinBy(candidate => candidate.Distance);
        return distance <= Math.Max(2, typed.Length / 3) ? word : null;
    }

    /// <summary>Who forgets the section, or mistakes it, still typed the last part: one more than the distance of those.</summary>
    private static int LeafDistance(string typed, string word) =>
        1 + Distance(typed[(typed.LastIndexOf(':') + 1)..], word[(word.LastIndexOf(':') + 1)..]);

    /// <summary>Insertions, deletions and replacements that make one word the other, ignoring case.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
