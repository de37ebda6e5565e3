using System.Text;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;
using static MyChat.Xmpp.Tests.Xml.XmlPieces;

namespace MyChat.Xmpp.Tests.Xml;

/// <summary>Everything that ends a stream, and with which condition (RFC 6120 §4.9.3).</summary>
public class XmlRejectionTests
{
    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><a/>")]
    [InlineData("<a><!DOCTYPE x></a>")]
    [InlineData("<a>&bomb;</a>")]
    [InlineData("<a b='&bomb;'/>")]
    [InlineData("<a><!-- c --></a>")]
    [InlineData("<!-- c --><a/>")]
    [InlineData("<a><?pi?></a>")]
    [InlineData("<?xml version='1.0'?><a/>")]
    public void Xml_that_rfc_6120_forbids_is_restricted(string piece)
    {
        Assert.Equal(StreamErrorCondition.RestrictedXml, Fault(() => Read(piece)));
    }

    [Theory]
    [InlineData("<p:a/>")]
    [InlineData("<a p:b=''/>")]
    [InlineData("<a><b xmlns:p='u'/><p:c/></a>")]
    [InlineData("<xmlns:a/>")]
    [InlineData("<message><p:b/></message>")]
    public void A_prefix_that_nothing_declares_is_a_bad_namespace_prefix(string piece)
    {
        Assert.Equal(StreamErrorCondition.BadNamespacePrefix, Fault(() => Read(piece)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("text")]
    [InlineData("<a/><b/>")]
    [InlineData("<a/>x")]
    [InlineData("x<a/>")]
    [InlineData("<a/><![CDATA[]]>")]
    [InlineData("</a>")]
    [InlineData("<a>")]
    [InlineData("<a")]
    [InlineData("<a b='1'")]
    [InlineData("<a b='1")]
    [InlineData("<a><b></a></b>")]
    [InlineData("<a></b>")]
    [InlineData("<a></ab>")]
    [InlineData("<ab></a>")]
    [InlineData("<a></ a>")]
    [InlineData("<a></a b=''>")]
    [InlineData("<a></A>")]
    [InlineData("<s:a xmlns:s='u' xmlns:t='u'></t:a>")]
    [InlineData("< a/>")]
    [InlineData("<a / >")]
    [InlineData("<1a/>")]
    [InlineData("<-a/>")]
    [InlineData("<:a/>")]
    [InlineData("<a:/>")]
    [InlineData("<a:b:c xmlns:a='u'/>")]
    [InlineData("<a:1 xmlns:a='u'/>")]
    [InlineData("<a\u00D7/>")]
    [InlineData("<a\u2028b=''/>")]
    [InlineData("<a b/>")]
    [InlineData("<a b=c/>")]
    [InlineData("<a b='1'c='2'/>")]
    [InlineData("<a b='<'/>")]
    [InlineData("<a b='&'/>")]
    [InlineData("<a>&</a>")]
    [InlineData("<a>&amp</a>")]
    [InlineData("<a>&;</a>")]
    [InlineData("<a>&#;</a>")]
    [InlineData("<a>&#x;</a>")]
    [InlineData("<a>&#X41;</a>")]
    [InlineData("<a>&#x4G;</a>")]
    [InlineData("<a>&#+65;</a>")]
    [InlineData("<a>&# 65;</a>")]
    [InlineData("<a>&#0;</a>")]
    [InlineData("<a>&#8;</a>")]
    [InlineData("<a>&#xD800;</a>")]
    [InlineData("<a>&#xFFFE;</a>")]
    [InlineData("<a>&#x110000;</a>")]
    [InlineData("<a>&#x100000041;</a>")]
    [InlineData("<a>&#4294967361;</a>")]
    [InlineData("<a>]]></a>")]
    [InlineData("<a><![CDATA[</a>")]
    [InlineData("<a><![cdata[]]></a>")]
    [InlineData("<a>\u0000</a>")]
    [InlineData("<a>\u001F</a>")]
    [InlineData("<a>\uFFFE</a>")]
    [InlineData("<a>\uFFFF</a>")]
    [InlineData("<a b='1' b='2'/>")]
    [InlineData("<a xmlns='u' xmlns='u'/>")]
    [InlineData("<a xmlns:p='u' xmlns:p='u'/>")]
    [InlineData("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>")]
    [InlineData("<a xmlns:p='u' xmlns:q='&#117;' p:b='1' q:b='2'/>")]
    [InlineData("<a xmlns:p=''/>")]
    [InlineData("<a xmlns:xml='u'/>")]
    [InlineData("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>")]
    [InlineData("<a xmlns='http://www.w3.org/XML/1998/namespace'/>")]
    [InlineData("<a xmlns:xmlns='u'/>")]
    [InlineData("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>")]
    [InlineData("<a xmlns='http://www.w3.org/2000/xmlns/'/>")]
    public void What_is_not_well_formed_is_refused(string piece)
    {
        Assert.Equal(StreamErrorCondition.NotWellFormed, Fault(() => Read(piece)));
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0xBC })] // overlong '<'
    [InlineData(new byte[] { 0xE0, 0x80, 0xBC })]
    [InlineData(new byte[] { 0xF0, 0x80, 0x80, 0xBC })]
    [InlineData(new byte[] { 0xC1, 0xBF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })] // a surrogate
    [InlineData(new byte[] { 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80 })] // CESU-8
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })] // past U+10FFFF
    [InlineData(new byte[] { 0xF8, 0x88, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xFE })]
    [InlineData(new byte[] { 0xFF })]
    public void What_is_not_utf8_is_refused_wherever_it_stands(byte[] bad)
    {
        byte[][] pieces =
        [
            [.. "<a>"u8, .. bad, .. "</a>"u8],
            [.. "<a b='"u8, .. bad, .. "'/>"u8],
            [.. "<a"u8, .. bad, .. "/>"u8],
            [.. "<message><body>"u8, .. bad, .. "</body></message>"u8],
        ];

        Assert.All(pieces, piece => Assert.Equal(StreamErrorCondition.UnsupportedEncoding, Fault(() => Read(piece))));
    }

    [Fact]
    public void Too_deep_too_wide_and_too_many_declarations_are_against_the_policy()
    {
        string Deep(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        string Wide(int count) => $"<a{string.Concat(Enumerable.Range(0, count).Select(i => $" a{i}=''"))}/>";
        string Declaring(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"<a xmlns:a='1' xmlns:b='2' xmlns:c='3' xmlns:d='4'>"))
            + string.Concat(Enumerable.Repeat("</a>", count));

        Assert.Null(Fault(() => Read(Deep(63))));
        Assert.Equal(StreamErrorCondition.PolicyViolation, Fault(() => Read(Deep(64))));
        Assert.Null(Fault(() => Read(Wide(64))));
        Assert.Equal(StreamErrorCondition.PolicyViolation, Fault(() => Read(Wide(65))));
        Assert.Null(Fault(() => Read(Declaring(31))));
        Assert.Equal(StreamErrorCondition.PolicyViolation, Fault(() => Read(Declaring(32))));
    }

    [Theory]
    [InlineData("<message><body>x</body></message><message to='victim'/>")]
    [InlineData("<message><body>x</body></message></stream:stream>")]
    [InlineData("<message><body></message></body><presence/>")]
    [InlineData("<message><body><![CDATA[x]]]]></body>]]></message>")]
    [InlineData("<message><body a='1>' b=\"'></body></message>")]
    [InlineData("<message><body a='x'/></message><!-- ' --><presence/>")]
    public void One_piece_holds_one_stanza_and_nothing_can_be_smuggled_behind_it(string piece)
    {
        Assert.NotNull(Fault(() => Read(piece)));
    }

    [Fact]
    public void A_fault_leaves_the_parser_as_it_was()
    {
        var parser = new StanzaParser();
        parser.ReadHeader(Encoding.UTF8.GetBytes(Open));
        Fault(() => parser.Read("<a xmlns:stream='x'><b></a>"u8));

        Assert.Equal(XNames.StreamFeatures, ((Element)parser.Read("<stream:features/>"u8)).Name);
    }
}
