using System.Buffers;
using System.Text;

namespace MyChat.Xmpp.Xml;

internal enum XmlToken { StartTag, EndTag, Text, End }

/// <summary>
/// Walks over a complete piece once, token by token, and checks all that makes it well-formed and namespace-well-formed. Strings are made
/// only on request. An element that closes itself yields a start tag and an end tag.
/// </summary>
internal ref struct XmlScanner
{
    private static readonly SearchValues<byte> TextStops = SearchValues.Create("<&]\r"u8);

    private readonly ReadOnlySpan<byte> _xml;
    private readonly XmlScratch _scratch;
    private readonly int _maxDepth;
    private readonly bool _fragment;
    private int _at;
    private int _bindings;
    private int _nameStart;
    private int _prefixLength;
    private int _localStart;
    private int _localLength;
    private int _namespaceChars;
    private bool _closePending;
    private bool _rootSeen;

    /// <param name="fragment">Whether text and any number of elements may stand at the top.</param>
    public XmlScanner(ReadOnlySpan<byte> xml, XmlScratch scratch, ReadOnlySpan<XmlBinding> scope, int maxDepth, bool fragment = false)
    {
        XmlChars.Check(xml);
        _xml = xml;
        _scratch = scratch;
        _maxDepth = Math.Min(maxDepth, XmlScratch.MaxDepth);
        _fragment = fragment;
        NsName = "";
        Restart(scope);
    }

    /// <summary>Goes back to the start; the characters are known to be good.</summary>
    public void Restart(ReadOnlySpan<XmlBinding> scope)
    {
        scope.CopyTo(_scratch.Bindings);
        _bindings = scope.Length;
        _at = 0;
        _rootSeen = false;
        _namespaceChars = 0;
    }

    /// <summary>The most namespace declarations that may be in scope.</summary>
    public int MaxBindings { get; init; } = XmlScratch.MaxBindings;

    /// <summary>
    /// The most characters of namespace names that writing the piece anew may cost. A prefix of one letter can stand for a name as long as the
    /// piece, and elements are written without prefixes: without this bound 256 KB become gigabytes.
    /// </summary>
    public int MaxNamespaceChars { get; init; } = 1 << 20;

    /// <summary>How many elements are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the current token starts.</summary>
    public int TokenStart { get; private set; }

    /// <summary>Where the current token ends.</summary>
    public readonly int TokenEnd => _at;

    /// <summary>The namespace of the current start tag.</summary>
    public string NsName { get; private set; }

    /// <summary>The local name of the current start tag, as UTF-8.</summary>
    public readonly ReadOnlySpan<byte> LocalName => _xml.Slice(_localStart, _localLength);

    /// <summary>The bytes of the piece.</summary>
    public readonly int Length => _xml.Length;

    /// <summary>A copy of some bytes of the piece.</summary>
    public readonly byte[] Copy(int start, int end) => _xml[start..end].ToArray();

    public readonly XName Name => new(NsName, _scratch.Strings.Get(LocalName));

    public int AttributeCount { get; private set; }

    /// <summary>How many declarations are in scope.</summary>
    public readonly int BindingCount => _bindings;

    /// <summary>Declarations before this one do not belong to the payload (see <see cref="Leans"/>).</summary>
    public int OuterBindings { get; set; }

    /// <summary>Whether a name used one of the <see cref="OuterBindings"/> that does not hold where jabber:client is the default.</summary>
    public bool Leans { get; private set; }

    private bool TextIsCData { get; set; }
    private bool TextNeedsDecoding { get; set; }

    public readonly ref readonly XmlAttribute Attribute(int index) => ref _scratch.Attributes[index];

    public readonly ReadOnlySpan<byte> Local(in XmlAttribute attribute) => _xml.Slice(attribute.LocalStart, attribute.LocalLength);

    public readonly ReadOnlySpan<byte> RawValue(in XmlAttribute attribute) => _xml.Slice(attribute.ValueStart, attribute.ValueLength);

    public readonly XName NameOf(in XmlAttribute attribute) => new(attribute.Ns, _scratch.Strings.Get(Local(attribute)));

    public readonly string Value(in XmlAttribute attribute, bool common = false)
    {
        var raw = RawValue(attribute);
        return attribute.NeedsDecoding ? XmlDecoder.AttributeValue(raw)
            : common ? _scratch.Strings.Get(raw)
            : Encoding.UTF8.GetString(raw);
    }

    /// <summary>The current text, references resolved and line ends normalized (XML 1.0 §2.11).</summary>
    public readonly string Text()
    {
        var raw = _xml[TokenStart.._at];
        raw = TextIsCData ? raw["<![CDATA[".Length..^"]]>".Length] : raw;
        return TextNeedsDecoding ? XmlDecoder.Text(raw, TextIsCData) : Encoding.UTF8.GetString(raw);
    }

    public readonly ReadOnlySpan<XmlBinding> Scope => _scratch.Bindings.AsSpan(0, _bindings);

    public readonly ReadOnlySpan<byte> Prefix(in XmlBinding binding) => binding.Prefix ?? _xml.Slice(binding.Start, binding.Length);

    /// <summary>The name of the current start tag as written.</summary>
    public readonly ReadOnlySpan<byte> QName => _xml[_nameStart..(_localStart + _localLength)];

    public XmlToken Next()
    {
        TokenStart = _at;
        if (_closePending)
        {
            _closePending = false;
            Close();
            return XmlToken.EndTag;
        }

        if (_at == _xml.Length)
        {
            return Depth == 0 && (_rootSeen || _fragment) ? XmlToken.End : throw XmlFaults.NotWellFormed("The piece ends too early.");
        }

        if (_xml[_at] != '<')
        {
            return ReadText();
        }

        var rest = _xml[_at..];
        if (rest.StartsWith("</"u8))
        {
            ReadEndTag();
            return XmlToken.EndTag;
        }

        if (rest.StartsWith("<![CDATA["u8))
        {
            return ReadCData(rest);
        }

        if (rest.StartsWith("<!--"u8) || rest.StartsWith("<!D"u8) || rest.StartsWith("<?"u8))
        {
            throw XmlFaults.Restricted("A comment, document type or processing instruction."); // RFC 6120 §11.1
        }

        ReadStartTag();
        return XmlToken.StartTag;
    }

    private XmlToken ReadText()
    {
        var start = _at;
        TextIsCData = false;
        TextNeedsDecoding = false;
        while (_at < _xml.Length && _xml[_at] != '<')
        {
            var length = _xml[_at..].IndexOfAny(TextStops);
            _at = length < 0 ? _xml.Length : _at + length;
            if (_at == _xml.Length || _xml[_at] == '<')
            {
                break;
            }

            TextNeedsDecoding |= _xml[_at] != ']';
            if (_xml[_at] == '&')
            {
                _at += XmlDecoder.ReferenceLength(_xml[_at..]);
                continue;
            }

            if (_xml[_at..].StartsWith("]]>"u8)) // XML 1.0 §2.4
            {
                throw XmlFaults.NotWellFormed("']]>' in text.");
            }

            _at++;
        }

        if (Depth == 0 && !_fragment)
        {
            if (_xml[start.._at].IndexOfAnyExcept(" \t\r\n"u8) >= 0)
            {
                throw XmlFaults.NotWellFormed("Text outside of the element.");
            }

            return Next();
        }

        return XmlToken.Text;
    }

    private XmlToken ReadCData(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf("]]>"u8);
        if (end < 0 || (Depth == 0 && !_fragment))
        {
            throw XmlFaults.NotWellFormed("CDATA without end, or outside of the element.");
        }

        _at += end + 3;
        TextIsCData = true;
        TextNeedsDecoding = rest[..end].Contains((byte)'\r');
        return XmlToken.Text;
    }

    private void ReadEndTag()
    {
        if (Depth == 0)
        {
            throw XmlFaults.NotWellFormed("An end tag without a start tag.");
        }

        ref var open = ref _scratch.Open[Depth - 1];
        var rest = _xml[(_at + 2)..];
        var name = _xml.Slice(open.NameStart, open.NameLength);
        if (!rest.StartsWith(name))
        {
            throw XmlFaults.NotWellFormed("An end tag that does not match its start tag.");
        }

        var after = SkipSpace(_at + 2 + name.Length);
        Expect(after, (byte)'>');
        _at = after + 1;
        Close();
    }

    private void Close()
    {
        Depth--;
        _bindings = _scratch.Open[Depth].Bindings;
    }

    private void ReadStartTag()
    {
        if ((Depth == 0 && _rootSeen && !_fragment) || Depth >= _maxDepth)
        {
            throw Depth == 0 ? XmlFaults.NotWellFormed("A second element.") : XmlFaults.Policy($"More than {_maxDepth} elements open.");
        }

        _rootSeen = true;
        AttributeCount = 0;
        _nameStart = _at + 1;
        _at = ReadQName(_nameStart, out _prefixLength, out _localStart, out _localLength);
        _scratch.Open[Depth++] = new XmlOpen { NameStart = _nameStart, NameLength = _at - _nameStart, Bindings = _bindings };
        while (ReadAttribute())
        {
        }

        if (_at < _xml.Length && _xml[_at] == '/')
        {
            _closePending = true;
            _at++;
        }

        Expect(_at, (byte)'>');
        _at++;
        Resolve();
    }

    /// <summary>Reads a name with an optional prefix; its end.</summary>
    private readonly int ReadQName(int start, out int prefixLength, out int localStart, out int localLength)
    {
        prefixLength = 0;
        localStart = start;
        localLength = XmlChars.NameLength(_xml[start..]);
        if (localLength > 0 && start + localLength < _xml.Length && _xml[start + localLength] == ':')
        {
            prefixLength = localLength;
            localStart = start + prefixLength + 1;
            localLength = XmlChars.NameLength(_xml[localStart..]);
        }

        return localLength > 0 ? localStart + localLength : throw XmlFaults.NotWellFormed("A name that is none.");
    }

    private bool ReadAttribute()
    {
        var start = SkipSpace(_at);
        if (start < _xml.Length && _xml[start] is (byte)'>' or (byte)'/')
        {
            _at = start;
            return false;
        }

        if (start == _at)
        {
            throw XmlFaults.NotWellFormed("No white space before an attribute.");
        }

        if (AttributeCount == XmlScratch.MaxAttributes)
        {
            throw XmlFaults.Policy($"More than {XmlScratch.MaxAttributes} attributes.");
        }

        ref var attribute = ref _scratch.Attributes[AttributeCount++];
        attribute.NameStart = start;
        _at = SkipSpace(ReadQName(start, out attribute.PrefixLength, out attribute.LocalStart, out attribute.LocalLength));
        Expect(_at, (byte)'=');
        _at = SkipSpace(_at + 1);
        ReadValue(ref attribute);
        return true;
    }

    private void ReadValue(ref XmlAttribute attribute)
    {
        if (_at >= _xml.Length || (_xml[_at] is not ((byte)'\'' or (byte)'"')))
        {
            throw XmlFaults.NotWellFormed("An attribute without a quoted value.");
        }

        var quote = _xml[_at++];
        attribute.ValueStart = _at;
        attribute.NeedsDecoding = false;
        while (true)
        {
            var length = _xml[_at..].IndexOfAny(quote, (byte)'<', (byte)'&');
            if (length < 0 || _xml[_at + length] == '<')
            {
                throw XmlFaults.NotWellFormed("An attribute's value that does not end, or with '<' in it.");
            }

            _at += length;
            if (_xml[_at] == quote)
            {
                break;
            }

            attribute.NeedsDecoding = true;
            _at += XmlDecoder.ReferenceLength(_xml[_at..]);
        }

        attribute.ValueLength = _at++ - attribute.ValueStart;
        attribute.NeedsDecoding |= RawValue(attribute).IndexOfAny("\t\r\n"u8) >= 0;
    }

    /// <summary>Applies the declarations of the start tag, then finds the namespaces of its names (Namespaces in XML §6).</summary>
    private void Resolve()
    {
        for (var i = 0; i < AttributeCount; i++)
        {
            ref var attribute = ref _scratch.Attributes[i];
            var isDefault = attribute.PrefixLength == 0 && Local(attribute).SequenceEqual("xmlns"u8);
            attribute.IsDeclaration = isDefault || PrefixOf(attribute).SequenceEqual("xmlns"u8);
            attribute.Ns = attribute.IsDeclaration ? Ns.Xmlns : "";
            if (attribute.IsDeclaration)
            {
                Declare(attribute, isDefault);
            }
        }

        NsName = Lookup(_xml.Slice(_nameStart, _prefixLength), attribute: false);
        _scratch.Open[Depth - 1].Ns = NsName;
        if (Depth == 1 || NsName != _scratch.Open[Depth - 2].Ns)
        {
            CountNamespace(NsName);
        }

        for (var i = 0; i < AttributeCount; i++)
        {
            ref var attribute = ref _scratch.Attributes[i];
            if (!attribute.IsDeclaration && attribute.PrefixLength > 0)
            {
                attribute.Ns = Lookup(PrefixOf(attribute), attribute: true);
                CountNamespace(attribute.Ns);
            }

            CheckUnique(i);
        }
    }

    private void CountNamespace(string ns)
    {
        _namespaceChars += ns.Length;
        if (_namespaceChars > MaxNamespaceChars)
        {
            throw XmlFaults.Policy("Long namespace names are used too often.");
        }
    }

    private readonly ReadOnlySpan<byte> PrefixOf(in XmlAttribute attribute) => _xml.Slice(attribute.NameStart, attribute.PrefixLength);

    private void Declare(in XmlAttribute attribute, bool isDefault)
    {
        var ns = Value(attribute, common: true);
        var prefix = isDefault ? default : Local(attribute);
        var isXml = prefix.SequenceEqual("xml"u8);
        // Namespaces in XML §3: xml means one thing only and nothing else means it; xmlns is not to be declared, no prefix undeclared.
        if (isXml != (ns == Ns.Xml) || ns == Ns.Xmlns || prefix.SequenceEqual("xmlns"u8) || (!isDefault && ns.Length == 0))
        {
            throw XmlFaults.NotWellFormed("A namespace declaration that is not allowed.");
        }

        if (_bindings >= MaxBindings)
        {
            throw XmlFaults.Policy($"More than {MaxBindings} namespace declarations in scope.");
        }

        _scratch.Bindings[_bindings++] = new XmlBinding { Start = attribute.LocalStart, Length = prefix.Length, Ns = ns };
    }

    private string Lookup(ReadOnlySpan<byte> prefix, bool attribute)
    {
        if (prefix.SequenceEqual("xml"u8))
        {
            return Ns.Xml;
        }

        for (var i = _bindings - 1; i >= 0; i--)
        {
            ref readonly var binding = ref _scratch.Bindings[i];
            if (Prefix(binding).SequenceEqual(prefix))
            {
                Leans |= i < OuterBindings && (prefix.Length > 0 || binding.Ns != Ns.Client);
                return binding.Ns;
            }
        }

        if (prefix.Length > 0 || attribute)
        {
            throw XmlFaults.Prefix("A prefix that is not declared.");
        }

        // No default namespace anywhere: not what these bytes would mean inside jabber:client.
        Leans |= OuterBindings > 0;
        return "";
    }

    private readonly void CheckUnique(int index)
    {
        ref readonly var attribute = ref _scratch.Attributes[index];
        var local = Local(attribute);
        for (var i = 0; i < index; i++)
        {
            ref readonly var other = ref _scratch.Attributes[i];
            if (local.SequenceEqual(Local(other)) && attribute.Ns == other.Ns)
            {
                throw XmlFaults.NotWellFormed("The same attribute twice.");
            }
        }
    }

    private readonly int SkipSpace(int at)
    {
        while (at < _xml.Length && XmlChars.IsSpace(_xml[at]))
        {
            at++;
        }

        return at;
    }

    private readonly void Expect(int at, byte wanted)
    {
        if (at >= _xml.Length || _xml[at] != wanted)
        {
            throw XmlFaults.NotWellFormed($"'{(char)wanted}' is missing.");
        }
    }
}
