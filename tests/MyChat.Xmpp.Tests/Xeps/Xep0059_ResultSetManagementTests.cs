using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

public class ResultSetsTests
{
    private static Element Query(string set) => Element.Parse($"<query xmlns='urn:q'>{set}</query>");

    [Theory]
    [InlineData("", null, null, null)]
    [InlineData("<max>10</max>", 10, null, null)]
    [InlineData("<max>0</max>", 0, null, null)]
    [InlineData("<max>10</max><after>a</after>", 10, "a", null)]
    [InlineData("<after/>", null, null, null)]
    [InlineData("<max>10</max><before/>", 10, null, "")]
    [InlineData("<before>b</before>", null, null, "b")]
    [InlineData("<before>b</before><after>a</after>", null, "a", "b")]
    public void A_page_is_read_and_written(string content, int? max, string? after, string? before)
    {
        Assert.True(ResultSets.TryRead(Query($"<set xmlns='http://jabber.org/protocol/rsm'>{content}</set>"), out var page, out _));
        Assert.Equal(new ResultSetRequest(max, after, before), page);
        Assert.Equal(before is not null, page.IsBackwards);
        Assert.True(ResultSets.TryRead(new Element(new XName("urn:q", "query"), ResultSets.Make(page)), out var again, out _));
        Assert.Equal(page, again);
    }

    [Fact]
    public void Without_a_set_it_is_the_first_page()
    {
        Assert.True(ResultSets.TryRead(Query("<set xmlns='urn:else'/>"), out var page, out _));
        Assert.Equal(new ResultSetRequest(), page);
        Assert.Null(ResultSets.Make(page));
    }

    [Theory]
    [InlineData("<max>ten</max>", StanzaErrorCondition.BadRequest)]
    [InlineData("<max>-1</max>", StanzaErrorCondition.BadRequest)]
    [InlineData("<max>99999999999</max>", StanzaErrorCondition.BadRequest)]
    [InlineData("<index>3</index>", StanzaErrorCondition.FeatureNotImplemented)]
    public void What_is_no_page_is_an_error(string content, StanzaErrorCondition condition)
    {
        Assert.False(ResultSets.TryRead(Query($"<set xmlns='http://jabber.org/protocol/rsm'>{content}</set>"), out _, out var error));
        Assert.Equal(condition, error.Condition);
    }

    [Theory]
    [InlineData("a", "z", null)]
    [InlineData("a", "a", 17L)]
    [InlineData(null, null, null)]
    public void The_page_that_was_given_is_told(string? first, string? last, long? count) =>
        Assert.Equal(
            new ResultSetPage(first, last, count),
            ResultSets.ReadResult(new Element(new XName("urn:q", "fin"), ResultSets.MakeResult(first, last, count))));
}
