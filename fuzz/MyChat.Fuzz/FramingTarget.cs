using System.Buffers;
using System.Text;
using System.Xml;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Fuzz;

/// <summary>
/// A stream's bytes. What framer and parser accept, .NET's XmlReader must accept with the same content; a payload must mean the same inside a
/// bare jabber:client message; and every split of the bytes must yield the same. Only <see cref="XmlStreamException"/> may refuse input.
/// </summary>
public static class FramingTarget
{
    private const int MaxBytes = 4096;

    public static string Name => "framing";

    public static IEnumerable<byte[]> Seeds { get; } = Array.ConvertAll<string, byte[]>(
        [
            "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='a' version='1.0'>"
                + "<message to='b@c/d' type='chat' id='1'><body>x &amp; &#65; <![CDATA[<]]></body></message> "
                + "<iq id='2' type='get'><q xmlns='u'/></iq></stream:stream>",
            "<s:s xmlns:s='urn:s' xmlns='jabber:client'><s:a s:b=\"'\" xml:lang='en'/><message xmlns:p='u'><p:a p:b=''/>\r\n</message>",
            "<s xmlns:c='jabber:client'><c:presence><a xmlns=''/><c:status>é\u20AC\U0001D11E]]&gt;</c:status></c:presence></s>",
            "\uFEFF<s/>",
        ],
        Encoding.UTF8.GetBytes);

    public static void Run(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        var whole = ReadAll(bytes, bytes.Length, check: true);
        foreach (var portion in (ReadOnlySpan<int>)[1, 3, 64])
        {
            Require(whole.SequenceEqual(ReadAll(bytes, portion, check: false)), $"Portions of {portion} bytes read differently.");
        }
    }

    /// <summary>All that the stream yields, as text; the last is the error's condition when there was one.</summary>
    private static List<string> ReadAll(byte[] bytes, int portion, bool check)
    {
        var log = new List<string>();
        var framer = new XmlFramer(MaxBytes);
        var parser = new StanzaParser();
        byte[] header = [];
        var start = 0;
        try
        {
            for (var end = Math.Min(portion, bytes.Length); ; end = Math.Min(end + portion, bytes.Length))
            {
                FrameKind kind;
                do
                {
                    var buffer = new ReadOnlySequence<byte>(bytes, start, end - start);
                    kind = framer.Read(buffer, out var frame, out var consumed);
                    start += (int)buffer.Slice(0, consumed).Length;
                    header = kind == FrameKind.StreamOpen ? frame.ToArray() : header;
                    log.Add(kind == FrameKind.Incomplete ? "" : Handle(parser, kind, frame.ToArray(), header, check));
                }
                while (kind != FrameKind.Incomplete);
                if (end == bytes.Length)
                {
                    break;
                }
            }
        }
        catch (XmlStreamException fault)
        {
            log.Add(fault.Condition.ToString());
        }

        log.RemoveAll(string.IsNullOrEmpty);
        return log;
    }

    private static string Handle(StanzaParser parser, FrameKind kind, byte[] frame, byte[] header, bool check)
    {
        switch (kind)
        {
            case FrameKind.StreamOpen:
                return parser.ReadHeader(frame).ToString();
            case FrameKind.StreamClose:
                parser.ReadClose(frame);
                return "close";
            default:
                var read = parser.Read(frame);
                if (check)
                {
                    Check(read, frame, header);
                }

                return read.ToString() ?? "";
        }
    }

    private static void Check(object read, byte[] piece, byte[] header)
    {
        var root = Encoding.UTF8.GetString(header);
        var name = root[1..root.IndexOfAny([' ', '\t', '\r', '\n', '>', '/'])];
        var expected = SecondOpinion([.. header, .. piece, .. Encoding.UTF8.GetBytes($"</{name}>")], depth: 1);
        if (read is not Stanza stanza)
        {
            Require(read.ToString() == expected.ToString(), "XmlReader reads another element.");
            return;
        }

        Require(stanza.Kind == expected.Name.Local && expected.Name.Ns == Ns.Client, "XmlReader reads another kind of stanza.");
        Require(stanza.Id == expected["id"] && stanza.Lang == expected.Attribute(XNames.XmlLang), "XmlReader reads another header.");
        byte[] wrapped = [.. "<message xmlns='jabber:client'>"u8, .. stanza.Payload.Utf8.Span, .. "</message>"u8];
        var bare = new Element(XNames.Message, expected.Content).ToString();
        Require(bare == SecondOpinion(wrapped, depth: 0).ToString(), "The payload means another thing by itself.");
        Require(bare == new Element(XNames.Message, Element.Parse(wrapped).Content).ToString(), "The payload is read differently again.");
        var elements = stanza.Payload.Elements.Select(e => e.ToString());
        Require(elements.SequenceEqual(expected.Elements.Select(e => e.ToString())), "The payload has other elements.");
    }

    /// <summary>The first element at a depth, as XmlReader reads it; the whole document must be well-formed.</summary>
    private static Element SecondOpinion(byte[] document, int depth)
    {
        using var reader = XmlReader.Create(new MemoryStream(document), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (reader.Read() && (reader.NodeType != XmlNodeType.Element || reader.Depth != depth))
        {
        }

        var element = ReadElement(reader);
        while (reader.Read())
        {
        }

        return element;
    }

    private static Element ReadElement(XmlReader reader)
    {
        var name = new XName(reader.NamespaceURI, reader.LocalName);
        var isEmpty = reader.IsEmptyElement;
        var content = new List<object>();
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != Ns.Xmlns)
            {
                content.Add((new XName(reader.NamespaceURI, reader.LocalName), reader.Value));
            }
        }

        while (!isEmpty && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            content.Add(reader.NodeType == XmlNodeType.Element ? ReadElement(reader) : reader.Value);
        }

        return new Element(name, content);
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }
}
