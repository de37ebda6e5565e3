using MyChat.Testing.Plays;

namespace MyChat.Client.Tests.Plays;

public sealed class XmlPatternTests
{
    [Theory]
    [InlineData("<message to='a' from='b'><body>x</body></message>", "<message from=\"b\" to=\"a\"><body>x</body></message>")]
    [InlineData("<message id='*'><body>*</body></message>", "<message id='1'><body>anything &amp; more</body></message>")]
    [InlineData("<message …><body>x</body></message>", "<message id='1' xml:lang='en'><body>x</body></message>")]
    [InlineData("<message><body>x</body>…</message>", "<message><body>x</body><delay xmlns='urn:xmpp:delay'/></message>")]
    [InlineData("<message>…</message>", "<message><a xmlns='x'/>text</message>")]
    [InlineData("<message>…</message>", "<message/>")]
    [InlineData("<message><delay stamp='*' …/></message>", "<message><delay xmlns='urn:xmpp:delay' stamp='now' from='a'/></message>")]
    [InlineData("<iq type='result'><query …><item jid='a'/></query></iq>", "<iq type='result'><query xmlns='jabber:iq:roster' ver='1'><item jid='a'/></query></iq>")]
    [InlineData("<x:a xmlns:x='urn:x'><x:b/></x:a>", "<a xmlns='urn:x'><b/></a>")]
    [InlineData("<message>\n  <body>x</body>\n</message>", "<message><body>x</body></message>")]
    [InlineData("<message><body> </body></message>", "<message><body> </body></message>")]
    [InlineData("<message><body>a…</body></message>", "<message><body>a…</body></message>")]
    [InlineData("<stream:error>…</stream:error>", "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>")]
    [InlineData("<message from='{who}' to='{who}'/>", "<message from='a' to='a'/>")]
    [InlineData("<message from='{user}@{domain}'/>", "<message from='a@b'/>")]
    public void Fits(string pattern, string xml) => Assert.Null(Difference(pattern, xml));

    [Theory]
    [InlineData("<message/>", "<presence/>", "<presence/> came")]
    [InlineData("<message/>", "<message id='1'/>", "unexpected attribute id='1'")]
    [InlineData("<message id='*'/>", "<message/>", "attribute id is missing")]
    [InlineData("<message id='1' …/>", "<message id='2'/>", "id='1' wanted, '2' came")]
    [InlineData("<message><body>x</body></message>", "<message><body>y</body></message>", "message/body: text 'x' wanted, 'y' came")]
    [InlineData("<message><body>*</body></message>", "<message><body/></message>", null)]
    [InlineData("<message><body>x</body></message>", "<message><body>x</body><thread/></message>", "unexpected <thread/>")]
    [InlineData("<message><a/><b/></message>", "<message><b/><a/></message>", "<a/> wanted, <b/> came")]
    [InlineData("<message><a/></message>", "<message/>", "<a/> is missing")]
    [InlineData("<message><body>x</body></message>", "<message><body>x</body> </message>", "unexpected text ' '")]
    [InlineData("<message><body/></message>", "<message><body> </body></message>", "unexpected text ' '")]
    [InlineData("<message><delay xmlns='urn:a' …/></message>", "<message><delay xmlns='urn:b'/></message>", "namespace 'urn:a' wanted, 'urn:b' came")]
    [InlineData("<message><delay/></message>", "<message><delay xmlns='urn:b'/></message>", "namespace 'jabber:client' wanted, 'urn:b' came")]
    [InlineData("<message from='{who}' to='{who}'/>", "<message from='a' to='b'/>", "to='{who}' wanted, 'b' came")]
    public void Says_what_differs(string pattern, string xml, string? expected)
    {
        if (expected is null)
        {
            Assert.Null(Difference(pattern, xml));
            return;
        }
        Assert.EndsWith(expected, Difference(pattern, xml), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_name_stood_for_it_stands_for_again()
    {
        var bound = new Dictionary<string, string>();
        Assert.Null(new XmlPattern("<message id='x-{id}'/>").FindDifference(PlayXml.Parse("<message id='x-1'/>"), bound));
        Assert.Equal("1", bound["id"]);
        Assert.NotNull(new XmlPattern("<message id='{id}'/>").FindDifference(PlayXml.Parse("<message id='2'/>"), bound));
        Assert.Null(new XmlPattern("<message id='{id}'/>").FindDifference(PlayXml.Parse("<message id='1'/>"), bound));
    }

    [Fact]
    public void What_does_not_fit_binds_nothing()
    {
        var bound = new Dictionary<string, string>();
        Assert.NotNull(new XmlPattern("<message id='{id}' to='b'/>").FindDifference(PlayXml.Parse("<message id='1' to='a'/>"), bound));
        Assert.Empty(bound);
    }

    [Fact]
    public void What_is_sent_is_filled_in_and_escaped()
    {
        var bound = new Dictionary<string, string> { ["who"] = "o'neil" };
        Assert.Equal("<message to='o&apos;neil'/>", XmlPattern.Fill("<message to='{who}'/>", bound));
        Assert.Throws<ArgumentException>(() => XmlPattern.Fill("<message to='{nobody}'/>", bound));
    }

    [Fact]
    public void A_pattern_that_is_no_xml_is_refused() => Assert.Throws<ArgumentException>(() => new XmlPattern("<message …>"));

    private static string? Difference(string pattern, string xml) => new XmlPattern(pattern).FindDifference(PlayXml.Parse(xml), new Dictionary<string, string>());
}
