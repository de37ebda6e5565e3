using System.Buffers;
using System.Net.WebSockets;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Connections;

/// <summary>XMPP over WebSocket (RFC 7395): the only transport there is in a browser.</summary>
/// <param name="isPrivate">Whether the caller knows that nobody can read along without TLS, for it stays on this machine; see
/// <see cref="ClientTransport.IsSecure"/>.</param>
public sealed class WebSocketTransport(Uri uri, ServerTrust trust, bool isPrivate = false) : ClientTransport
{
    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[4096];

    public override bool IsFramed => true;
    public override bool IsSecure => isPrivate || uri.Scheme == "wss";
    public override int MaxBytes { get; set; } = 1 << 20;

    public override async ValueTask ConnectAsync(CancellationToken cancellationToken)
    {
        // RFC 7395 §3.1.
        _socket.Options.AddSubProtocol("xmpp");
        UntrustedCertificate? refused = null;
        if (!OperatingSystem.IsBrowser())
        {
            _socket.Options.RemoteCertificateValidationCallback = trust.Callback(certificate => refused = certificate);
        }
        try
        {
            await _socket.ConnectAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException failed) when (refused is not null)
        {
            throw new UntrustedCertificateException(refused, failed);
        }
        if (_socket.SubProtocol != "xmpp")
        {
            throw new NegotiationException("The WebSocket does not speak xmpp.");
        }
    }

    public override async ValueTask<TransportFrame> ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxBytes + 1));
            }
            var result = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += result.Count;
            switch (result.MessageType)
            {
                case WebSocketMessageType.Close:
                    return default;
                case WebSocketMessageType.Binary:
                    throw new XmlStreamException(StreamErrorCondition.BadFormat, "A binary message (RFC 7395 §3.2).");
            }
            if (length > MaxBytes)
            {
                throw new XmlStreamException(StreamErrorCondition.PolicyViolation, "A message is too long.");
            }
            if (result.EndOfMessage)
            {
                return new TransportFrame(FrameKind.Element, new ReadOnlySequence<byte>(_buffer, 0, length));
            }
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> pieces, IReadOnlyList<int> ends, CancellationToken cancellationToken)
    {
        var start = 0;
        foreach (var end in ends)
        {
            await _socket.SendAsync(pieces[start..end], WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
            start = end;
        }
    }

    public override async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken).ConfigureAwait(false);
        }
        _socket.Dispose();
    }

    public override void Abort() => _socket.Abort();
}
