using System.Buffers;
using System.Globalization;
using System.Text;

namespace MyChat.Xmpp.Xml;

/// <summary>Writes XML as UTF-8. Attribute values stand in apostrophes.</summary>
internal static class XmlOutput
{
    /// <summary>The most bytes that one char can become, escaped.</summary>
    public const int MaxBytesPerChar = 6;

    // A CR that is not written as a reference would be read as LF (XML 1.0 §2.11); in attributes all three would be spaces (§3.3.3).
    private static readonly SearchValues<char> InText = SearchValues.Create("&<>\r");
    private static readonly SearchValues<char> InAttribute = SearchValues.Create("&<>\r\n\t'\"");

    public static void Write(IBufferWriter<byte> output, Element element, string defaultNs)
    {
        var prefix = Prefix(element.Name.Ns);
        output.Write("<"u8);
        WriteName(output, prefix, element.Name.Local);
        if (prefix.IsEmpty && element.Name.Ns != defaultNs)
        {
            defaultNs = element.Name.Ns;
            output.Write(" xmlns='"u8);
            WriteAttributeValue(output, defaultNs);
            output.Write("'"u8);
        }
        else if (element.Name.Ns == Ns.Streams)
        {
            output.Write(" xmlns:stream='http://etherx.jabber.org/streams'"u8);
        }

        WriteAttributes(output, element);
        if (element.Content.Count == 0)
        {
            output.Write("/>"u8);
            return;
        }

        output.Write(">"u8);
        WriteContent(output, element.Content, defaultNs);
        output.Write("</"u8);
        WriteName(output, prefix, element.Name.Local);
        output.Write(">"u8);
    }

    public static void WriteContent(IBufferWriter<byte> output, IReadOnlyList<object> content, string defaultNs)
    {
        foreach (var node in content)
        {
            if (node is Element child)
            {
                Write(output, child, defaultNs);
            }
            else
            {
                WriteEscaped(output, (string)node, InText);
            }
        }
    }

    public static void WriteAttributeValue(IBufferWriter<byte> output, string value) => WriteEscaped(output, value, InAttribute);

    /// <summary>The same into a span that is large enough; the count of bytes.</summary>
    public static int EscapeAttributeValue(ReadOnlySpan<char> value, Span<byte> output)
    {
        var written = 0;
        for (var at = value.IndexOfAny(InAttribute); at >= 0; at = value.IndexOfAny(InAttribute))
        {
            written += Encoding.UTF8.GetBytes(value[..at], output[written..]);
            var escape = Escape(value[at]);
            escape.CopyTo(output[written..]);
            written += escape.Length;
            value = value[(at + 1)..];
        }

        return written + Encoding.UTF8.GetBytes(value, output[written..]);
    }

    private static void WriteAttributes(IBufferWriter<byte> output, Element element)
    {
        var declared = 0;
        foreach (var (name, value) in element.Attributes)
        {
            output.Write(" "u8);
            if (name.Ns == Ns.Xml)
            {
                output.Write("xml:"u8);
            }
            else if (name.Ns.Length > 0)
            {
                var prefix = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"n{declared++}"));
                output.Write("xmlns:"u8);
                output.Write(prefix);
                output.Write("='"u8);
                WriteAttributeValue(output, name.Ns);
                output.Write("' "u8);
                output.Write(prefix);
                output.Write(":"u8);
            }

            Encoding.UTF8.GetBytes(name.Local, output);
            output.Write("='"u8);
            WriteAttributeValue(output, value);
            output.Write("'"u8);
        }
    }

    /// <summary>
    /// xml is always declared and cannot be a default namespace. The streams namespace gets its usual prefix, because some
    /// implementations insist on it (RFC 6120 §4.8.5), with a declaration, because a WebSocket stream has none around it.
    /// </summary>
    private static ReadOnlySpan<byte> Prefix(string ns) => ns switch
    {
        Ns.Xml => "xml:"u8,
        Ns.Streams => "stream:"u8,
        _ => default,
    };

    private static void WriteName(IBufferWriter<byte> output, ReadOnlySpan<byte> prefix, string local)
    {
        output.Write(prefix);
        Encoding.UTF8.GetBytes(local, output);
    }

    private static void WriteEscaped(IBufferWriter<byte> output, ReadOnlySpan<char> text, SearchValues<char> special)
    {
        for (var at = text.IndexOfAny(special); at >= 0; at = text.IndexOfAny(special))
        {
            Encoding.UTF8.GetBytes(text[..at], output);
            output.Write(Escape(text[at]));
            text = text[(at + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
    }

    private static ReadOnlySpan<byte> Escape(char c) => c switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '\'' => "&apos;"u8,
        '"' => "&quot;"u8,
        '\t' => "&#x9;"u8,
        '\n' => "&#xA;"u8,
        _ => "&#xD;"u8,
    };
}
