using MyChat.Client.Conversations;

namespace MyChat.Ui.Chat;

/// <summary>A row of the timeline.</summary>
/// <param name="Key">Stable while the row stands for the same.</param>
public abstract record TimelineRow(string Key);

/// <summary>A new day begins.</summary>
public sealed record DayRow(DateOnly Day) : TimelineRow($"day {Day:O}");

/// <summary>From here on it was unread when the view opened.</summary>
public sealed record NewRow() : TimelineRow("new");

/// <summary>Messages before this were cleared and can be shown again.</summary>
public sealed record ClearedRow() : TimelineRow("cleared");

/// <summary>There is nothing before: the server has said so.</summary>
public sealed record BeginRow() : TimelineRow("begin");

/// <summary>Messages are missing before this one.</summary>
public sealed record GapRow(string MessageKey) : TimelineRow($"gap {MessageKey}");

/// <summary>"Your message was sent offline": the friend was away.</summary>
public sealed record AbsenceRow(string MessageKey) : TimelineRow($"absence {MessageKey}");

/// <summary>A message.</summary>
/// <param name="Starts">It is the first of its group: consecutive messages of one writer, close in time.</param>
/// <param name="Ends">It is the last of its group.</param>
public sealed record MessageRow(ChatMessage Message, bool Starts, bool Ends) : TimelineRow(Message.Key);

/// <summary>Turns a run of messages into rows.</summary>
public static class TimelineRows
{
    /// <summary>A longer silence starts a new group.</summary>
    public static readonly TimeSpan GroupGap = TimeSpan.FromMinutes(5);

    /// <param name="firstUnreadKey">Where the line "new" stands, or null.</param>
    /// <param name="isCleared">Whether older messages were cleared.</param>
    /// <param name="begins">Whether nothing ever came before.</param>
    /// <param name="gapKeys">The messages before which others are missing.</param>
    public static IReadOnlyList<TimelineRow> From(
        IReadOnlyList<ChatMessage> messages, string? firstUnreadKey, bool isCleared, TimeZoneInfo zone, bool begins = false,
        IReadOnlySet<string>? gapKeys = null)
    {
        var rows = new List<TimelineRow>(messages.Count + 16);
        if (begins && messages.Count > 0)
        {
            rows.Add(new BeginRow());
        }
        if (isCleared)
        {
            rows.Add(new ClearedRow());
        }
        DateOnly? day = null;
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (IsAfterGap(message))
            {
                rows.Add(new GapRow(message.Key));
            }
            if (DayOf(message, zone) is var its && its != day)
            {
                rows.Add(new DayRow(its));
                day = its;
            }
            if (message.Key == firstUnreadKey)
            {
                rows.Add(new NewRow());
            }
            var starts = i == 0 || !Together(messages[i - 1], message);
            var ends = i == messages.Count - 1 || !Together(message, messages[i + 1]);
            rows.Add(new MessageRow(message, starts, ends));
            if (message.StartsAbsence)
            {
                rows.Add(new AbsenceRow(message.Key));
            }
        }
        return rows;

        bool IsAfterGap(ChatMessage message) => gapKeys?.Contains(message.Key) == true;

        bool Together(ChatMessage before, ChatMessage after) =>
            before.IsMine == after.IsMine
            && !before.StartsAbsence
            && after.Key != firstUnreadKey
            && !IsAfterGap(after)
            && after.Time - before.Time < GroupGap
            && DayOf(before, zone) == DayOf(after, zone);
    }

    private static DateOnly DayOf(ChatMessage message, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(message.Time, zone).DateTime);
}
