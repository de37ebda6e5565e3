using MyChat.Ui.Language;

namespace MyChat.Ui.Tests.Language;

public sealed class DateWordsTests
{
    // A Wednesday.
    private static readonly DateTimeOffset Now = new(2026, 3, 11, 14, 5, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(0, "14:05", "14:05")]
    [InlineData(1, "Yesterday", "昨天")]
    [InlineData(2, "Mon", "周一")]
    [InlineData(6, "Thu", "周四")]
    [InlineData(7, "4 Mar", "3月4日")]
    [InlineData(400, "2025-02-04", "2025-02-04")]
    [InlineData(-1, "12 Mar", "3月12日")] // a clock that is ahead
    public void A_list_says_when_in_few_letters(int daysAgo, string english, string chinese)
    {
        Assert.Equal(english, Words.English.Dates.Short(Now.AddDays(-daysAgo), Now));
        Assert.Equal(chinese, Words.Chinese.Dates.Short(Now.AddDays(-daysAgo), Now));
    }

    [Theory]
    [InlineData(0, "Today", "今天")]
    [InlineData(3, "Sunday", "星期日")]
    [InlineData(30, "9 February", "2月9日")]
    [InlineData(400, "4 February 2025", "2025年2月4日")]
    public void A_day_has_its_name(int daysAgo, string english, string chinese)
    {
        Assert.Equal(english, Words.English.Dates.Day(Now.AddDays(-daysAgo), Now));
        Assert.Equal(chinese, Words.Chinese.Dates.Day(Now.AddDays(-daysAgo), Now));
    }

    [Fact]
    public void Yesterday_is_the_day_before_and_not_the_last_24_hours() =>
        Assert.Equal("Yesterday", Words.English.Dates.Short(Now.AddHours(-15), Now));

    [Theory]
    [InlineData(0, "last seen just now", "刚刚在线")]
    [InlineData(1, "last seen a minute ago", "1 分钟前在线")]
    [InlineData(59, "last seen 59 minutes ago", "59 分钟前在线")]
    [InlineData(60, "last seen today at 13:05", "今天 13:05 在线")]
    [InlineData(24 * 60, "last seen yesterday at 14:05", "昨天 14:05 在线")]
    [InlineData(48 * 60, "last seen on 9 March", "3月9日在线")]
    public void Last_seen(int minutesAgo, string english, string chinese)
    {
        Assert.Equal(english, Words.English.Dates.LastSeen(Now.AddMinutes(-minutesAgo), Now));
        Assert.Equal(chinese, Words.Chinese.Dates.LastSeen(Now.AddMinutes(-minutesAgo), Now));
    }

    [Theory]
    [InlineData(-3, "0 s", "0 秒")]
    [InlineData(4.2, "5 s", "5 秒")]
    [InlineData(61, "2 min", "2 分钟")]
    public void A_countdown_never_says_less_than_nothing(double seconds, string english, string chinese)
    {
        Assert.Equal(english, Words.English.Dates.Countdown(TimeSpan.FromSeconds(seconds)));
        Assert.Equal(chinese, Words.Chinese.Dates.Countdown(TimeSpan.FromSeconds(seconds)));
    }
}
