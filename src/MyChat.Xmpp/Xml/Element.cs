using System.Buffers;
using System.Collections;
using System.Text;

namespace MyChat.Xmpp.Xml;

/// <summary>
/// A small immutable XML element: what modules read and make. Content is given as in LINQ to XML: child elements, strings (text),
/// <c>("name", value)</c> attributes, sequences of those; null is left out, and so is an attribute whose value is null. A tuple with an
/// <see cref="XName"/> makes an attribute in a namespace. Names and text that XML cannot hold throw <see cref="ArgumentException"/>.
/// </summary>
public sealed class Element
{
    private readonly KeyValuePair<XName, string>[] _attributes;
    private readonly object[] _content;

    public Element(XName name, params ReadOnlySpan<object?> content)
    {
        var builder = new ElementBuilder(name);
        builder.Add(content);
        (Name, _attributes, _content) = (name, builder.Attributes(), builder.Content());
    }

    /// <summary>Takes what is known to be right.</summary>
    internal Element(XName name, KeyValuePair<XName, string>[] attributes, object[] content) =>
        (Name, _attributes, _content) = (name, attributes, content);

    public XName Name { get; }

    /// <summary>The value of an attribute without namespace, or null.</summary>
    public string? this[string attribute] => Attribute(new XName("", attribute));

    /// <summary>The value of an attribute in a namespace (<c>xml:lang</c> is <c>XNames.XmlLang</c>), or null.</summary>
    public string? Attribute(XName name)
    {
        foreach (var attribute in _attributes)
        {
            if (attribute.Key == name)
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>All attributes but namespace declarations, in document order.</summary>
    public IReadOnlyList<KeyValuePair<XName, string>> Attributes => _attributes;

    /// <summary>Child elements and strings (text), in document order.</summary>
    public IReadOnlyList<object> Content => _content;

    /// <summary>The child elements, in document order.</summary>
    public IEnumerable<Element> Elements => _content.OfType<Element>();

    /// <summary>The first child with this name, or null.</summary>
    public Element? Child(XName name)
    {
        foreach (var node in _content)
        {
            if (node is Element element && element.Name == name)
            {
                return element;
            }
        }

        return null;
    }

    /// <summary>The children with this name.</summary>
    public IEnumerable<Element> Children(XName name) => Elements.Where(element => element.Name == name);

    /// <summary>The text directly inside, joined; empty when there is none.</summary>
    public string Text => _content switch
    {
        [] => "",
        [string only] => only,
        _ => string.Concat(_content.OfType<string>()),
    };

    /// <summary>A copy with more content at the end (or attributes replaced).</summary>
    public Element With(params ReadOnlySpan<object?> content)
    {
        var builder = new ElementBuilder(Name, _attributes, _content);
        builder.Add(content);
        return new Element(Name, builder.Attributes(), builder.Content());
    }

    /// <summary>Writes the element as it must stand where <paramref name="defaultNs"/> is the default namespace.</summary>
    public void WriteTo(IBufferWriter<byte> output, string defaultNs = Ns.Client) => XmlOutput.Write(output, this, defaultNs);

    /// <summary>
    /// Parses one whole element; the default namespace around it is <paramref name="defaultNs"/>. Throws <see cref="XmlStreamException"/>.
    /// </summary>
    public static Element Parse(ReadOnlySpan<byte> utf8, string defaultNs = Ns.Client) => ElementReader.ReadOne(utf8, defaultNs);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, string)"/>
    public static Element Parse(string xml, string defaultNs = Ns.Client)
    {
        return XmlChars.IsValid(xml)
            ? Parse(Encoding.UTF8.GetBytes(xml), defaultNs)
            : throw XmlFaults.NotWellFormed("A character that XML does not allow.");
    }

    /// <summary>The element as XML text, self-contained.</summary>
    public override string ToString()
    {
        var output = new ArrayBufferWriter<byte>();
        WriteTo(output, defaultNs: "");
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

/// <summary>Collects and checks what code puts into an element.</summary>
internal sealed class ElementBuilder
{
    private readonly List<KeyValuePair<XName, string>> _attributes;
    private readonly List<object> _content;

    public ElementBuilder(XName name, ReadOnlySpan<KeyValuePair<XName, string>> attributes = default, ReadOnlySpan<object> content = default)
    {
        CheckName(name);
        _attributes = [.. attributes];
        _content = [.. content];
    }

    public KeyValuePair<XName, string>[] Attributes() => [.. _attributes];

    public object[] Content() => [.. _content];

    public void Add(ReadOnlySpan<object?> content)
    {
        foreach (var node in content)
        {
            Add(node);
        }
    }

    private void Add(object? node)
    {
        switch (node)
        {
            case null:
                break;
            case Element element:
                _content.Add(element);
                break;
            case string text:
                AddText(text);
                break;
            case ValueTuple<string, string?> attribute:
                Set(new XName("", attribute.Item1), attribute.Item2);
                break;
            case ValueTuple<XName, string?> attribute:
                Set(attribute.Item1, attribute.Item2);
                break;
            case KeyValuePair<XName, string> attribute:
                Set(attribute.Key, attribute.Value);
                break;
            case IEnumerable sequence:
                foreach (var inner in sequence)
                {
                    Add(inner);
                }

                break;
            default:
                throw new ArgumentException($"A {node.GetType()} cannot be put into an element.", nameof(node));
        }
    }

    private void AddText(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        CheckText(text);
        if (_content is [.., string last])
        {
            _content[^1] = last + text; // adjacent texts are one, as when they are read
        }
        else
        {
            _content.Add(text);
        }
    }

    private void Set(XName name, string? value)
    {
        if (value is null)
        {
            return;
        }

        CheckName(name);
        CheckText(value);
        if (name.Ns.Length == 0 && name.Local == "xmlns")
        {
            throw new ArgumentException("A namespace is part of the element's name.", nameof(name));
        }

        for (var at = 0; at < _attributes.Count; at++)
        {
            if (_attributes[at].Key == name)
            {
                _attributes[at] = new(name, value);
                return;
            }
        }

        _attributes.Add(new(name, value));
    }

    private static void CheckName(XName name)
    {
        if (name.Local is null || name.Ns is null || name.Ns == Ns.Xmlns || !XmlChars.IsName(name.Local))
        {
            throw new ArgumentException($"{name} is no name for an element or attribute.", nameof(name));
        }

        CheckText(name.Ns);
    }

    private static void CheckText(string text)
    {
        if (!XmlChars.IsValid(text))
        {
            throw new ArgumentException("The text holds a character that XML does not allow.", nameof(text));
        }
    }
}
