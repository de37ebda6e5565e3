using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

public class EntityCapabilitiesTests
{
    private static readonly string[] Features =
    [
        "http://jabber.org/protocol/muc", "http://jabber.org/protocol/disco#items", "http://jabber.org/protocol/caps",
        "http://jabber.org/protocol/disco#info",
    ];

    private static Element Psi(params IEnumerable<Element> more) => Disco.MakeInfo(
        [new DiscoIdentity("client", "pc", "Psi 0.11", "en"), new DiscoIdentity("client", "pc", "Ψ 0.11", "el")],
        Features,
        [
            DataForms.Make(
                "result",
                "urn:xmpp:dataforms:softwareinfo",
                null,
                DataForms.MakeField("software_version", null, null, "0.11"),
                DataForms.MakeField("software", null, null, "Psi"),
                DataForms.MakeField("os_version", null, null, "10.5.1"),
                DataForms.MakeField("os", null, null, "Mac"),
                DataForms.MakeField("ip_version", "text-multi", null, "ipv6", "ipv4")),
            .. more,
        ]);

    [Fact]
    public void The_simple_example_of_the_xep_has_its_hash() => // §5.2
        Assert.Equal(
            "QgayPKawpkPSDYmwT/WM94uAlu0=",
            EntityCapabilities.Verify(Disco.MakeInfo([new DiscoIdentity("client", "pc", "Exodus 0.9.1")], Features)));

    [Fact]
    public void The_complex_example_of_the_xep_has_its_hash_in_whatever_order() => // §5.3
        Assert.Equal("q07IKJEyjvHSyhy//CH0CxmKi8w=", EntityCapabilities.Verify(Psi()));

    [Fact]
    public void A_form_without_hidden_type_is_passed_over() => // §5.4, 3.6
        Assert.Equal(
            "q07IKJEyjvHSyhy//CH0CxmKi8w=",
            EntityCapabilities.Verify(Psi(new Element(DataForms.Form, DataForms.MakeField("FORM_TYPE", null, null, "urn:other"), DataForms.MakeField("a")))));

    [Fact]
    public void What_is_there_twice_is_not_believed() // §5.4, 3.3 to 3.5
    {
        var twice = Element.Parse("<feature xmlns='http://jabber.org/protocol/disco#info' var='http://jabber.org/protocol/muc'/>");
        Assert.Null(EntityCapabilities.Verify(Psi().With(twice)));
        var again = Element.Parse("<identity xmlns='http://jabber.org/protocol/disco#info' category='client' type='pc' xml:lang='en' name='Psi 0.11'/>");
        Assert.Null(EntityCapabilities.Verify(Psi().With(again)));
        Assert.Null(EntityCapabilities.Verify(Psi(DataForms.Make("result", "urn:xmpp:dataforms:softwareinfo", null))));
        var twoTypes = new Element(DataForms.Form, DataForms.MakeField("FORM_TYPE", "hidden", null, "urn:a", "urn:b"));
        Assert.Null(EntityCapabilities.Verify(Psi(twoTypes)));
    }

    [Fact]
    public void A_bracket_inside_a_name_does_not_pass_for_the_end_of_one() => // §5.1
        Assert.NotEqual(
            EntityCapabilities.Verify(Disco.MakeInfo([], ["a", "b"])),
            EntityCapabilities.Verify(Disco.MakeInfo([], ["a<b"])));

    [Fact]
    public void Features_are_in_the_order_of_their_bytes()
    {
        // Beyond U+FFFF the order of .NET's strings is another: there U+1D11E (D834 DD1E) stands before U+FF21.
        var both = Disco.MakeInfo([], ["\U0001D11E", "Ａ"]);
        Assert.Equal("uu2XUrxmnWCLi153zly0alIQ/CE=", EntityCapabilities.Verify(both));
    }
}
