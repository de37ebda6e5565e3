using CsCheck;
using MyChat.Client.Conversations;
using MyChat.Client.History;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Tests.History;

public sealed class PageOrderTests
{
    private static readonly BareJid Juliet = BareJid.Parse("juliet@verona.lit");

    /// <summary>A message of the archive, sent at this place, which stands at another on this device, or at none.</summary>
    private static Placement Sent(long at, long? known = null) => new(
        new Envelope(new Message(), Juliet, IsMine: false, IsCarbon: true, DateTimeOffset.UnixEpoch.AddMicroseconds(at), "id"), "x",
        known is { } place ? new ChatMessage("k", Juliet, place) { IsMine = false, Body = "x", State = MessageState.Received, Time = default } : null);

    private static long[] Places(long upper, long lower, params Placement[] page) =>
        PageOrder.Find(page, upper, lower) is { } lack ? throw new InvalidOperationException($"{lack}") : [.. page.Select(entry => entry.Place)];

    [Fact]
    public void Messages_stand_where_their_time_puts_them() => Assert.Equal([10, 20], Places(long.MaxValue, long.MinValue, Sent(10), Sent(20)));

    [Fact]
    public void Those_of_one_time_stand_side_by_side_in_the_archives_order() =>
        Assert.Equal([98, 99, 100], Places(long.MaxValue, long.MinValue, Sent(100), Sent(100), Sent(100)));

    [Fact]
    public void They_stand_below_what_follows_and_above_what_was_before_whatever_their_time_says()
    {
        Assert.Equal([48, 49], Places(50, long.MinValue, Sent(100), Sent(100)));
        Assert.Equal([61, 62], Places(100, 60, Sent(10), Sent(20)));
    }

    [Fact]
    public void What_is_there_stays_and_the_others_stand_between() =>
        Assert.Equal([10, 28, 29, 30, 35], Places(long.MaxValue, long.MinValue, Sent(10, 10), Sent(50), Sent(50), Sent(30, 30), Sent(35)));

    [Fact]
    public void What_stands_where_it_cannot_be_moves() =>
        Assert.Equal([19, 20], Places(long.MaxValue, long.MinValue, Sent(19, 25), Sent(20, 20)));

    [Fact]
    public void What_waits_for_its_place_gets_one() =>
        Assert.Equal([10, 11], Places(long.MaxValue, long.MinValue, Sent(10), Sent(11, Orders.Waiting(DateTimeOffset.UnixEpoch))));

    [Fact]
    public void Where_there_is_too_little_room_it_says_how_much()
    {
        Placement[] page = [Sent(5), Sent(5), Sent(5)];
        Assert.Equal(new PageOrder.Lack(10, 2), PageOrder.Find(page, 12, 10));
    }

    [Fact]
    public void Any_page_fits_in_order_between_its_bounds_when_there_is_room() =>
        Gen.Select(Gen.Long[0, 100].Array[1, 30], Gen.Long[-50, 150], Gen.Int[0, 10]).Sample((times, lower, spare) =>
        {
            var page = times.Order().Select(time => Sent(time)).ToList();
            var upper = lower + page.Count + 1 + spare;
            Assert.Null(PageOrder.Find(page, upper, lower));
            Assert.Equal(page.Select(entry => entry.Place).Order().Distinct(), page.Select(entry => entry.Place));
            Assert.True(page[0].Place > lower && page[^1].Place < upper);
        });

    [Fact]
    public void What_is_said_by_places_follows_messages_that_move()
    {
        var state = new ConversationState { ReadUpTo = 8, TheyReadUpTo = 10, ClearedUpTo = 3, Gaps = [new(10, 12), new(20, long.MaxValue)] };
        // 10, 9 and 8 make room of two; nothing stands at 7.
        var moved = PlacesMoved.In(state, [(10, 8), (9, 7), (8, 6)], new PageOrder.Lack(10, 2));
        Assert.Equal((6L, 8L, 3L), (moved.ReadUpTo, moved.TheyReadUpTo, moved.ClearedUpTo));
        Assert.Equal([new(8, 12), new(20, long.MaxValue)], moved.Gaps!);
    }
}
