using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

public sealed class BlockingCommandTests
{
    // XEP-0191 §5, line by line.
    [Theory]
    [InlineData("romeo@montague.lit/orchard", "romeo@montague.lit/orchard", true)]
    [InlineData("romeo@montague.lit/orchard", "romeo@montague.lit/home", false)]
    [InlineData("romeo@montague.lit/orchard", "romeo@montague.lit", false)]
    [InlineData("romeo@montague.lit", "romeo@montague.lit", true)]
    [InlineData("romeo@montague.lit", "romeo@montague.lit/orchard", true)]
    [InlineData("romeo@montague.lit", "tybalt@montague.lit", false)]
    [InlineData("montague.lit/service", "montague.lit/service", true)]
    [InlineData("montague.lit/service", "montague.lit", false)]
    [InlineData("montague.lit/service", "romeo@montague.lit/service", false)]
    [InlineData("montague.lit", "montague.lit", true)]
    [InlineData("montague.lit", "montague.lit/service", true)]
    [InlineData("montague.lit", "romeo@montague.lit", true)]
    [InlineData("montague.lit", "romeo@montague.lit/orchard", true)]
    [InlineData("montague.lit", "sub.montague.lit", false)]
    [InlineData("ROMEO@Montague.lit", "romeo@montague.lit", true)]
    public void An_item_covers(string item, string address, bool covers) =>
        Assert.Equal(covers, new BlockList([Jid.Parse(item)]).Covers(Jid.Parse(address)));

    [Fact]
    public void A_list_grows_and_shrinks_and_stays_as_it_was()
    {
        var (romeo, iago) = (Jid.Parse("romeo@montague.lit"), Jid.Parse("iago@shakespeare.lit"));
        var list = BlockList.Empty.With([romeo, iago, romeo]);
        Assert.Equal(2, list.Items.Count);
        var fewer = list.Without([romeo]);
        Assert.False(fewer.Covers(romeo));
        Assert.True(fewer.Covers(iago));
        Assert.True(list.Covers(romeo));
        Assert.False(BlockList.Empty.Covers(romeo));
    }

    [Fact]
    public void Items_are_read_as_they_were_written_each_once()
    {
        Jid[] jids = [Jid.Parse("nurse@a.lit/her's & <his>"), Jid.Parse("b.lit")];
        var written = Element.Parse(Blocking.Write(Blocking.Block, [.. jids, jids[0]]).ToString());
        Assert.True(Blocking.TryReadItems(written, out var items, out _));
        Assert.Equal(jids, items);
    }

    [Theory]
    [InlineData("<item/>", StanzaErrorCondition.BadRequest)]
    [InlineData("<item jid='a@'/>", StanzaErrorCondition.JidMalformed)]
    [InlineData("<item jid='a@b.lit'/><item jid=''/>", StanzaErrorCondition.JidMalformed)]
    public void An_item_that_names_nobody_is_an_error(string items, StanzaErrorCondition condition)
    {
        Assert.False(Blocking.TryReadItems(Element.Parse($"<block xmlns='urn:xmpp:blocking'>{items}</block>"), out _, out var error));
        Assert.Equal(condition, error.Condition);
    }
}
