using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

public sealed class PrivateXmlTests
{
    [Theory]
    [InlineData("exodus:prefs", true)]
    [InlineData("storage:bookmarks", true)]
    [InlineData("", false)]
    [InlineData("jabber:client", false)]
    [InlineData("jabber:iq:private", false)]
    public void Only_what_is_not_the_protocols_own_is_stored(string ns, bool may) =>
        Assert.Equal(may, PrivateXml.MayHold(new XName(ns, "storage")));

    [Theory]
    [InlineData("<a xmlns='b'/>", true)]
    [InlineData("<a xmlns='b'></a>", true)]
    [InlineData("<a xmlns='b' c='d'/>", false)]
    [InlineData("<a xmlns='b'> </a>", false)]
    [InlineData("<a xmlns='b'><c/></a>", false)]
    public void An_element_is_blank_that_says_only_its_name(string xml, bool blank) =>
        Assert.Equal(blank, PrivateXml.IsBlank(Element.Parse(xml)));
}
