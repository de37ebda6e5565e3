using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using MyChat.Client.Connections;
using MyChat.Xmpp.Xml;

namespace MyChat.Bench.Sessions;

/// <summary>
/// One connection, as cheap as can be: one buffer for what comes in, in which the pieces are looked at where they are, and writes of whole
/// batches. <see cref="XmppConnection"/> negotiates over it; after the log-in a <see cref="Session"/> has it for itself.
/// </summary>
internal sealed class Link(BenchOptions options) : ClientTransport
{
    private const int FirstBuffer = 8192;
    private static readonly List<SslApplicationProtocol> Alpn = [new("xmpp-client")];

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly XmlFramer _framer = new(1 << 20);
    private readonly WebSocketInput? _messages = options.Transport.IsFramed ? new() : null;
    private CountingStream? _raw;
    private Stream? _stream;
    private byte[] _input = new byte[FirstBuffer];
    private int _start;
    private int _end;

    public override bool IsFramed => _messages is not null;
    public override bool IsSecure => _stream is SslStream;
    public override bool WantsStartTls => options.Transport.Tls == TlsMode.StartTls && !IsSecure;

    /// <summary>Bytes that the server sent during the TLS handshake: a resumed one has no certificate in it, and is shorter.</summary>
    public long HandshakeBytes { get; private set; }

    public override int MaxBytes
    {
        get => _framer.MaxBytes;
        set => _framer.MaxBytes = value;
    }

    private Stream Stream => _stream ?? throw new InvalidOperationException("Not connected.");

    public override async ValueTask ConnectAsync(CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(options.Host, options.Port, cancellationToken);
        _stream = _raw = new CountingStream(_socket);
        if (options.Transport.Tls == TlsMode.Direct)
        {
            await SecureAsync(IsFramed ? null : Alpn, cancellationToken);
        }
        if (IsFramed)
        {
            await UpgradeAsync(cancellationToken);
        }
    }

    public override ValueTask StartTlsAsync(CancellationToken cancellationToken) =>
        _start < _end ? throw new NegotiationException("Bytes followed <proceed/>.") : SecureAsync(null, cancellationToken);

    public override void Restart() => _framer.Reset();

    /// <summary>
    /// The next piece of what was read, valid until <see cref="FillAsync"/>; <see cref="FrameKind.Incomplete"/> when that must be called.
    /// </summary>
    /// <param name="piece">All of one.</param>
    /// <param name="isPing">A WebSocket ping, to be answered with <see cref="WebSocketFrame.EmptyPong"/>.</param>
    public FrameKind TryTake(out ReadOnlySequence<byte> piece, out bool isPing)
    {
        isPing = false;
        if (_messages is not null)
        {
            return _messages.TryTake(_input, ref _start, _end, out piece, out isPing);
        }
        var unread = new ReadOnlySequence<byte>(_input, _start, _end - _start);
        var kind = _framer.Read(unread, out piece, out var consumed);
        _start = _end - (int)unread.Slice(consumed).Length;
        return kind;
    }

    /// <summary>Reads more; false when the server ended the connection.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _input.Length)
        {
            var larger = _end - _start > _input.Length / 2 ? new byte[_input.Length * 2] : _input;
            _input.AsSpan(_start, _end - _start).CopyTo(larger);
            (_input, _start, _end) = (larger, 0, _end - _start);
        }
        var read = await Stream.ReadAsync(_input.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }

    /// <summary>Sends bytes as they are: where <see cref="IsFramed"/>, they are frames already.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => Stream.WriteAsync(bytes, cancellationToken);

    public override async ValueTask<TransportFrame> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var kind = TryTake(out var piece, out _);
            if (kind != FrameKind.Incomplete)
            {
                return new TransportFrame(kind, piece);
            }
            if (!await FillAsync(cancellationToken))
            {
                return default;
            }
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> pieces, IReadOnlyList<int> ends, CancellationToken cancellationToken)
    {
        if (!IsFramed)
        {
            await SendAsync(pieces, cancellationToken);
            return;
        }
        var start = 0;
        foreach (var end in ends)
        {
            var frame = new byte[WebSocketFrame.MostHeader + end - start];
            await SendAsync(frame.AsMemory(0, WebSocketFrame.Write(pieces.Span[start..end], frame)), cancellationToken);
            start = end;
        }
    }

    public override async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        if (_stream is SslStream ssl)
        {
            await ssl.ShutdownAsync(); // close_notify (RFC 7590 §3.6)
        }
        Abort();
    }

    public override void Abort()
    {
        _stream?.Dispose();
        _socket.Dispose();
    }

    private async ValueTask SecureAsync(List<SslApplicationProtocol>? alpn, CancellationToken cancellationToken)
    {
        var ssl = new SslStream(Stream);
        var before = _raw!.BytesRead; // there is one since ConnectAsync
        await ssl.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = options.Domain,
                ApplicationProtocols = alpn,
                AllowTlsResume = options.ResumesTls,
                RemoteCertificateValidationCallback = options.TrustsAny ? (_, certificate, _, _) => certificate is not null : null,
            },
            cancellationToken);
        HandshakeBytes = _raw.BytesRead - before;
        _stream = ssl;
    }

    /// <summary>RFC 6455 §4.1, RFC 7395 §3.1.</summary>
    private async ValueTask UpgradeAsync(CancellationToken cancellationToken)
    {
        var request = $"GET {options.Path} HTTP/1.1\r\nHost: {options.Domain}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n";
        await SendAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        int length;
        while ((length = _input.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync(cancellationToken))
            {
                throw new NegotiationException("The server closed the connection instead of opening a WebSocket.");
            }
        }
        var answer = Encoding.ASCII.GetString(_input, _start, length);
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new NegotiationException($"The server opens no WebSocket at {options.Path}: {answer.Split('\r')[0]}");
        }
        _start += length + "\r\n\r\n".Length;
    }

    /// <summary>Counts what is read.</summary>
    private sealed class CountingStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
    {
        public long BytesRead { get; private set; }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            BytesRead += read;
            return read;
        }
    }
}
