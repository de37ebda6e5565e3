using MyChat.Client.Connections;

namespace MyChat.Client.Tests.Connections;

public sealed class ProtocolLogTests
{
    [Theory]
    [InlineData("<auth xmlns='s' mechanism='PLAIN'>c2VjcmV0</auth>", "<auth xmlns='s' mechanism='PLAIN'>***</auth>")]
    [InlineData("<x:response xmlns:x='s'>c2VjcmV0</x:response>", "<x:response xmlns:x='s'>***</x:response>")]
    [InlineData("<query xmlns='jabber:iq:register'><username>a</username><password>secret</password></query>",
        "<query xmlns='jabber:iq:register'><username>a</username><password>***</password></query>")]
    [InlineData("<password><![CDATA[secret]]></password>", "<password>***</password>")]
    [InlineData("<password a='x>y'>secret</password>", "<password a='x>***</password>")]
    [InlineData("<password>secret", "<password>***")]
    [InlineData("<field var='password'><value>secret</value></field><field var='a'><value>b</value></field>",
        "<field var='password'>***</field><field var='a'><value>b</value></field>")]
    [InlineData("<success xmlns='s'/><message><body>a</body></message>", "<success xmlns='s'/><message><body>a</body></message>")]
    [InlineData("<author>b</author>", "<author>b</author>")]
    public void Secrets_are_taken_out(string xml, string expected) => Assert.Equal(expected, ProtocolLog.Redact(xml));

    [Fact]
    public void A_log_in_prints_without_its_password() =>
        Assert.DoesNotContain("secret", new LogIn("romeo", "secret").ToString(), StringComparison.Ordinal);
}
