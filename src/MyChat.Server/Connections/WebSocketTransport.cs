using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Connections;

/// <summary>XMPP over WebSocket (RFC 7395): one piece in each message, with the same limits as on TCP.</summary>
public sealed class WebSocketTransport(WebSocket socket, IPEndPoint remote, bool isEncrypted, Action abort) : Transport
{
    private byte[] _message = [];
    private int _length;
    private bool _complete;
    private bool _handedOut;
    private Task<bool>? _receiving;

    public override IPEndPoint Remote => remote;
    public override string Name => "websocket";
    public override bool IsEncrypted => isEncrypted;
    public override bool IsPrivate => isEncrypted || IPAddress.IsLoopback(remote.Address);
    public override bool IsFramed => true;
    public override int MaxPieceBytes { get; set; } = int.MaxValue;

    public override bool TryRead(out Piece piece)
    {
        if (!_complete || _handedOut)
        {
            piece = default;
            return false;
        }
        _handedOut = true;
        piece = new Piece(FrameKind.Element, new ReadOnlySequence<byte>(_message, 0, _length));
        return true;
    }

    // A receive that is cancelled aborts the socket, and a last word could not be said any more: the wait is given up, not the receive.
    public override async ValueTask<bool> ReceiveAsync(CancellationToken cancellation)
    {
        _receiving ??= ReceiveMessageAsync();
        var received = await _receiving.WaitAsync(cancellation);
        _receiving = null;
        return received;
    }

    private async Task<bool> ReceiveMessageAsync()
    {
        Release();
        // Waits without a buffer, then takes one: an idle connection holds none.
        var result = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        while (true)
        {
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }
            if (result.MessageType == WebSocketMessageType.Binary)
            {
                throw new XmlStreamException(StreamErrorCondition.BadFormat, "RFC 7395 §3.2 allows text messages only.");
            }
            _length += result.Count;
            BytesReceived += result.Count;
            if (_length > MaxPieceBytes)
            {
                throw new XmlStreamException(StreamErrorCondition.PolicyViolation, $"A stanza may have {MaxPieceBytes} bytes.");
            }
            if (result.EndOfMessage)
            {
                _complete = true;
                return true;
            }
            Grow();
            result = await socket.ReceiveAsync(_message.AsMemory(_length), CancellationToken.None);
        }
    }

    public override async Task DrainAsync()
    {
        if (_receiving is not null)
        {
            await ((Task)_receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // too long, or binary: the rest is still to come
        }
        var sink = new byte[4096];
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            await socket.ReceiveAsync(sink, CancellationToken.None);
        }
    }

    public override void RestartStream() { }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, IReadOnlyList<int> pieceEnds, CancellationToken cancellation)
    {
        var start = 0;
        for (var i = 0; i < pieceEnds.Count; i++)
        {
            await socket.SendAsync(bytes[start..pieceEnds[i]], WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, cancellation);
            start = pieceEnds[i];
        }
    }

    public override async ValueTask CompleteAsync()
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
    }

    public override void Abort()
    {
        socket.Abort();
        abort();
    }

    public override ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default; // the buffer may still be in a receive's hands: it is left to the collector
    }

    private void Grow()
    {
        if (_length < _message.Length)
        {
            return;
        }
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2048, _length * 2));
        _message.AsSpan(0, _length).CopyTo(larger);
        Return(_message);
        _message = larger;
    }

    private void Release()
    {
        Return(_message);
        _message = [];
        _length = 0;
        _complete = false;
        _handedOut = false;
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
