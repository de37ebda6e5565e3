using System.Buffers;

namespace MyChat.Xmpp.Xml;

/// <summary>
/// A small immutable XML element: what modules read and make. Content is given as in LINQ to XML: child elements, strings (text),
/// <c>("name", value)</c> attributes, sequences of those; null is left out.
/// </summary>
public sealed class Element
{
    public Element(XName name, params ReadOnlySpan<object?> content) => throw new NotImplementedException();

    public XName Name { get; }

    /// <summary>The value of an attribute without namespace, or null.</summary>
    public string? this[string attribute] => throw new NotImplementedException();

    /// <summary>The value of an attribute in a namespace (<c>xml:lang</c> is <c>XNames.XmlLang</c>), or null.</summary>
    public string? Attribute(XName name) => throw new NotImplementedException();

    /// <summary>All attributes but namespace declarations, in document order.</summary>
    public IReadOnlyList<KeyValuePair<XName, string>> Attributes => throw new NotImplementedException();

    /// <summary>Child elements and strings (text), in document order.</summary>
    public IReadOnlyList<object> Content => throw new NotImplementedException();

    /// <summary>The child elements, in document order.</summary>
    public IEnumerable<Element> Elements => throw new NotImplementedException();

    /// <summary>The first child with this name, or null.</summary>
    public Element? Child(XName name) => throw new NotImplementedException();

    /// <summary>The children with this name.</summary>
    public IEnumerable<Element> Children(XName name) => throw new NotImplementedException();

    /// <summary>The text directly inside, joined; empty when there is none.</summary>
    public string Text => throw new NotImplementedException();

    /// <summary>A copy with more content at the end (or attributes replaced).</summary>
    public Element With(params ReadOnlySpan<object?> content) => throw new NotImplementedException();

    /// <summary>Writes the element as it must stand where <paramref name="defaultNs"/> is the default namespace.</summary>
    public void WriteTo(IBufferWriter<byte> output, string defaultNs = "jabber:client") => throw new NotImplementedException();

    /// <summary>Parses one whole element; the default namespace around it is <paramref name="defaultNs"/>. Throws <see cref="XmlStreamException"/>.</summary>
    public static Element Parse(ReadOnlySpan<byte> utf8, string defaultNs = "jabber:client") => throw new NotImplementedException();
    public static Element Parse(string xml, string defaultNs = "jabber:client") => throw new NotImplementedException();

    /// <summary>The element as XML text, self-contained.</summary>
    public override string ToString() => throw new NotImplementedException();
}
