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
/// legal (DTD, comment, processing instruction, text between stanzas, too deep, too long); after that only <see cref="Reset"/> makes sense.
/// </summary>
/// <param name="maxBytes">The initial <see cref="MaxBytes"/>.</param>
/// <param name="maxDepth">The most elements that may be open at once, the root counted.</param>
public sealed class XmlFramer(int maxBytes, int maxDepth = 64)
{
    private enum State : byte { Prolog, Content, TagOpen, Bang, CData, StartTag, Quote, EndTag, SelfClosedRoot, Closed }

    private static readonly SearchValues<byte> TagStops = SearchValues.Create("<>'\""u8);
    private State _state;
    private FrameKind _found;
    private byte _quote;
    private byte _previous;
    private int _match;
    private int _depth;
    private bool _pieceEnded;
    private long _scanned;

    /// <summary>The most bytes one piece may have; may be changed between pieces (log-in raises it).</summary>
    public int MaxBytes { get; set; } = maxBytes;

    /// <summary>
    /// Takes the next piece from <paramref name="buffer"/>, which starts where the last piece ended. On <see cref="FrameKind.Incomplete"/>
    /// call again with the bytes from <paramref name="consumed"/> on (what stood before is white space or the XML declaration) and more.
    /// Otherwise <paramref name="frame"/> is the piece and <paramref name="consumed"/> its end. A root that closes itself is a
    /// <see cref="FrameKind.StreamOpen"/>, and the next call yields a <see cref="FrameKind.StreamClose"/> with an empty frame.
    /// </summary>
    public FrameKind Read(ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame, out SequencePosition consumed)
    {
        frame = default;
        consumed = buffer.Start;
        if (_state == State.SelfClosedRoot)
        {
            _state = State.Closed;
            return FrameKind.StreamClose;
        }

        if (_scanned == 0 && !FindPiece(ref buffer))
        {
            consumed = buffer.Start;
            return FrameKind.Incomplete;
        }

        consumed = buffer.Start;
        var end = ScanSegments(buffer);
        if (end < 0)
        {
            return FrameKind.Incomplete;
        }

        frame = buffer.Slice(0, end);
        consumed = frame.End;
        _scanned = 0;
        return _found;
    }

    /// <summary>Forgets everything: a new stream follows (after STARTTLS or SASL).</summary>
    public void Reset()
    {
        _state = State.Prolog;
        _depth = 0;
        _scanned = 0;
    }

    /// <summary>Drops what may stand before a piece; false when nothing else is there yet.</summary>
    private bool FindPiece(ref ReadOnlySequence<byte> buffer)
    {
        if (_state == State.Prolog)
        {
            if (!XmlProlog.TrySkip(ref buffer))
            {
                return false;
            }

            _state = State.Content;
        }

        long skip = 0;
        foreach (var segment in buffer)
        {
            var at = segment.Span.IndexOfAnyExcept(" \t\r\n"u8);
            if (at >= 0)
            {
                CheckStart(segment.Span[at]);
                buffer = buffer.Slice(skip + at);
                return true;
            }

            skip += segment.Length;
        }

        buffer = buffer.Slice(buffer.End);
        return false;
    }

    private void CheckStart(byte first)
    {
        if (_state == State.Closed)
        {
            throw XmlFaults.NotWellFormed("Bytes after the end of the stream.");
        }

        if (first != '<')
        {
            throw _depth == 0 ? XmlFaults.NotWellFormed("A stream starts with a tag.") : XmlFaults.Format("Text between stanzas.");
        }
    }

    private long ScanSegments(in ReadOnlySequence<byte> buffer)
    {
        // Never looks past the limit, so that a fault beyond it is the same fault however the bytes were split.
        var limit = Math.Max(_scanned, Math.Min(buffer.Length, MaxBytes));
        foreach (var segment in buffer.Slice(_scanned, limit - _scanned))
        {
            var end = Scan(segment.Span);
            if (end >= 0)
            {
                return _scanned + end;
            }

            _scanned += segment.Length;
        }

        return buffer.Length > MaxBytes ? throw XmlFaults.Policy($"Longer than {MaxBytes} bytes.") : -1;
    }

    /// <summary>Goes on where the last call stopped; the end of the piece within the span, or -1.</summary>
    private int Scan(ReadOnlySpan<byte> span)
    {
        var at = 0;
        while (at < span.Length)
        {
            var rest = span[at..];
            var step = _state switch
            {
                State.Content => ToTag(rest),
                State.TagOpen => OpenTag(rest[0]),
                State.Bang => Bang(rest[0]),
                State.CData => CData(rest),
                State.StartTag => StartTag(rest),
                State.Quote => Quote(rest),
                _ => EndTag(rest),
            };
            if (step < 0)
            {
                return -1;
            }

            at += step;
            if (_pieceEnded)
            {
                _pieceEnded = false;
                return at;
            }
        }

        return -1;
    }

    private int ToTag(ReadOnlySpan<byte> rest)
    {
        var at = rest.IndexOf((byte)'<');
        if (at >= 0)
        {
            _state = State.TagOpen;
        }

        return at < 0 ? -1 : at + 1;
    }

    private int OpenTag(byte next)
    {
        switch (next)
        {
            case (byte)'/' when _depth == 0:
                throw XmlFaults.NotWellFormed("An end tag without a start tag.");
            case (byte)'/':
                _state = State.EndTag;
                return 1;
            case (byte)'!':
                _state = State.Bang;
                _match = 0;
                return 1;
            case (byte)'?':
                throw XmlFaults.Restricted("A processing instruction.");
            default:
                _state = State.StartTag;
                _previous = (byte)'<';
                return 0;
        }
    }

    private int Bang(byte next)
    {
        if (next != "[CDATA["u8[_match])
        {
            throw _match == 0 && (next is (byte)'-' or (byte)'D')
                ? XmlFaults.Restricted("A comment or a document type.") // RFC 6120 §11.1
                : XmlFaults.NotWellFormed("Markup that XML does not know.");
        }

        if (++_match == "[CDATA["u8.Length)
        {
            // Inside a piece at least one element besides the root is open.
            if (_depth < 2)
            {
                throw _depth == 0 ? XmlFaults.NotWellFormed("CDATA before the root.") : XmlFaults.Format("Text between stanzas.");
            }

            _state = State.CData;
            _match = 0;
        }

        return 1;
    }

    private int CData(ReadOnlySpan<byte> rest)
    {
        if (_match == 0)
        {
            var at = rest.IndexOf((byte)']');
            _match = at < 0 ? 0 : 1;
            return at < 0 ? -1 : at + 1;
        }

        if (rest[0] == '>' && _match == 2)
        {
            _state = State.Content;
        }

        _match = rest[0] == ']' ? 2 : 0;
        return 1;
    }

    private int StartTag(ReadOnlySpan<byte> rest)
    {
        var at = rest.IndexOfAny(TagStops);
        if (at != 0)
        {
            _previous = at < 0 ? rest[^1] : rest[at - 1];
        }

        if (at < 0)
        {
            return -1;
        }

        switch (rest[at])
        {
            case (byte)'<':
                throw XmlFaults.NotWellFormed("A tag inside a tag.");
            case (byte)'>':
                Opened(selfClosed: _previous == '/');
                break;
            default:
                _quote = rest[at];
                _state = State.Quote;
                break;
        }

        return at + 1;
    }

    private int Quote(ReadOnlySpan<byte> rest)
    {
        var at = rest.IndexOfAny(_quote, (byte)'<');
        if (at < 0)
        {
            return -1;
        }

        if (rest[at] == '<')
        {
            throw XmlFaults.NotWellFormed("'<' in an attribute's value.");
        }

        _state = State.StartTag;
        _previous = _quote;
        return at + 1;
    }

    private int EndTag(ReadOnlySpan<byte> rest)
    {
        var at = rest.IndexOf((byte)'>');
        if (at < 0)
        {
            return -1;
        }

        _depth--;
        _state = _depth == 0 ? State.Closed : State.Content;
        _found = _depth == 0 ? FrameKind.StreamClose : FrameKind.Element;
        _pieceEnded = _depth <= 1;
        return at + 1;
    }

    private void Opened(bool selfClosed)
    {
        if (_depth == maxDepth)
        {
            throw XmlFaults.Policy($"More than {maxDepth} elements open.");
        }

        var root = _depth == 0;
        _depth += selfClosed ? 0 : 1;
        _state = root && selfClosed ? State.SelfClosedRoot : State.Content;
        _found = root ? FrameKind.StreamOpen : FrameKind.Element;
        _pieceEnded = root || (selfClosed && _depth == 1);
    }
}
