using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xml;

public class ElementTests
{
    [Fact]
    public void An_element_is_built_of_what_is_not_null()
    {
        string? missing = null;
        var element = new Element(
            XNames.Message, ("a", "1"), ("b", missing), null, "x", "y", (object[])[new Element(XNames.Body), ("c", "2")], (XNames.XmlLang, "en"));

        Assert.Equal("<message xmlns='jabber:client' a='1' c='2' xml:lang='en'>xy<body/></message>", element.ToString());
        Assert.Equal(("1", null, "en", "xy"), (element["a"], element["b"], element.Attribute(XNames.XmlLang), element.Text));
    }

    [Fact]
    public void A_copy_has_attributes_replaced_and_content_added()
    {
        var element = new Element(new XName("", "a"), ("b", "1"), "x");

        Assert.Equal("<a b='2'>x<c/></a>", element.With(("b", "2"), new Element(new XName("", "c"))).ToString());
        Assert.Equal("<a b='1'>x</a>", element.ToString());
    }

    [Fact]
    public void What_is_written_is_read_again_the_same()
    {
        var element = new Element(
            new XName("urn:a&'<", "a"), ("b", "\r\n\t\"'<>&\u20AC"), (new XName("urn:c", "d"), "1"), (new XName("urn:e", "d"), "2"), "\r\n]]>\t&<\U0001D11E",
            new Element(new XName("", "none"), new Element(XNames.Body)), new Element(new XName(Ns.Xml, "odd")));
        var again = Element.Parse(element.ToString());

        Assert.Equal(element.Name, again.Name);
        Assert.Equal(element.Attributes, again.Attributes);
        Assert.Equal(element.Text, again.Text);
        Assert.Equal(element.ToString(), again.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xB)]
    [InlineData(0xFFFF)]
    [InlineData(0xD800)]
    [InlineData(0xDC00, 0xD800)]
    [InlineData(0xD800, 0x78)]
    public void Text_that_xml_cannot_hold_is_refused(params int[] chars)
    {
        var text = string.Concat(chars.Select(c => (char)c)); // an attribute's argument cannot hold lone surrogates
        Assert.Throws<ArgumentException>(() => new Element(XNames.Body, text));
        Assert.Throws<ArgumentException>(() => new Element(XNames.Body, ("a", text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a>")]
    public void Names_that_are_none_are_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new Element(new XName("", name)));
        Assert.Throws<ArgumentException>(() => new Element(XNames.Body, (name, "1")));
    }
}
