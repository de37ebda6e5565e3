namespace MyChat.Client.History;

/// <summary>
/// A stretch of a conversation, by places and without its ends, where the archive may have messages that this device lacks. What stands inside of
/// it is there, but not all that is around it.
/// </summary>
internal readonly record struct Gap(long After, long Before);

/// <summary>The gaps of a conversation, ascending: all that is not known to be complete.</summary>
internal static class Gaps
{
    /// <summary>Nothing is known yet.</summary>
    public static IReadOnlyList<Gap> Everything { get; } = [new(long.MinValue, long.MaxValue)];

    /// <summary>What is left when everything from one place to another is there; the ends are places of messages.</summary>
    public static IReadOnlyList<Gap> Without(this IReadOnlyList<Gap> gaps, long from, long to) => from > to
        ? gaps
        : [.. gaps.SelectMany(gap => Rest(gap, from, to))];

    /// <summary>With one more, which may touch or overlap others.</summary>
    public static IReadOnlyList<Gap> With(this IReadOnlyList<Gap> gaps, Gap more)
    {
        var apart = gaps.Where(gap => gap.Before <= more.After || gap.After >= more.Before).ToList();
        var joined = gaps.Where(gap => gap.Before > more.After && gap.After < more.Before).Append(more).ToList();
        return [.. apart.Append(new Gap(joined.Min(gap => gap.After), joined.Max(gap => gap.Before))).OrderBy(gap => gap.After)];
    }

    /// <summary>The gap right below a place: the one that ends there, or goes on above it.</summary>
    public static Gap? Below(this IReadOnlyList<Gap> gaps, long place)
    {
        foreach (var gap in gaps)
        {
            if (gap.After < place && place <= gap.Before)
            {
                return gap;
            }
        }
        return null;
    }

    /// <summary>The lowest gap that ends above a place.</summary>
    public static Gap? LowestAbove(this IReadOnlyList<Gap> gaps, long place)
    {
        foreach (var gap in gaps)
        {
            if (gap.Before > place)
            {
                return gap;
            }
        }
        return null;
    }

    /// <summary>The highest gap that begins below a place.</summary>
    public static Gap? HighestBelow(this IReadOnlyList<Gap> gaps, long place)
    {
        Gap? highest = null;
        foreach (var gap in gaps.Where(gap => gap.After < place))
        {
            highest = gap;
        }
        return highest;
    }

    private static IEnumerable<Gap> Rest(Gap gap, long from, long to)
    {
        if (to <= gap.After || from >= gap.Before)
        {
            // An end that only touches says nothing about what is inside.
            yield return gap;
            yield break;
        }
        if (from > gap.After)
        {
            yield return gap with { Before = from };
        }
        if (to < gap.Before)
        {
            yield return gap with { After = to };
        }
    }
}
