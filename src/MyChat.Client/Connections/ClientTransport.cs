using System.Buffers;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Connections;

/// <summary>One piece that a transport read; the bytes are valid until the next read. <see cref="FrameKind.Incomplete"/>: the peer is gone.</summary>
public readonly record struct TransportFrame(FrameKind Kind, ReadOnlySequence<byte> Bytes);

/// <summary>
/// What carries a stream: bytes in a row (RFC 6120), or one message for each piece (RFC 7395). Written to and read from by one caller each at
/// a time. Errors of the network come out as they are.
/// </summary>
public abstract class ClientTransport : IAsyncDisposable
{
    /// <summary>Whether each piece travels as a message of its own (RFC 7395 §3.3): then it stands alone, and the stream opens with an element.</summary>
    public virtual bool IsFramed => false;

    /// <summary>Whether nobody can read along: TLS with a checked certificate, or inside one machine.</summary>
    public abstract bool IsSecure { get; }

    /// <summary>Whether <see cref="StartTlsAsync"/> is wanted when the server offers it.</summary>
    public virtual bool WantsStartTls => false;

    /// <summary>What a log-in can be bound to, the best first.</summary>
    public virtual IReadOnlyList<ChannelBinding> ChannelBindings => [];

    /// <summary>The most bytes that one piece may have.</summary>
    public abstract int MaxBytes { get; set; }

    /// <summary>Reaches the server.</summary>
    public abstract ValueTask ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Goes on with TLS after &lt;proceed/&gt;. Throws <see cref="NegotiationException"/> when anything followed that (RFC 6120 §5.4.3.3).</summary>
    public virtual ValueTask StartTlsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>A new stream follows on the same connection (RFC 6120 §4.3.3).</summary>
    public virtual void Restart() { }

    /// <summary>Reads the next piece.</summary>
    /// <exception cref="XmlStreamException">It can never become one, or is too long.</exception>
    public abstract ValueTask<TransportFrame> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Writes whole pieces that follow each other; <paramref name="ends"/> says where each ends.</summary>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> pieces, IReadOnlyList<int> ends, CancellationToken cancellationToken);

    /// <summary>Ends the connection after the streams were closed.</summary>
    public abstract ValueTask CloseAsync(CancellationToken cancellationToken);

    /// <summary>Cuts the connection at once, as a lost link would: nothing more is sent, a read in progress fails or ends.</summary>
    public abstract void Abort();

    public virtual ValueTask DisposeAsync()
    {
        Abort();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
