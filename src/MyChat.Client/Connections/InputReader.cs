using System.Buffers;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Connections;

/// <summary>What the server sent: a stanza, or another element of the stream.</summary>
/// <param name="Item">
/// A <see cref="Xmpp.Stanzas.Stanza"/> or an <see cref="Xmpp.Xml.Element"/>; or the <see cref="StreamManagement"/>, when it has something for
/// <see cref="StreamManagement.TakeConfirmed"/>.
/// </param>
/// <param name="Bytes">As it came, where <see cref="ConnectionOptions.KeepBytes"/> asks for it; on a stream it inherits jabber:client and the prefix stream.</param>
public readonly record struct Received(object Item, ReadOnlyMemory<byte> Bytes)
{
    public Stanza? Stanza => Item as Stanza;
    public Element? Element => Item as Element;
}

/// <summary>Reads what comes in, piece by piece.</summary>
internal sealed class InputReader(ClientTransport transport, ConnectionOptions options)
{
    private StanzaParser _parser = new();

    /// <summary>A new stream follows; nothing of the old one is kept.</summary>
    public void Restart()
    {
        transport.Restart();
        _parser = new StanzaParser();
        if (transport.IsFramed)
        {
            _parser.StandAlone();
        }
    }

    /// <summary>The next piece: a <see cref="StreamHeader"/>, a stanza or an element; null when the server closed its stream.</summary>
    /// <exception cref="StreamErrorException">The server sent an error, or what can never be right.</exception>
    public async ValueTask<Received?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var frame = await transport.ReadAsync(cancellationToken).ConfigureAwait(false);
            return frame.Kind switch
            {
                FrameKind.Incomplete => throw new XmppException("The connection is lost."),
                FrameKind.StreamClose => Closed(frame.Bytes),
                _ => Parse(frame),
            };
        }
        catch (XmlStreamException wrong)
        {
            throw new StreamErrorException(wrong.Condition, $"The server sent what cannot be read: {wrong.Message}", wrong) { IsOurs = true };
        }
        catch (Exception lost) when (lost is not (XmppException or OperationCanceledException))
        {
            throw new XmppException("The connection is lost.", lost);
        }
    }

    private Received? Closed(ReadOnlySequence<byte> bytes)
    {
        var endTag = bytes.ToArray();
        options.Log?.Write(sent: false, endTag);
        _parser.ReadClose(endTag);
        return null;
    }

    private Received? Parse(in TransportFrame frame)
    {
        if (frame.Bytes.IsSingleSegment)
        {
            return Parse(frame.Kind, frame.Bytes.FirstSpan);
        }
        var length = (int)frame.Bytes.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            frame.Bytes.CopyTo(rented);
            return Parse(frame.Kind, rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private Received? Parse(FrameKind kind, ReadOnlySpan<byte> bytes)
    {
        options.Log?.Write(sent: false, bytes);
        var item = kind == FrameKind.StreamOpen ? _parser.ReadHeader(bytes) : _parser.Read(bytes);
        if (item is Element element)
        {
            if (StreamError.Read(element) is { } error)
            {
                throw new StreamErrorException(error.Condition, error.Text);
            }
            if (element.Name == XNames.FramingClose)
            {
                return null;
            }
            if (element.Name == XNames.FramingOpen)
            {
                item = new StreamHeader(
                    element.Name, Ns.Client, element["to"], element["from"], element["id"], element["version"], null);
            }
        }
        return new Received(item, options.KeepBytes ? bytes.ToArray() : default);
    }
}
