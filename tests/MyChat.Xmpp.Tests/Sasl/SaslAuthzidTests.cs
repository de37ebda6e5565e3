using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

public class SaslAuthzidTests
{
    private static readonly BareJid Juliet = BareJid.Parse("juliet@verona.lit");

    [Theory]
    [InlineData(null)]
    [InlineData("juliet@verona.lit")]
    [InlineData("Juliet@VERONA.lit")]
    public void Nothing_or_ones_own_bare_jid_is_accepted(string? authzid) => SaslAuthzid.Require(authzid, Juliet);

    [Theory]
    [InlineData("")]
    [InlineData("juliet")]
    [InlineData("verona.lit")]
    [InlineData("romeo@verona.lit")]
    [InlineData("juliet@evil.example")]
    [InlineData("juliet@verona.lit/balcony")]
    [InlineData("juliet@@verona.lit")]
    public void Anything_else_is_an_invalid_authzid(string authzid) =>
        Assert.Equal(SaslCondition.InvalidAuthzid, Assert.Throws<SaslException>(() => SaslAuthzid.Require(authzid, Juliet)).Condition);
}
