using System.Text;
using CsCheck;
using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

public class PlainTests
{
    [Fact]
    public void The_examples_of_the_specification_are_read()
    {
        var own = Plain.Parse("\0tim\0tanstaaftanstaaf"u8);
        Assert.Equal(new SaslIdentity("tim", null), own.Identity);
        Assert.Equal("tanstaaftanstaaf", own.Password);

        var other = Plain.Parse("Ursel\0Kurt\0xipj3plmq"u8);
        Assert.Equal(new SaslIdentity("Kurt", "Ursel"), other.Identity);
        Assert.Equal("xipj3plmq", other.Password);
    }

    [Fact]
    public void What_is_encoded_is_read_again() =>
        Gen.Select(
            Gen.String[Gen.Char['!', '@'], 1, 20],
            Gen.String[Gen.Char['一', '龥'], 1, 20],
            Gen.String[Gen.Char['a', 'z'], 0, 5]).Sample(
            (username, password, authzid) =>
            {
                var credentials = Plain.Parse(Plain.Encode(username, password, authzid));
                Assert.Equal(new SaslIdentity(username, authzid.Length == 0 ? null : authzid), credentials.Identity);
                Assert.Equal(password, credentials.Password);
            });

    [Theory]
    [InlineData("")]
    [InlineData("user")]
    [InlineData("user\0password")]
    [InlineData("\0\0password")]
    [InlineData("\0user\0")]
    [InlineData("\0user\0password\0")]
    [InlineData("authzid\0user\0pass\0word")]
    public void A_malformed_message_is_refused(string message) =>
        Assert.Equal(SaslCondition.MalformedRequest, Refuses(Encoding.UTF8.GetBytes(message)));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() => Assert.Equal(SaslCondition.MalformedRequest, Refuses([0, (byte)'u', 0, 0xFF]));

    [Fact]
    public void A_message_beyond_4096_bytes_is_refused()
    {
        Assert.Equal(4090, Plain.Parse(Encoding.UTF8.GetBytes("\0user\0".PadRight(4096, 'x'))).Password.Length);
        Assert.Equal(SaslCondition.MalformedRequest, Refuses(Encoding.UTF8.GetBytes("\0user\0".PadRight(4097, 'x'))));
    }

    [Theory]
    [InlineData("", "password")]
    [InlineData("user", "")]
    [InlineData("us\0er", "password")]
    [InlineData("user", "pass\0word")]
    public void What_no_account_can_have_is_refused_before_it_is_sent(string username, string password) =>
        Assert.Equal(SaslCondition.NotAuthorized, Assert.Throws<SaslException>(() => Plain.Encode(username, password)).Condition);

    [Fact]
    public void An_authzid_cannot_smuggle_another_name() =>
        Assert.Equal(SaslCondition.InvalidAuthzid, Assert.Throws<SaslException>(() => Plain.Encode("user", "password", "a\0b")).Condition);

    [Fact]
    public void Name_and_password_are_prepared() => Assert.Equal("\0juliet\0Pass word"u8, Plain.Encode("Juliet", "Pass\u00A0word"));

    [Fact]
    public void Half_a_surrogate_pair_is_no_name() => // not inline data, which is kept as UTF-8
        Assert.Equal(SaslCondition.NotAuthorized, Assert.Throws<SaslException>(() => Plain.Encode("us\uD800er", "password")).Condition);

    private static SaslCondition Refuses(byte[] message) => Assert.Throws<SaslException>(() => Plain.Parse(message)).Condition;
}
