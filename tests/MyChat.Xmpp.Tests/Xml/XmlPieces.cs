using System.Buffers;
using System.Text;
using System.Xml;
using CsCheck;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xml;

/// <summary>Helpers of the XML tests: streams fed in portions, and the XML reader of .NET as the second opinion.</summary>
internal static class XmlPieces
{
    public const string Open = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";

    /// <summary>What a stream yields, piece by piece as text; the last line is the condition of the error, if there was one.</summary>
    public static List<string> Frames(byte[] bytes, IEnumerable<int> portions, int maxBytes = 10_000, int maxDepth = 64)
    {
        var framer = new XmlFramer(maxBytes, maxDepth);
        var frames = new List<string>();
        var start = 0;
        var end = 0;
        try
        {
            foreach (var portion in portions.Append(bytes.Length))
            {
                end = Math.Min(bytes.Length, end + portion);
                while (true)
                {
                    var buffer = Segmented(bytes.AsSpan(start, end - start), portion);
                    var kind = framer.Read(buffer, out var frame, out var consumed);
                    start += (int)buffer.Slice(0, consumed).Length;
                    if (kind == FrameKind.Incomplete)
                    {
                        break;
                    }

                    frames.Add($"{kind}: {Encoding.Latin1.GetString(frame.ToArray())}");
                }
            }
        }
        catch (XmlStreamException fault)
        {
            frames.Add(fault.Condition.ToString());
        }

        return frames;
    }

    public static Gen<string> OneOf(params string[] parts) => Gen.Int[0, parts.Length - 1].Select(i => parts[i]);

    /// <summary>The bytes in segments of a size.</summary>
    public static ReadOnlySequence<byte> Segmented(ReadOnlySpan<byte> bytes, int size)
    {
        var first = new Segment(default, 0);
        var last = first;
        for (var at = 0; at < bytes.Length; at += Math.Max(size, 1))
        {
            last = last.Append(bytes.Slice(at, Math.Min(Math.Max(size, 1), bytes.Length - at)).ToArray());
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public static object Read(string piece, string open = Open) => Read(Encoding.UTF8.GetBytes(piece), open);

    public static object Read(byte[] piece, string open = Open)
    {
        var parser = new StanzaParser();
        parser.ReadHeader(Encoding.UTF8.GetBytes(open));
        return parser.Read(piece);
    }

    public static StreamErrorCondition? Fault(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (XmlStreamException fault)
        {
            return fault.Condition;
        }
    }

    /// <summary>The element as .NET's own reader sees it inside a stream; throws what that reader throws.</summary>
    public static Element SecondOpinion(byte[] piece, string open = Open)
    {
        byte[] document = [.. Encoding.UTF8.GetBytes(open), .. piece, .. "</stream:stream>"u8];
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = true };
        using var reader = XmlReader.Create(new MemoryStream(document), settings);
        while (reader.Read() && (reader.NodeType != XmlNodeType.Element || reader.Depth == 0))
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
        var content = new List<object?>();
        var name = new XName(reader.NamespaceURI, reader.LocalName);
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != Ns.Xmlns)
            {
                content.Add((new XName(reader.NamespaceURI, reader.LocalName), reader.Value));
            }
        }

        while (!isEmpty && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            content.Add(reader.NodeType switch
            {
                XmlNodeType.Element => ReadElement(reader),
                XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace => reader.Value,
                _ => throw new XmlException($"Unexpected {reader.NodeType}."),
            });
        }

        return new Element(name, content);
    }

    /// <summary>A stanza or element, seen as an element without namespace-less attributes that a stanza drops.</summary>
    public static string Content(object read) => read switch
    {
        Element element => element.ToString(),
        Stanza stanza => Element.Parse($"<x>{Encoding.UTF8.GetString(stanza.Payload.Utf8.Span)}</x>").ToString(),
        _ => throw new ArgumentException("Neither.", nameof(read)),
    };

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
