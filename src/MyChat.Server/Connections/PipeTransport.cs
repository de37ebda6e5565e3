using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Connections;

/// <summary>A byte stream in both directions: a socket that Kestrel reads, or two pipes in a test. May become TLS, at once or by STARTTLS.</summary>
public sealed class PipeTransport(IDuplexPipe pipe, IPEndPoint remote, IServerCertificate? certificate = null, Action? abort = null) : Transport
{
    private static readonly SslApplicationProtocol XmppClient = new("xmpp-client"); // XEP-0368 §3
    private static readonly StreamPipeReaderOptions ReadWithoutBuffer = new(bufferSize: 4096, minimumReadSize: 1024, leaveOpen: false, useZeroByteReads: true);

    private readonly XmlFramer _framer = new(int.MaxValue, Streams.ClientStream.MaxDepth);
    private PipeReader _input = pipe.Input;
    private SslStream? _tls;
    private IReadOnlyList<ChannelBinding> _bindings = [];
    private ReadOnlySequence<byte> _received;
    private long _unreadAtLastReceive;
    private bool _holding;

    public override IPEndPoint Remote => remote;
    public override string Name => _tls is null ? "tcp" : "tls";
    public override bool IsPrivate => _tls is not null;
    public override bool IsEncrypted => _tls is not null;
    public override bool IsFramed => false;
    public override bool CanStartTls => _tls is null && certificate is not null;
    public override IReadOnlyList<ChannelBinding> Bindings => _bindings;
    public override bool HasUnread => !_received.IsEmpty;

    public override int MaxPieceBytes
    {
        get => _framer.MaxBytes;
        set => _framer.MaxBytes = value;
    }

    public override bool TryRead(out Piece piece)
    {
        if (_received.IsEmpty)
        {
            piece = default;
            return false;
        }
        var kind = _framer.Read(_received, out var frame, out var consumed);
        _received = _received.Slice(consumed);
        piece = new Piece(kind, frame);
        return kind != FrameKind.Incomplete;
    }

    public override async ValueTask<bool> ReceiveAsync(CancellationToken cancellation)
    {
        if (_holding)
        {
            // What is left is the start of a piece: looked at, not consumed.
            _unreadAtLastReceive = _received.Length;
            _holding = false;
            _input.AdvanceTo(_received.Start, _received.End);
            _received = default;
        }
        var result = await _input.ReadAsync(cancellation);
        if (result.IsCanceled)
        {
            throw new OperationCanceledException();
        }
        _received = result.Buffer;
        _holding = true;
        BytesReceived += _received.Length - _unreadAtLastReceive;
        var progress = _received.Length > _unreadAtLastReceive;
        _unreadAtLastReceive = _received.Length;
        return progress || !result.IsCompleted;
    }

    // Below TLS: nobody reads what comes now, and an end that is no surprise need not climb through all its layers.
    public override async Task DrainAsync()
    {
        if (_holding)
        {
            _holding = false;
            _input.AdvanceTo(_received.End);
            _received = default;
        }
        try
        {
            ReadResult result;
            do
            {
                result = await pipe.Input.ReadAsync();
                pipe.Input.AdvanceTo(result.Buffer.End);
            }
            while (result is { IsCanceled: false, IsCompleted: false });
        }
        catch (Exception reason) when (reason is IOException or OperationCanceledException)
        {
            // The connection is closed.
        }
    }

    public override void RestartStream() => _framer.Reset();

    public override async Task StartTlsAsync(CancellationToken cancellation)
    {
        if (_holding)
        {
            _holding = false;
            _input.AdvanceTo(_received.Start);
            _received = default;
        }
        _unreadAtLastReceive = 0;
        _framer.Reset();
        var shown = certificate!.Certificate;
        var stream = new SslStream(new DuplexPipeStream(pipe), leaveInnerStreamOpen: false);
        await stream.AuthenticateAsServerAsync(Settings(certificate.Context), cancellation);
        TlsBuffers.ReleaseWhenEmpty(stream);
        _tls = stream;
        _bindings = ChannelBindings.ServerEndPoint(shown) is { } binding ? [binding] : [];
        _input = PipeReader.Create(stream, ReadWithoutBuffer);
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, IReadOnlyList<int> pieceEnds, CancellationToken cancellation)
    {
        if (_tls is not null)
        {
            await _tls.WriteAsync(bytes, cancellation);
            return;
        }
        var flushed = await pipe.Output.WriteAsync(bytes, cancellation);
        if (flushed.IsCompleted)
        {
            throw new IOException("The peer reads no more.");
        }
    }

    public override async ValueTask CompleteAsync()
    {
        if (_tls is not null)
        {
            await _tls.ShutdownAsync(); // close_notify, RFC 7590 §3.6
        }
        if (abort is null)
        {
            await pipe.Output.CompleteAsync();
        }
    }

    // Kestrel knows no half-closed socket: when its pipe is complete and sent, it closes both ways.
    protected override ValueTask CompleteOutputAsync() => pipe.Output.CompleteAsync();

    public override void Abort()
    {
        if (abort is not null)
        {
            abort();
        }
        pipe.Input.CancelPendingRead();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_tls is not null)
        {
            await _input.CompleteAsync();
            await _tls.DisposeAsync();
        }
        await pipe.Input.CompleteAsync();
        await pipe.Output.CompleteAsync();
    }

    private static SslServerAuthenticationOptions Settings(SslStreamCertificateContext context) => new()
    {
        ServerCertificateContext = context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        ClientCertificateRequired = false,
        ApplicationProtocols = [XmppClient],
    };
}
