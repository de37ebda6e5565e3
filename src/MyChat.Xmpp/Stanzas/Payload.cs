using System.Buffers;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Stanzas;

/// <summary>
/// The content of a stanza: UTF-8 that is well-formed where jabber:client is the default namespace and needs no other declaration around it,
/// and the same as elements once somebody asks. Immutable, and safe to share between threads.
/// </summary>
public sealed class Payload
{
    // Threads that ask at the same time may both parse; whichever result is kept is the same.
    private Element[]? _elements;

    public static Payload Empty { get; } = new(default(ReadOnlyMemory<byte>), default);

    /// <summary>Checked bytes, as they came; <paramref name="first"/> is the name of the first child element (default when none).</summary>
    internal Payload(ReadOnlyMemory<byte> utf8, XName first)
    {
        Utf8 = utf8;
        First = first;
    }

    public Payload(params IEnumerable<Element> elements)
    {
        _elements = [.. elements];
        var output = new ArrayBufferWriter<byte>();
        XmlOutput.WriteContent(output, _elements, Ns.Client);
        Utf8 = output.WrittenMemory;
        First = _elements.Length == 0 ? default : _elements[0].Name;
    }

    /// <summary>The content as XML.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The name of the first child element; default when there is none. Costs nothing.</summary>
    public XName First { get; }

    /// <summary>The child elements, made when they are first asked for.</summary>
    public IReadOnlyList<Element> Elements => Volatile.Read(ref _elements) ?? Parse();

    /// <summary>The first child element with this name, or null.</summary>
    public Element? Child(XName name)
    {
        foreach (var element in Elements)
        {
            if (element.Name == name)
            {
                return element;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the content may hold this text, in ASCII without &amp; &lt; &gt; and quotes: a cheap first look before the elements are asked
    /// for. A "no" is certain; where a character reference could hide the text, the answer is "maybe", which is true.
    /// </summary>
    public bool Mentions(ReadOnlySpan<byte> text) => Utf8.Span.IndexOf(text) >= 0 || Utf8.Span.IndexOf("&#"u8) >= 0;

    /// <summary>A copy with an element more at the end.</summary>
    public Payload With(Element element)
    {
        var output = new ArrayBufferWriter<byte>(Utf8.Length + 256);
        output.Write(Utf8.Span);
        element.WriteTo(output);
        return new Payload(output.WrittenMemory, First == default ? element.Name : First);
    }

    /// <summary>A copy without the children that <paramref name="drop"/> names, or this one when there are none.</summary>
    public Payload Without(Func<Element, bool> drop)
    {
        var kept = Elements.Where(element => !drop(element)).ToArray();
        return kept.Length == Elements.Count ? this : new Payload(kept);
    }

    private Element[] Parse()
    {
        Element[] elements = [.. ElementReader.ReadContent(Utf8.Span, Ns.Client).OfType<Element>()];
        return Interlocked.CompareExchange(ref _elements, elements, null) ?? elements;
    }
}
