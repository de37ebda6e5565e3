using System.Text;

namespace MyChat.Xmpp.Xml;

/// <summary>Makes elements of what the scanner finds.</summary>
internal static class ElementReader
{
    /// <summary>Exactly one element, white space around it allowed.</summary>
    public static Element ReadOne(ReadOnlySpan<byte> utf8, string defaultNs)
    {
        var scratch = XmlScratch.Rent();
        try
        {
            var scanner = new XmlScanner(utf8, scratch, [new XmlBinding { Ns = defaultNs }], XmlScratch.MaxDepth);
            scanner.Next();
            var element = Read(ref scanner);
            scanner.Next();
            return element;
        }
        finally
        {
            XmlScratch.Return(scratch);
        }
    }

    /// <summary>Elements and text without an element around them, as inside a stanza.</summary>
    public static object[] ReadContent(ReadOnlySpan<byte> utf8, string defaultNs)
    {
        var scratch = XmlScratch.Rent();
        try
        {
            var scanner = new XmlScanner(utf8, scratch, [new XmlBinding { Ns = defaultNs }], XmlScratch.MaxDepth, fragment: true);
            return ReadContent(ref scanner);
        }
        finally
        {
            XmlScratch.Return(scratch);
        }
    }

    /// <summary>The element whose start tag is the current token.</summary>
    public static Element Read(ref XmlScanner scanner)
    {
        var name = scanner.Name;
        var attributes = ReadAttributes(ref scanner);
        return new Element(name, attributes, ReadContent(ref scanner));
    }

    private static KeyValuePair<XName, string>[] ReadAttributes(ref XmlScanner scanner)
    {
        var count = 0;
        for (var i = 0; i < scanner.AttributeCount; i++)
        {
            count += scanner.Attribute(i).IsDeclaration ? 0 : 1;
        }

        if (count == 0)
        {
            return [];
        }

        var attributes = new KeyValuePair<XName, string>[count];
        for (var (i, to) = (0, 0); i < scanner.AttributeCount; i++)
        {
            ref readonly var attribute = ref scanner.Attribute(i);
            if (!attribute.IsDeclaration)
            {
                attributes[to++] = new(scanner.NameOf(attribute), scanner.Value(attribute));
            }
        }

        return attributes;
    }

    /// <summary>Everything up to the end tag (or the end) that belongs to the open element.</summary>
    internal static object[] ReadContent(ref XmlScanner scanner)
    {
        List<object>? content = null;
        StringBuilder? joined = null;
        string? text = null;
        while (true)
        {
            var token = scanner.Next();
            if (token == XmlToken.Text)
            {
                if (text is null)
                {
                    text = scanner.Text();
                    continue;
                }

                // Text and CDATA side by side are one text; a builder, because there can be very many.
                joined ??= new StringBuilder();
                joined.Append(joined.Length == 0 ? text : "").Append(scanner.Text());
                continue;
            }

            text = joined is { Length: > 0 } ? joined.ToString() : text;
            if (!string.IsNullOrEmpty(text))
            {
                (content ??= []).Add(text);
            }

            joined?.Clear();
            text = null;
            if (token != XmlToken.StartTag)
            {
                return content is null ? [] : [.. content];
            }

            (content ??= []).Add(Read(ref scanner));
        }
    }
}
