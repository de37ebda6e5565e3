using MyChat.Client.Conversations;

namespace MyChat.Client.History;

/// <summary>A message of a page on its way to its place.</summary>
internal sealed class Placement(Envelope envelope, string body, ChatMessage? known)
{
    public Envelope Envelope { get; } = envelope;
    public string Body { get; } = body;

    /// <summary>The message on this device, when it is there already.</summary>
    public ChatMessage? Known { get; set; } = known;

    public long Place { get; set; }

    /// <summary>
    /// It was written here and stands where the user wrote it, which is earlier than the archive took it: it is neither moved, nor does it say
    /// where others belong.
    /// </summary>
    public bool StaysPut => Known is { IsMine: true } known && !Orders.IsWaiting(known.Order);

    /// <summary>It stands where it can stay.</summary>
    public bool IsKept { get; set; }

    /// <summary>The place that its time gives it.</summary>
    public long Wanted { get; } = Orders.Of(envelope.Sent!.Value);
}

/// <summary>
/// Finds places for the consecutive messages of a page. The archive's order decides, not the clock: many messages may bear the same time. Times
/// only say where between its neighbours a message stands.
/// </summary>
internal static class PageOrder
{
    /// <summary>More room is needed below a place.</summary>
    public sealed record Lack(long UpTo, long By);

    /// <summary>Finds those that stay where they are; returns the place of the first, or <paramref name="upper"/> where there is none.</summary>
    /// <param name="upper">All of them stand below this.</param>
    public static long Keep(IReadOnlyList<Placement> page, long upper)
    {
        for (var i = page.Count - 1; i >= 0; i--)
        {
            var entry = page[i];
            entry.IsKept = entry.Known is { } known && !Orders.IsWaiting(known.Order) && known.Order < upper;
            if (entry.IsKept)
            {
                upper = entry.Place = entry.Known!.Order;
            }
        }
        return upper;
    }

    /// <summary>Finds places for the others.</summary>
    /// <param name="lower">What was there stands at or below this and before them, for a page that does not begin with one of them.</param>
    /// <returns>Null when all have a place; else what has to move down first.</returns>
    public static Lack? Find(IReadOnlyList<Placement> page, long upper, long lower)
    {
        Keep(page, upper);
        for (var end = page.Count - 1; end >= 0; end--)
        {
            if (page[end].IsKept)
            {
                continue;
            }
            var start = end;
            while (start > 0 && !page[start - 1].IsKept)
            {
                start--;
            }
            var above = end + 1 < page.Count ? page[end + 1].Place : upper;
            var below = start > 0 ? page[start - 1].Place : lower;
            var lacking = end - start + 1 - ((Int128)above - below - 1);
            if (lacking > 0)
            {
                return new Lack(below, (long)lacking);
            }
            Spread(page, start, end, below, above);
            end = start;
        }
        return null;
    }

    private static void Spread(IReadOnlyList<Placement> page, int start, int end, long below, long above)
    {
        for (var i = end; i >= start; i--)
        {
            above = page[i].Place = Math.Min(page[i].Wanted, above - 1);
        }
        for (var i = start; i <= end; i++)
        {
            // They fit, so this moves none above the next that is kept.
            below = page[i].Place = below == long.MinValue ? page[i].Place : Math.Max(page[i].Place, below + 1);
        }
    }
}
