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

    private readonly XmlFramer framer = new(int.MaxValue, Streams.ClientStream.MaxDepth);
    private PipeReader input = pipe.Input;
    private SslStream? tls;
    private IReadOnlyList<ChannelBinding> bindings = [];
    private ReadOnlySequence<byte> received;
    private long unreadAtLastReceive;
    private bool holding;

    public override IPEndPoint Remote => remote;
    public override string Name => tls is null ? "tcp" : "tls";
    public override bool IsPrivate => tls is not null;
    public override bool IsEncrypted => tls is not null;
    public override bool IsFramed => false;
    public override bool CanStartTls => tls is null && certificate is not null;
    public override IReadOnlyList<ChannelBinding> Bindings => bindings;
    public override bool HasUnread => !received.IsEmpty;

    public override int MaxPieceBytes
    {
        get => framer.MaxBytes;
        set => framer.MaxBytes = value;
    }

    public override bool TryRead(out Piece piece)
    {
        if (received.IsEmpty)
        {
            piece = default;
            return false;
        }
        var kind = framer.Read(received, out var frame, out var consumed);
        received = received.Slice(consumed);
        piece = new Piece(kind, frame);
        return kind != FrameKind.Incomplete;
    }

    public override async ValueTask<bool> ReceiveAsync(CancellationToken cancellation)
    {
        if (holding)
        {
            // What is left is the start of a piece: looked at, not consumed.
            unreadAtLastReceive = received.Length;
            holding = false;
            input.AdvanceTo(received.Start, received.End);
            received = default;
        }
        var result = await input.ReadAsync(cancellation);
        if (result.IsCanceled)
        {
            throw new OperationCanceledException();
        }
        received = result.Buffer;
        holding = true;
        BytesReceived += received.Length - unreadAtLastReceive;
        var progress = received.Length > unreadAtLastReceive;
        unreadAtLastReceive = received.Length;
        return progress || !result.IsCompleted;
    }

    public override async Task DrainAsync()
    {
        do
        {
            received = received.IsEmpty ? received : received.Slice(received.End);
        }
        while (await ReceiveAsync(CancellationToken.None));
    }

    public override void RestartStream() => framer.Reset();

    public override async Task StartTlsAsync(CancellationToken cancellation)
    {
        if (holding)
        {
            holding = false;
            input.AdvanceTo(received.Start);
            received = default;
        }
        unreadAtLastReceive = 0;
        framer.Reset();
        var shown = certificate!.Certificate;
        var stream = new SslStream(new DuplexPipeStream(pipe), leaveInnerStreamOpen: false);
        await stream.AuthenticateAsServerAsync(Settings(certificate.Context), cancellation);
        tls = stream;
        bindings = ChannelBindings.ServerEndPoint(shown) is { } binding ? [binding] : [];
        input = PipeReader.Create(stream, ReadWithoutBuffer);
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, IReadOnlyList<int> pieceEnds, CancellationToken cancellation)
    {
        if (tls is not null)
        {
            await tls.WriteAsync(bytes, cancellation);
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
        if (tls is not null)
        {
            await tls.ShutdownAsync(); // close_notify, RFC 7590 §3.6
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
        if (tls is not null)
        {
            await input.CompleteAsync();
            await tls.DisposeAsync();
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
