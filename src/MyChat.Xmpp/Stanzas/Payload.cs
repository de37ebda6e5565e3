using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Stanzas;

/// <summary>
/// The content of a stanza: UTF-8 that is well-formed where jabber:client is the default namespace and needs no other declaration around it,
/// and the same as elements once somebody asks.
/// </summary>
public sealed class Payload
{
    public static Payload Empty { get; } = new(default(ReadOnlyMemory<byte>), default);

    /// <summary>Checked bytes, as they came; <paramref name="first"/> is the name of the first child element (default when none).</summary>
    internal Payload(ReadOnlyMemory<byte> utf8, XName first) => throw new NotImplementedException();

    public Payload(params IEnumerable<Element> elements) => throw new NotImplementedException();

    public ReadOnlyMemory<byte> Utf8 => throw new NotImplementedException();

    /// <summary>The name of the first child element; default when there is none. Costs nothing.</summary>
    public XName First => throw new NotImplementedException();

    public IReadOnlyList<Element> Elements => throw new NotImplementedException();

    public Element? Child(XName name) => throw new NotImplementedException();

    /// <summary>Whether the bytes contain this text: a cheap first look before the elements are asked for.</summary>
    public bool Mentions(ReadOnlySpan<byte> text) => throw new NotImplementedException();

    /// <summary>A copy with an element more at the end.</summary>
    public Payload With(Element element) => throw new NotImplementedException();

    /// <summary>A copy without the children that <paramref name="drop"/> names, or this one when there are none.</summary>
    public Payload Without(Func<Element, bool> drop) => throw new NotImplementedException();
}
