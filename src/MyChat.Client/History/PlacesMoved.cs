using MyChat.Client.Conversations;

namespace MyChat.Client.History;

/// <summary>Messages have moved down: what a conversation says by places says the same of the same messages.</summary>
internal static class PlacesMoved
{
    /// <param name="moves">From the highest down.</param>
    public static ConversationState In(ConversationState state, IReadOnlyList<(long Old, long New)> moves, PageOrder.Lack lack) => state with
    {
        ReadUpTo = Move(state.ReadUpTo, moves, lack),
        TheyReadUpTo = Move(state.TheyReadUpTo, moves, lack),
        ClearedUpTo = Move(state.ClearedUpTo, moves, lack),
        Floor = state.Floor is { } floor ? Move(floor, moves, lack) : null,
        Gaps = state.Gaps is { } gaps ? [.. gaps.Select(gap => new Gap(Move(gap.After, moves, lack), Move(gap.Before, moves, lack)))] : null,
    };

    private static long Move(long place, IReadOnlyList<(long Old, long New)> moves, PageOrder.Lack lack)
    {
        var above = long.MaxValue;
        foreach (var (old, @new) in moves)
        {
            if (old == place)
            {
                return @new;
            }
            if (old < place)
            {
                break;
            }
            above = @new;
        }
        if (above != long.MaxValue)
        {
            return Math.Min(place, above - 1);
        }
        return place <= lack.UpTo ? Math.Min(place, lack.UpTo - lack.By) : place;
    }
}
