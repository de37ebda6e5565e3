using MyChat.Xmpp.Stanzas;

namespace MyChat.Xmpp.Xml;

/// <summary>
/// Checks one piece of a stream in full (well-formedness, UTF-8, XML characters, namespaces, unique attributes) and makes a stanza of it, its
/// content left as bytes, or an element.
/// </summary>
public sealed class StanzaParser
{
    /// <summary>Reads the root's start tag: the names and attributes of the stream header. Keeps its namespace declarations as the scope of what follows.</summary>
    public StreamHeader ReadHeader(ReadOnlySpan<byte> startTag) => throw new NotImplementedException();

    /// <summary>Starts without a header: every piece stands alone (WebSocket framing, RFC 7395 §3.3).</summary>
    public void StandAlone() => throw new NotImplementedException();

    /// <summary>
    /// Reads one child of the root. A message, presence or iq in jabber:client becomes a <see cref="Stanza"/> (whose payload is a copy that
    /// no later read touches); anything else an <see cref="Element"/>.
    /// </summary>
    public object Read(ReadOnlySpan<byte> piece) => throw new NotImplementedException();
}

/// <summary>A stream header as it was sent (RFC 6120 §4.7); addresses are not yet parsed.</summary>
public sealed record StreamHeader(XName Name, string DefaultNs, string? To, string? From, string? Id, string? Version, string? Lang);
