using System.Text;
using CsCheck;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xml;

public class XmlFramerTests
{
    private static List<string> Frames(string stream, params int[] portions) => XmlPieces.Frames(Encoding.UTF8.GetBytes(stream), portions);

    [Fact]
    public void A_stream_is_cut_into_header_elements_and_close()
    {
        var frames = Frames($"<?xml version='1.0'?> {XmlPieces.Open}\n<a><b c='>'/><![CDATA[</a>]]>]]]]></a> \t<d/></stream:stream> ");

        Assert.Equal(
            [$"StreamOpen: {XmlPieces.Open}", "Element: <a><b c='>'/><![CDATA[</a>]]>]]]]></a>", "Element: <d/>", "StreamClose: </stream:stream>"],
            frames);
    }

    [Fact]
    public void A_byte_order_mark_may_stand_first()
    {
        Assert.Equal(["StreamOpen: <s>"], Frames("\uFEFF<?xml version=\"1.0\" encoding='UTF-8' standalone='yes' ?><s>"));
    }

    [Fact]
    public void A_root_that_closes_itself_opens_and_closes_the_stream()
    {
        Assert.Equal(["StreamOpen: <s/>", "StreamClose: "], Frames("<s/>"));
    }

    [Fact]
    public void Slashes_before_the_end_of_a_tag_close_it_only_when_they_are_last()
    {
        Assert.Equal(["StreamOpen: <s>", "Element: <a b='/'></a>", "Element: <c d=\"x/\"/>"], Frames("<s><a b='/'></a><c d=\"x/\"/>"));
    }

    [Theory]
    [InlineData("<!DOCTYPE x>", "RestrictedXml")]
    [InlineData("<s><!-- x", "RestrictedXml")]
    [InlineData("<s><a><!--", "RestrictedXml")]
    [InlineData("<s><a><!DOC", "RestrictedXml")]
    [InlineData("<s><?pi", "RestrictedXml")]
    [InlineData("<?pi?><s>", "RestrictedXml")]
    [InlineData("<?xmlx version='1.0'?><s>", "RestrictedXml")]
    [InlineData(" <?xml version='1.0'?><s>", "RestrictedXml")]
    [InlineData("<s> text", "BadFormat")]
    [InlineData("<s><a/>&lt;", "BadFormat")]
    [InlineData("<s><![CDATA[x]]>", "BadFormat")]
    [InlineData("GET / HTTP/1.1", "NotWellFormed")]
    [InlineData("<![CDATA[x]]>", "NotWellFormed")]
    [InlineData("</s>", "NotWellFormed")]
    [InlineData("<s></s><s>", "NotWellFormed")]
    [InlineData("<s/>x", "NotWellFormed")]
    [InlineData("<s><a <b", "NotWellFormed")]
    [InlineData("<s><a b='<'", "NotWellFormed")]
    [InlineData("<s><a><!x", "NotWellFormed")]
    [InlineData("<s><a><![IGNORE[", "NotWellFormed")]
    [InlineData("<?xml version='1.0' encoding='iso-8859-1'?><s>", "UnsupportedEncoding")]
    [InlineData("<?xml version='1.1'?><s>", "NotWellFormed")]
    [InlineData("<?xml encoding='UTF-8'?><s>", "NotWellFormed")]
    [InlineData("<?xml version='1.0'encoding='UTF-8'?><s>", "NotWellFormed")]
    [InlineData("<?xml version='1.0' standalone='maybe'?><s>", "NotWellFormed")]
    public void What_can_never_become_legal_is_refused_at_once_however_it_is_split(string stream, string condition)
    {
        Assert.Equal(condition, Frames(stream)[^1]);
        Assert.Equal(condition, Frames(stream, [.. Enumerable.Repeat(1, stream.Length)])[^1]);
    }

    [Fact]
    public void Utf16_is_an_unsupported_encoding()
    {
        Assert.Equal(["UnsupportedEncoding"], XmlPieces.Frames([0xFF, 0xFE, (byte)'<', 0], []));
        Assert.Equal(["UnsupportedEncoding"], XmlPieces.Frames([0xFE, 0xFF, 0, (byte)'<'], []));
    }

    [Fact]
    public void A_piece_of_exactly_the_limit_passes_and_one_byte_more_does_not()
    {
        var piece = $"<a>{new string('x', 93)}</a>";
        Assert.Equal([$"StreamOpen: <s>", $"Element: {piece}"], XmlPieces.Frames(Encoding.UTF8.GetBytes("<s>" + piece), [], 100));
        Assert.Equal(["StreamOpen: <s>", "PolicyViolation"], XmlPieces.Frames(Encoding.UTF8.GetBytes("<s>" + piece), [], 99));
        Assert.Equal("PolicyViolation", XmlPieces.Frames(Encoding.UTF8.GetBytes("<s><a>" + new string('x', 98)), [], 100)[^1]);
    }

    [Fact]
    public void The_limit_may_be_raised_between_pieces()
    {
        var framer = new XmlFramer(10);
        framer.Read(new("<s>"u8.ToArray()), out _, out _);
        framer.MaxBytes = 20;

        Assert.Equal(FrameKind.Element, framer.Read(new("<a>0123456789</a>"u8.ToArray()), out _, out _));
    }

    [Fact]
    public void Too_many_open_elements_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 63));
        Assert.Single(Frames("<s>" + deep));
        Assert.Equal("PolicyViolation", Frames("<s>" + deep + "<a/>")[^1]);
    }

    [Fact]
    public void White_space_between_pieces_may_be_forgotten()
    {
        var framer = new XmlFramer(10);
        framer.Read(new("<s>"u8.ToArray()), out _, out _);
        var spaces = XmlPieces.Segmented(Encoding.UTF8.GetBytes(new string(' ', 1000)), 7);

        Assert.Equal(FrameKind.Incomplete, framer.Read(spaces, out _, out var consumed));
        Assert.Equal(1000, spaces.Slice(0, consumed).Length);
    }

    [Fact]
    public void After_a_reset_a_new_stream_is_read()
    {
        var framer = new XmlFramer(100);
        framer.Read(new("<s>"u8.ToArray()), out _, out _);
        framer.Read(new("<half"u8.ToArray()), out _, out _);
        framer.Reset();

        Assert.Equal(FrameKind.StreamOpen, framer.Read(new("<?xml version='1.0'?><t>"u8.ToArray()), out _, out _));
    }

    [Fact]
    public void Any_split_of_the_bytes_yields_the_same()
    {
        var part = XmlPieces.OneOf(
            "<?xml version='1.0'?>", "<s>", "</s>", "<a>", "</a>", "<b c='d'/>", " ", "text", "<![CDATA[", "]]>", "]", "<", ">", "/", "'", "\"",
            "<!--", "<?", "\uFEFF", "é", "<e f=\"'/>\">", "=");
        Gen.Select(part.Array[0, 25], Gen.Int[1, 9].Array[0, 40], Gen.Bool).Sample((parts, portions, asStream) =>
        {
            var bytes = Encoding.UTF8.GetBytes((asStream ? "<s><a>" : "") + string.Concat(parts));
            var whole = XmlPieces.Frames(bytes, [], 60, 5);
            Assert.Equal(whole, XmlPieces.Frames(bytes, portions, 60, 5));
            Assert.Equal(whole, XmlPieces.Frames(bytes, Enumerable.Repeat(1, bytes.Length), 60, 5));
        });
    }
}
