using System.Buffers;

namespace MyChat.Xmpp.Xml;

/// <summary>What <see cref="XmlFramer.Read"/> found.</summary>
public enum FrameKind
{
    /// <summary>Nothing whole yet: read more bytes.</summary>
    Incomplete,
    /// <summary>The start tag of the root element (after an optional XML declaration).</summary>
    StreamOpen,
    /// <summary>One whole child of the root.</summary>
    Element,
    /// <summary>The end tag of the root.</summary>
    StreamClose,
}

/// <summary>
/// Finds where the pieces of an XML stream end, in bytes that arrive in any portions, scanning each byte once. It looks at tags, quotes and
/// CDATA only; <see cref="StanzaParser"/> then checks the piece in full. Throws <see cref="XmlStreamException"/> for what can never become
/// legal (DTD, comment, processing instruction, text between stanzas, too deep, too long).
/// </summary>
public sealed class XmlFramer(int maxBytes, int maxDepth = 64)
{
    /// <summary>The most bytes one piece may have; may be changed between pieces (log-in raises it).</summary>
    public int MaxBytes { get; set; } = maxBytes;

    /// <summary>
    /// Takes the next piece from <paramref name="buffer"/>, which starts where the last piece ended. On <see cref="FrameKind.Incomplete"/>
    /// call again with the same bytes and more: <paramref name="consumed"/> then is how much may be forgotten (white space between stanzas).
    /// Otherwise <paramref name="frame"/> is the piece and <paramref name="consumed"/> its end.
    /// </summary>
    public FrameKind Read(ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame, out SequencePosition consumed)
        => throw new NotImplementedException();

    /// <summary>Forgets everything: a new stream follows (after STARTTLS or SASL).</summary>
    public void Reset() => throw new NotImplementedException();
}
