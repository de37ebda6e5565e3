using System.Buffers;
using System.Net;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Connections;

/// <summary>A piece of an XML stream as it arrived: the header, a whole element, or the end.</summary>
public readonly record struct Piece(FrameKind Kind, ReadOnlySequence<byte> Bytes);

/// <summary>What carries one XML stream: bytes in pieces one way, bytes the other. One reader and one writer at a time.</summary>
public abstract class Transport : IAsyncDisposable
{
    /// <summary>Where the client is, for limits and the log; loopback when it is in the same process.</summary>
    public abstract IPEndPoint Remote { get; }

    /// <summary>"tcp", "tls" or "websocket", for people.</summary>
    public abstract string Name { get; }

    /// <summary>Whether nobody between can read along: TLS, or (WebSocket behind a proxy or a local browser) loopback.</summary>
    public abstract bool IsPrivate { get; }

    /// <summary>Whether passwords may cross in the clear (PLAIN): inside TLS only.</summary>
    public abstract bool IsEncrypted { get; }

    /// <summary>Whether each piece travels in a frame of its own (RFC 7395 §3.3) and so stands alone.</summary>
    public abstract bool IsFramed { get; }

    /// <summary>Whether <see cref="StartTlsAsync"/> can work now.</summary>
    public virtual bool CanStartTls => false;

    /// <summary>What SCRAM -PLUS may bind to on this transport.</summary>
    public virtual IReadOnlyList<ChannelBinding> Bindings => [];

    /// <summary>The most bytes that one piece may have.</summary>
    public abstract int MaxPieceBytes { get; set; }

    /// <summary>How many bytes have been received in all.</summary>
    public long BytesReceived { get; protected set; }

    /// <summary>Takes the next piece out of what has been received; its bytes are good until the next call. Throws <see cref="XmlStreamException"/>.</summary>
    public abstract bool TryRead(out Piece piece);

    /// <summary>Waits for more bytes; false when there will be none.</summary>
    public abstract ValueTask<bool> ReceiveAsync(CancellationToken cancellation);

    /// <summary>Drops whatever still comes, until the other side closes.</summary>
    public abstract Task DrainAsync();

    /// <summary>The next piece is the header of a new stream (RFC 6120 §5.4.3.3, §6.4.6).</summary>
    public abstract void RestartStream();

    /// <summary>Turns the connection into TLS; what was received in the clear and not yet read is an attack: <see cref="HasUnread"/> tells.</summary>
    public virtual Task StartTlsAsync(CancellationToken cancellation) => throw new NotSupportedException($"{Name} cannot start TLS.");

    /// <summary>Whether received bytes wait that no piece was made of.</summary>
    public virtual bool HasUnread => false;

    /// <summary>Sends bytes; <paramref name="pieceEnds"/> says where each piece in them ends.</summary>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes, IReadOnlyList<int> pieceEnds, CancellationToken cancellation);

    /// <summary>Says that nothing more will be sent; what the other side still sends can be read.</summary>
    public abstract ValueTask CompleteAsync();

    /// <summary>Closes the connection when all that was sent is out; nothing more is read.</summary>
    public async ValueTask CloseAsync()
    {
        await CompleteOutputAsync();
        await DrainAsync();
    }

    protected virtual ValueTask CompleteOutputAsync() => default;

    /// <summary>Cuts the connection at once.</summary>
    public abstract void Abort();

    public abstract ValueTask DisposeAsync();
}
