using MyChat.Client.Conversations;
using MyChat.Ui.Chat;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Tests.Chat;

public sealed class TimelineRowsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_day_begins_with_its_line_in_the_readers_zone()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("+8", TimeSpan.FromHours(8), null, null);
        var rows = Rows([At(0), At(3.9), At(4)], zone: zone);
        Assert.Equal(["day 2026-03-02", "m0", "m1", "day 2026-03-03", "m2"], rows.Select(row => row.Key));
    }

    [Fact]
    public void Messages_of_one_writer_close_in_time_stand_together()
    {
        var rows = Messages([At(0), At(0.05), At(0.1, mine: true), At(0.2, mine: true)]);
        Assert.Equal([(true, false), (false, true), (true, true), (true, true)], rows.Select(row => (row.Starts, row.Ends)));
    }

    [Fact]
    public void The_line_new_stands_before_the_first_unread_and_parts_the_group()
    {
        ChatMessage[] messages = [At(0), At(0.01), At(0.02)];
        Assert.Equal(["day 2026-03-02", "m0", "new", "m1", "m2"], Rows(messages, firstUnread: "m1").Select(row => row.Key));
        Assert.Equal([true, true, false], Messages(messages, "m1").Select(row => row.Starts));
    }

    [Fact]
    public void The_notice_of_an_absence_follows_its_message()
    {
        var rows = Rows([At(0, mine: true) with { StartsAbsence = true }, At(0.01, mine: true)]);
        Assert.Equal(["day 2026-03-02", "m0", "absence m0", "m1"], rows.Select(row => row.Key));
    }

    [Fact]
    public void What_was_cleared_is_told_first() =>
        Assert.Equal(["cleared"], TimelineRows.From([], null, isCleared: true, TimeZoneInfo.Utc).Select(row => row.Key));

    [Fact]
    public void A_beginning_that_is_one_is_told_and_what_is_missing_parts_the_group()
    {
        ChatMessage[] messages = [At(0) with { Key = "a" }, At(0.01) with { Key = "b" }];
        var rows = TimelineRows.From(messages, null, isCleared: false, TimeZoneInfo.Utc, begins: true, new HashSet<string> { "b" });
        Assert.Equal(["begin", "day 2026-03-02", "a", "gap b", "b"], rows.Select(row => row.Key));
        Assert.All(rows.OfType<MessageRow>(), row => Assert.True(row.Starts && row.Ends));
        Assert.Empty(TimelineRows.From([], null, isCleared: false, TimeZoneInfo.Utc, begins: true));
    }

    private static ChatMessage At(double hours, bool mine = false) => new("", BareJid.Parse("juliet@verona.lit"), 0)
    {
        IsMine = mine,
        Body = "Soft!",
        State = mine ? MessageState.Sent : MessageState.Received,
        Time = Noon.AddHours(hours),
    };

    private static IReadOnlyList<TimelineRow> Rows(ChatMessage[] messages, string? firstUnread = null, TimeZoneInfo? zone = null) =>
        TimelineRows.From([.. messages.Select((message, i) => message with { Key = $"m{i}", Order = i })], firstUnread, false, zone ?? TimeZoneInfo.Utc);

    private static IReadOnlyList<MessageRow> Messages(ChatMessage[] messages, string? firstUnread = null) =>
        [.. Rows(messages, firstUnread).OfType<MessageRow>()];
}
