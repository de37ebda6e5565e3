using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

public class ArchivePreferencesTests
{
    private static readonly ArchivePreferences Some = new(
        ArchiveDefault.Roster, [Jid.Parse("romeo@verona.lit"), Jid.Parse("both@verona.lit")], [Jid.Parse("nurse@verona.lit/kitchen"), Jid.Parse("both@verona.lit")]);

    [Theory]
    [InlineData("romeo@verona.lit", false, true)]
    [InlineData("romeo@verona.lit/orchard", false, true)]
    [InlineData("nurse@verona.lit/kitchen", true, false)]
    [InlineData("nurse@verona.lit/hall", true, true)]
    [InlineData("nurse@verona.lit", true, true)]
    [InlineData("both@verona.lit/x", true, false)]
    [InlineData("paris@verona.lit", false, false)]
    public void Lists_go_before_the_default_and_never_before_always(string peer, bool isContact, bool keeps) =>
        Assert.Equal(keeps, Some.Keeps(Jid.Parse(peer), isContact));

    [Theory]
    [InlineData(ArchiveDefault.Always, false, true)]
    [InlineData(ArchiveDefault.Never, true, false)]
    [InlineData(ArchiveDefault.Roster, true, true)]
    [InlineData(ArchiveDefault.Roster, false, false)]
    public void The_default_is_for_everybody_else(ArchiveDefault fallback, bool isContact, bool keeps) =>
        Assert.Equal(keeps, new ArchivePreferences(fallback).Keeps(Jid.Parse("paris@verona.lit/x"), isContact));

    [Fact]
    public void What_is_written_is_read()
    {
        Assert.True(ArchivePreferences.TryRead(Some.ToElement(), out var read, out _));
        Assert.Equal((Some.Default, Some.ToElement().ToString()), (read.Default, read.ToElement().ToString()));
        Assert.Equal("<prefs xmlns='urn:xmpp:mam:2' default='never'><always/><never/></prefs>", new ArchivePreferences(ArchiveDefault.Never).ToElement().ToString());
    }

    [Fact]
    public void Lists_may_be_missing_and_are_bounded()
    {
        Assert.True(ArchivePreferences.TryRead(Element.Parse("<prefs xmlns='urn:xmpp:mam:2' default='always'/>"), out var read, out _));
        Assert.Empty(read.Always.Concat(read.Never));
        var many = string.Concat(Enumerable.Range(0, ArchivePreferences.MostAddresses + 1).Select(i => $"<jid>{i}@verona.lit</jid>"));
        var prefs = Element.Parse($"<prefs xmlns='urn:xmpp:mam:2' default='always'><never>{many}</never></prefs>");
        Assert.False(ArchivePreferences.TryRead(prefs, out _, out var error));
        Assert.Equal(StanzaErrorCondition.NotAllowed, error.Condition);
    }
}
