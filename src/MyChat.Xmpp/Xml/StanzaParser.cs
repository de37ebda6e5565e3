using System.Buffers;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Xmpp.Xml;

/// <summary>
/// Checks one piece of a stream in full (well-formedness, UTF-8, XML characters, namespaces, unique attributes) and makes a stanza of it, its
/// content left as bytes, or an element. One parser belongs to one stream; it is not safe for use by several threads at once.
/// </summary>
/// <param name="maxDepth">The most elements that may be open at once, the root counted; at most 256.</param>
/// <param name="maxBindings">The most namespace declarations in scope; at most 128.</param>
/// <param name="maxNamespaceChars">The most characters of namespace names that a stanza may cost when it is written without prefixes.</param>
public sealed class StanzaParser(int maxDepth = 64, int maxBindings = 128, int maxNamespaceChars = 1 << 20)
{
    private XmlBinding[] _scope = [];
    private byte[] _rootName = [];
    private RecentJids _recent;

    /// <summary>Reads the root's start tag: the names and attributes of the stream header. Keeps its namespace declarations as the scope of what follows.</summary>
    public StreamHeader ReadHeader(ReadOnlySpan<byte> startTag)
    {
        var scratch = XmlScratch.Rent();
        try
        {
            var scanner = new XmlScanner(startTag, scratch, [], maxDepth) { MaxBindings = maxBindings };
            if (scanner.Next() != XmlToken.StartTag || scanner.TokenEnd != startTag.Length)
            {
                throw XmlFaults.NotWellFormed("Not one start tag.");
            }

            _rootName = scanner.QName.ToArray();
            _scope = new XmlBinding[scanner.BindingCount];
            var defaultNs = "";
            for (var i = 0; i < _scope.Length; i++)
            {
                var prefix = scanner.Prefix(scanner.Scope[i]).ToArray();
                _scope[i] = new XmlBinding { Prefix = prefix, Ns = scanner.Scope[i].Ns };
                defaultNs = prefix.Length == 0 ? _scope[i].Ns : defaultNs;
            }

            return new StreamHeader(
                scanner.Name, defaultNs, Find(scanner, "to"u8), Find(scanner, "from"u8), Find(scanner, "id"u8), Find(scanner, "version"u8),
                Find(scanner, "lang"u8, Ns.Xml));
        }
        finally
        {
            XmlScratch.Return(scratch);
        }
    }

    /// <summary>Starts without a header: every piece stands alone (WebSocket framing, RFC 7395 §3.3).</summary>
    public void StandAlone()
    {
        _scope = [];
        _rootName = [];
    }

    /// <summary>Checks that the root's end tag matches the header (an empty one ends a root that closed itself).</summary>
    public void ReadClose(ReadOnlySpan<byte> endTag)
    {
        if (endTag.IsEmpty)
        {
            return;
        }

        if (!endTag.StartsWith("</"u8) || !endTag.EndsWith(">"u8) || !endTag[2..^1].TrimEnd(" \t\r\n"u8).SequenceEqual(_rootName))
        {
            throw XmlFaults.NotWellFormed("An end tag that does not match the stream header.");
        }
    }

    /// <summary>
    /// Reads one child of the root. A message, presence or iq in jabber:client becomes a <see cref="Stanza"/> (whose payload is a copy that
    /// no later read touches); anything else an <see cref="Element"/>. What is wrong with one stanza only is its
    /// <see cref="Stanza.Defect"/>, to be looked at before anything else; what breaks the stream throws <see cref="XmlStreamException"/>.
    /// White space around the element is ignored.
    /// </summary>
    public object Read(ReadOnlySpan<byte> piece)
    {
        var scratch = XmlScratch.Rent();
        try
        {
            var scanner = new XmlScanner(piece, scratch, _scope, maxDepth - 1)
            {
                MaxBindings = maxBindings,
                MaxNamespaceChars = maxNamespaceChars,
            };
            scanner.Next();
            var kind = StanzaReader.KindOf(scanner);
            if (kind != StanzaKind.None)
            {
                return StanzaReader.Read(ref scanner, kind, ref _recent, _scope);
            }

            var element = ElementReader.Read(ref scanner);
            scanner.Next();
            return element;
        }
        finally
        {
            XmlScratch.Return(scratch);
        }
    }

    private static string? Find(in XmlScanner scanner, ReadOnlySpan<byte> local, string ns = "")
    {
        for (var i = 0; i < scanner.AttributeCount; i++)
        {
            ref readonly var attribute = ref scanner.Attribute(i);
            if (attribute.Ns == ns && scanner.Local(attribute).SequenceEqual(local))
            {
                return scanner.Value(attribute);
            }
        }

        return null;
    }
}

/// <summary>A stream header as it was sent (RFC 6120 §4.7); addresses are not yet parsed.</summary>
public sealed record StreamHeader(XName Name, string DefaultNs, string? To, string? From, string? Id, string? Version, string? Lang);

/// <summary>The addresses a stream used last: most stanzas name one of a few, and then nothing has to be made.</summary>
internal struct RecentJids
{
    private const int Count = 4;
    private Jid?[]? _jids;
    private int _next;

    /// <summary>The JID of an attribute's value; null when it is none.</summary>
    public Jid? Get(in XmlScanner scanner, in XmlAttribute attribute)
    {
        var raw = scanner.RawValue(attribute);
        _jids ??= new Jid?[Count];
        foreach (var known in _jids)
        {
            if (known is not null && known.AttributeUtf8.Span.SequenceEqual(raw))
            {
                return known;
            }
        }

        if (!Jid.TryParse(scanner.Value(attribute), out var jid))
        {
            return null;
        }

        _jids[_next] = jid;
        _next = (_next + 1) % Count;
        return jid;
    }
}
