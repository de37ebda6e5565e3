using MyChat.Xmpp.Xeps;

namespace MyChat.Xmpp.Tests.Xeps;

public class LastActivityTests
{
    [Theory]
    [InlineData(903.9, "Heading Home", "<query xmlns='jabber:iq:last' seconds='903'>Heading Home</query>")]
    [InlineData(0, null, "<query xmlns='jabber:iq:last' seconds='0'/>")]
    [InlineData(-5, null, "<query xmlns='jabber:iq:last' seconds='0'/>")]
    public void Whole_seconds_are_told_and_never_less_than_none(double seconds, string? status, string expected) =>
        Assert.Equal(expected, LastActivity.Since(TimeSpan.FromSeconds(seconds), status).ToString());
}
