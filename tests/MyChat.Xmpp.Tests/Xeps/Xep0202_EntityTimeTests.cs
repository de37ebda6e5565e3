using MyChat.Xmpp.Xeps;

namespace MyChat.Xmpp.Tests.Xeps;

public class EntityTimeTests
{
    [Theory]
    [InlineData(-6, "<time xmlns='urn:xmpp:time'><tzo>-06:00</tzo><utc>2006-12-19T17:58:35Z</utc></time>")]
    [InlineData(5.5, "<time xmlns='urn:xmpp:time'><tzo>+05:30</tzo><utc>2006-12-19T17:58:35Z</utc></time>")]
    [InlineData(0, "<time xmlns='urn:xmpp:time'><tzo>+00:00</tzo><utc>2006-12-19T17:58:35Z</utc></time>")]
    public void A_moment_is_told_in_utc_with_its_own_offset(double hours, string expected)
    {
        var moment = new DateTimeOffset(2006, 12, 19, 17, 58, 35, 999, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(hours));
        Assert.Equal(expected, EntityTime.Make(moment).ToString());
    }
}
