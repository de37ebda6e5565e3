using System.Buffers;
using System.Text;
using CsCheck;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;
using static MyChat.Xmpp.Tests.Xml.XmlPieces;

namespace MyChat.Xmpp.Tests.Xml;

public class StanzaParserTests
{
    private static string Utf8(Stanza stanza) => Encoding.UTF8.GetString(stanza.Payload.Utf8.Span);

    [Fact]
    public void The_header_tells_its_names_and_attributes()
    {
        var header = new StanzaParser().ReadHeader(
            "<stream:stream to='a&amp;b' from='c' id='i' version='1.0' xml:lang='en' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"u8);

        Assert.Equal(new StreamHeader(XNames.Stream, Ns.Client, "a&b", "c", "i", "1.0", "en"), header);
    }

    [Theory]
    [InlineData("<s></s>")]
    [InlineData("<s><a/>")]
    [InlineData("x")]
    [InlineData("<s")]
    public void A_header_is_one_start_tag(string tag)
    {
        Assert.NotNull(Fault(() => new StanzaParser().ReadHeader(Encoding.UTF8.GetBytes(tag))));
    }

    [Theory]
    [InlineData("</stream:stream>", true)]
    [InlineData("</stream:stream \n>", true)]
    [InlineData("", true)]
    [InlineData("</stream>", false)]
    [InlineData("</ stream:stream>", false)]
    [InlineData("</stream:streams>", false)]
    public void The_roots_end_tag_must_match(string tag, bool matches)
    {
        var parser = new StanzaParser();
        parser.ReadHeader(Encoding.UTF8.GetBytes(Open));

        Assert.Equal(matches, Fault(() => parser.ReadClose(Encoding.UTF8.GetBytes(tag))) is null);
    }

    [Fact]
    public void A_stanza_keeps_its_content_byte_for_byte()
    {
        var message = Assert.IsType<Message>(Read("<message id='a&lt;b' type='chat' xml:lang='de' x='dropped'> <body a=\"1\">x&#65;&gt;</body>\r\n<c xmlns='urn:c'/></message >"));

        Assert.Equal(("a<b", MessageType.Chat, "de"), (message.Id, message.Type, message.Lang));
        Assert.Equal(" <body a=\"1\">x&#65;&gt;</body>\r\n<c xmlns='urn:c'/>", Utf8(message));
        Assert.Equal(XNames.Body, message.Payload.First);
        Assert.Equal(["body", "c"], message.Payload.Elements.Select(e => e.Name.Local));
        Assert.Null(message.Defect);
    }

    [Fact]
    public void The_payload_does_not_share_memory_with_the_bytes_read()
    {
        var bytes = "<message><body>x</body></message>"u8.ToArray();
        var message = (Message)Read(bytes);
        bytes.AsSpan().Fill((byte)'!');

        Assert.Equal("<body>x</body>", Utf8(message));
    }

    [Theory]
    [InlineData("<message xmlns:p='urn:p'><p:a/></message>", "<a xmlns='urn:p'/>")]
    [InlineData("<message xmlns:p='urn:p'><a p:b='1'/></message>", "<a xmlns:n0='urn:p' n0:b='1'/>")]
    [InlineData("<message xmlns:p='urn:p'><a/></message>", "<a/>")]
    [InlineData("<message><p:a xmlns:p='urn:p'/></message>", "<p:a xmlns:p='urn:p'/>")]
    [InlineData("<message><a xml:lang='en'/></message>", "<a xml:lang='en'/>")]
    [InlineData("<message><stream:a/>&amp;x</message>", "<stream:a xmlns:stream='http://etherx.jabber.org/streams'/>&amp;x")]
    [InlineData("<c:message xmlns:c='jabber:client'><b/></c:message>", "<b/>")]
    [InlineData("<c:message xmlns:c='jabber:client' xmlns='urn:o'><b/></c:message>", "<b xmlns='urn:o'/>")]
    [InlineData("<c:message xmlns:c='jabber:client' xmlns=''><b/></c:message>", "<b xmlns=''/>")]
    [InlineData("<c:message xmlns:c='jabber:client'><c:b><d/></c:b></c:message>", "<b><d/></b>")]
    public void A_payload_that_leans_on_declarations_around_it_is_written_anew(string piece, string payload)
    {
        Assert.Equal(payload, Utf8((Stanza)Read(piece)));
    }

    [Fact]
    public void A_payload_in_no_namespace_says_so_where_the_stream_has_no_default()
    {
        Assert.Equal("<b xmlns=''/>", Utf8((Stanza)Read("<c:message><b/></c:message>", "<stream:stream xmlns:c='jabber:client' xmlns:stream='s'>")));
    }

    [Fact]
    public void Without_a_header_every_piece_brings_its_own_namespace()
    {
        var parser = new StanzaParser();
        parser.StandAlone();

        Assert.IsType<Message>(parser.Read("<message xmlns='jabber:client'><body/></message>"u8));
        Assert.Equal(XNames.FramingOpen, Assert.IsType<Element>(parser.Read("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>"u8)).Name);
        Assert.Equal(new XName("", "message"), Assert.IsType<Element>(parser.Read("<message/>"u8)).Name);
    }

    [Theory]
    [InlineData("<message xmlns='urn:other'/>")]
    [InlineData("<query/>")]
    [InlineData("<r xmlns='urn:xmpp:sm:3'/>")]
    public void What_is_no_stanza_is_an_element(string piece)
    {
        Assert.IsType<Element>(Read(piece));
    }

    [Theory]
    [InlineData("<iq type='get'><q xmlns='q'/></iq>")]
    [InlineData("<iq id='1'><q xmlns='q'/></iq>")]
    [InlineData("<iq id='1' type='put'><q xmlns='q'/></iq>")]
    [InlineData("<iq id='1' type='get'/>")]
    [InlineData("<iq id='1' type='set'>text</iq>")]
    [InlineData("<iq id='1' type='set'><a/><b/></iq>")]
    [InlineData("<presence type='available'/>")]
    [InlineData("<presence type=''/>")]
    [InlineData("<presence type='Probe'/>")]
    public void A_fault_of_one_stanza_is_its_defect(string piece)
    {
        Assert.Equal(StanzaErrorCondition.BadRequest, Assert.IsType<Stanza>(Read(piece), exactMatch: false).Defect);
    }

    [Theory]
    [InlineData("<iq id='1' type='result'/>")]
    [InlineData("<iq id='1' type='error'/>")]
    [InlineData("<iq id='1' type='get'> <a/> </iq>")]
    [InlineData("<presence type='unsubscribed'/>")]
    [InlineData("<message type='strange'/>")]
    public void What_is_right_has_no_defect(string piece)
    {
        Assert.Null(Assert.IsType<Stanza>(Read(piece), exactMatch: false).Defect);
    }

    [Fact]
    public void An_unknown_type_of_message_is_normal_and_references_in_a_type_count()
    {
        Assert.Equal(MessageType.Normal, ((Message)Read("<message type='strange'/>")).Type);
        Assert.Equal(MessageType.Groupchat, ((Message)Read("<message type='group&#x63;hat'/>")).Type);
    }

    [Fact]
    public void Addresses_are_read_and_what_is_none_is_a_defect()
    {
        var message = (Message)Read("<message to='juliet@verona.lit/b&amp;c' from='ROMEO@verona.lit'/>");
        Assert.Equal(("juliet@verona.lit/b&c", "romeo@verona.lit"), (message.To!.ToString(), message.From!.ToString()));

        var bad = (Message)Read("<message to='@'/>");
        Assert.Equal((null, StanzaErrorCondition.JidMalformed), (bad.To, bad.Defect));
        Assert.Equal(StanzaErrorCondition.JidMalformed, ((Iq)Read("<iq from='' type='get'/>")).Defect);
    }

    [Fact]
    public void A_repeated_address_is_the_same_object()
    {
        var parser = new StanzaParser();
        parser.ReadHeader(Encoding.UTF8.GetBytes(Open));
        var first = (Message)parser.Read("<message to='juliet@verona.lit/a&amp;b'/>"u8);
        parser.Read("<message to='romeo@verona.lit'/>"u8);

        Assert.Same(first.To, ((Message)parser.Read("<message to='juliet@verona.lit/a&amp;b'/>"u8)).To);
    }

    [Fact]
    public void A_plain_chat_message_allocates_only_what_is_kept()
    {
        var piece = Encoding.UTF8.GetBytes(
            "<message to='juliet@verona.lit/balcony' type='chat' id='0123456789'><body>" + new string('x', 200)
            + "</body><active xmlns='http://jabber.org/protocol/chatstates'/><request xmlns='urn:xmpp:receipts'/></message>");
        var parser = new StanzaParser();
        parser.ReadHeader(Encoding.UTF8.GetBytes(Open));
        var message = (Message)parser.Read(piece);
        var kept = message.Payload.Utf8.Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            parser.Read(piece);
        }

        // The array's header and padding; an id of 10 chars; the stanza and the payload with their fields.
        var perMessage = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        Assert.InRange(perMessage, kept, kept + 31 + 48 + 80 + 72);
    }

    [Fact]
    public void White_space_is_normalized_as_xml_says()
    {
        var element = (Element)Read("<a b='1\r\n2\r3\n4\t5&#10;6&#xD;&#9;'>1\r\n2\r3\n4&#xD;<![CDATA[\r\n]]></a>");

        Assert.Equal("1 2 3 4 5\n6\r\t", element["b"]);
        Assert.Equal("1\n2\n3\n4\r\n", element.Text);
    }

    [Fact]
    public void What_it_accepts_another_parser_reads_alike()
    {
        string[] names = ["a", "p:a", "b", "message", "iq", "xml:a", "é", "q:b", "x:message"];
        string[] attributes =
        [
            " a='1'", " b=\"'\"", " xmlns='urn:x'", " xmlns=''", " xmlns:p='urn:p'", " xmlns:q='urn:p'", " p:a='2'", " q:a='3'",
            " xml:lang='en'", " xmlns:p=''", " xmlns:xml='http://www.w3.org/XML/1998/namespace'", " id='&amp;&#x41;\t\r\n'", " x", " xmlns:x='jabber:client'",
            " type='get'", "a='4'", " = ", " c='&#1;'", " d='&lt'", " e='ü\u200B'",
        ];
        string[] texts =
        [
            "", " ", "text", "\r\n", "&amp;", "&#x10FFFF;", "&#0;", "&#xD800;", "&nope;", "]]>", "]]", "]]&gt;", "<![CDATA[ ]] > & < \r]]>", "<![CDATA[", "é", "\uFFFE",
            "<!---->", "&", "\u0001", "\u0085", "𝄞", "&#000065;", "&#99999999999;", "&#xFFFFFFFF41;", "</a>",
        ];
        var text = Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
        var gen = Gen.Recursive<string>((depth, self) => Gen.Select(
            Gen.Int[0, names.Length - 1], Gen.Int[0, attributes.Length - 1].Array[0, 3], Gen.Bool, depth > 3 ? text.Array[0, 2] : Gen.OneOf(self, text).Array[0, 3],
            (n, a, open, c) => $"<{names[n]}{string.Concat(a.Select(i => attributes[i]))}" + (open ? $">{string.Concat(c)}</{names[n]}>" : "/>")));
        var accepted = 0;
        gen.Sample(
            piece =>
            {
                var bytes = Encoding.UTF8.GetBytes(piece);
                if (CheckAgainstSecondOpinion(bytes))
                {
                    Interlocked.Increment(ref accepted);
                }
            },
            iter: 20_000);
        Assert.True(accepted > 1000, $"Only {accepted} pieces were accepted.");
    }

    /// <summary>Whether the piece was accepted; then both parsers must have read the same.</summary>
    private static bool CheckAgainstSecondOpinion(byte[] piece)
    {
        object read = "";
        if (Fault(() => read = Read(piece)) is not null)
        {
            return false;
        }

        var other = SecondOpinion(piece);
        var expected = read is Stanza ? new Element(new XName(Ns.Client, "x"), other.Content).ToString() : other.ToString();
        Assert.Equal(expected, Content(read));
        if (read is Stanza stanza)
        {
            Assert.Equal(other["id"], stanza.Id);
            Assert.Equal(other.Attribute(XNames.XmlLang), stanza.Lang);
            var output = new ArrayBufferWriter<byte>();
            stanza.WriteTo(output);
            Assert.Equal(Content(stanza), Content(Read(output.WrittenSpan.ToArray())));
        }

        return true;
    }
}
