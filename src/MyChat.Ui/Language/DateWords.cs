using System.Globalization;

namespace MyChat.Ui.Language;

/// <summary>
/// Points in time, in words. Written out here rather than taken from the platform's cultures: a browser loads the data of one culture only, and
/// the language changes while the page is open. All times are local already.
/// </summary>
public abstract class DateWords
{
    public abstract string Today { get; }
    public abstract string Yesterday { get; }

    /// <summary>Hours and minutes: 14:05.</summary>
    public virtual string Time(DateTimeOffset at) => Format(at, "HH:mm");

    /// <summary>A day, as short as it is clear: today, yesterday, Tuesday, 3 March, 3 March 2025.</summary>
    public string Day(DateTimeOffset at, DateTimeOffset now) => DaysBetween(at, now) switch
    {
        0 => Today,
        1 => Yesterday,
        > 1 and < 7 => Weekday(at.DayOfWeek),
        _ => at.Year == now.Year ? DayOfYear(at) : FullDay(at),
    };

    /// <summary>For a narrow column: the time today, else the day.</summary>
    public string Short(DateTimeOffset at, DateTimeOffset now) => DaysBetween(at, now) switch
    {
        0 => Time(at),
        1 => Yesterday,
        > 1 and < 7 => ShortWeekday(at.DayOfWeek),
        _ => at.Year == now.Year ? ShortDay(at) : Format(at, "yyyy-MM-dd"),
    };

    /// <summary>Day and time, complete: for titles and transcripts.</summary>
    public abstract string Full(DateTimeOffset at);

    /// <summary>How long ago somebody was seen.</summary>
    public abstract string LastSeen(DateTimeOffset at, DateTimeOffset now);

    public abstract string Weekday(DayOfWeek day);

    /// <summary>A length of time until something happens again: 5 s, 2 min.</summary>
    public abstract string Countdown(TimeSpan span);

    protected abstract string ShortWeekday(DayOfWeek day);
    protected abstract string ShortDay(DateTimeOffset at);
    protected abstract string DayOfYear(DateTimeOffset at);
    public abstract string FullDay(DateTimeOffset at);

    protected static string Format(DateTimeOffset at, string format) => at.ToString(format, CultureInfo.InvariantCulture);

    protected static int DaysBetween(DateTimeOffset at, DateTimeOffset now) => (now.Date - at.Date).Days;
}

internal sealed class EnglishDateWords : DateWords
{
    public override string Today => "Today";
    public override string Yesterday => "Yesterday";
    public override string Full(DateTimeOffset at) => Format(at, "d MMMM yyyy, HH:mm");

    public override string LastSeen(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalMinutes: < 1 } => "last seen just now",
        { TotalMinutes: < 2 } => "last seen a minute ago",
        { TotalMinutes: < 60 } span => $"last seen {(int)span.TotalMinutes} minutes ago",
        _ => DaysBetween(at, now) switch
        {
            0 => $"last seen today at {Time(at)}",
            1 => $"last seen yesterday at {Time(at)}",
            _ => $"last seen on {(at.Year == now.Year ? DayOfYear(at) : FullDay(at))}",
        },
    };

    public override string Weekday(DayOfWeek day) => CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(day);

    public override string Countdown(TimeSpan span) => span.TotalSeconds < 60 ? $"{Math.Max(0, (int)Math.Ceiling(span.TotalSeconds))} s" : $"{(int)Math.Ceiling(span.TotalMinutes)} min";

    protected override string ShortWeekday(DayOfWeek day) => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedDayName(day);
    protected override string ShortDay(DateTimeOffset at) => Format(at, "d MMM");
    protected override string DayOfYear(DateTimeOffset at) => Format(at, "d MMMM");
    public override string FullDay(DateTimeOffset at) => Format(at, "d MMMM yyyy");
}

internal sealed class ChineseDateWords : DateWords
{
    public override string Today => "今天";
    public override string Yesterday => "昨天";
    public override string Full(DateTimeOffset at) => Format(at, "yyyy年M月d日 HH:mm");

    public override string LastSeen(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalMinutes: < 1 } => "刚刚在线",
        { TotalMinutes: < 60 } span => $"{(int)span.TotalMinutes} 分钟前在线",
        _ => DaysBetween(at, now) switch
        {
            0 => $"今天 {Time(at)} 在线",
            1 => $"昨天 {Time(at)} 在线",
            _ => $"{(at.Year == now.Year ? DayOfYear(at) : FullDay(at))}在线",
        },
    };

    public override string Weekday(DayOfWeek day) => "星期" + "日一二三四五六"[(int)day];

    public override string Countdown(TimeSpan span) => span.TotalSeconds < 60 ? $"{Math.Max(0, (int)Math.Ceiling(span.TotalSeconds))} 秒" : $"{(int)Math.Ceiling(span.TotalMinutes)} 分钟";

    protected override string ShortWeekday(DayOfWeek day) => "周" + "日一二三四五六"[(int)day];
    protected override string ShortDay(DateTimeOffset at) => Format(at, "M月d日");
    protected override string DayOfYear(DateTimeOffset at) => Format(at, "M月d日");
    public override string FullDay(DateTimeOffset at) => Format(at, "yyyy年M月d日");
}
