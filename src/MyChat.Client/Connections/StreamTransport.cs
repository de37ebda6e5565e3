using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Connections;

/// <summary>How bytes in a row become secure.</summary>
public enum TlsMode
{
    /// <summary>STARTTLS (RFC 6120 §5), usually on port 5222.</summary>
    StartTls,
    /// <summary>TLS from the first byte (XEP-0368), usually on port 5223.</summary>
    Direct,
    /// <summary>Never: for tests and benchmarks; also needs <see cref="ConnectionOptions.AllowPlaintext"/>.</summary>
    None,
}

/// <summary>Bytes in a row over any <see cref="Stream"/>, or a pair of pipes in memory. <see cref="TcpTransport"/> brings the socket.</summary>
public class StreamTransport : ClientTransport
{
    private static readonly List<SslApplicationProtocol> Alpn = [new("xmpp-client")];
    private readonly XmlFramer _framer = new(1 << 20);
    private readonly bool _isPrivate;
    private readonly string _domain;
    private readonly TlsMode _tls;
    private readonly ServerTrust _trust;
    private Stream? _stream;
    private readonly PipeStream? _pipe;
    private SslStream? _ssl;
    private PipeReader? _input;
    private SequencePosition? _next;

    /// <summary>A channel that never gets TLS.</summary>
    /// <param name="isPrivate">Whether the caller knows that nobody can read along; see <see cref="ClientTransport.IsSecure"/>.</param>
    public StreamTransport(Stream stream, bool isPrivate) : this("", TlsMode.None, ServerTrust.Authorities)
    {
        _stream = stream;
        _isPrivate = isPrivate;
    }

    /// <inheritdoc cref="StreamTransport(Stream, bool)"/>
    public StreamTransport(IDuplexPipe pipe, bool isPrivate) : this(new PipeStream(pipe), isPrivate) => _pipe = (PipeStream)_stream!;

    /// <summary>A channel that gets TLS. The name in the certificate is the domain's, not the host's (RFC 6120 §13.7.2.1).</summary>
    public StreamTransport(Stream stream, string domain, TlsMode tls, ServerTrust trust) : this(domain, tls, trust) => _stream = stream;

    /// <inheritdoc cref="StreamTransport(Stream, string, TlsMode, ServerTrust)"/>
    public StreamTransport(IDuplexPipe pipe, string domain, TlsMode tls, ServerTrust trust) : this(new PipeStream(pipe), domain, tls, trust) =>
        _pipe = (PipeStream)_stream!;

    private protected StreamTransport(string domain, TlsMode tls, ServerTrust trust) => (_domain, _tls, _trust) = (domain, tls, trust);

    public override bool IsSecure => _isPrivate || _ssl is { IsAuthenticated: true };
    public override bool WantsStartTls => _tls == TlsMode.StartTls && _ssl is null;

    /// <summary>The server's certificate, once there is TLS.</summary>
    public X509Certificate2? ServerCertificate => _ssl?.RemoteCertificate as X509Certificate2;

    public override IReadOnlyList<ChannelBinding> ChannelBindings =>
        ServerCertificate is { } certificate && Xmpp.Sasl.ChannelBindings.ServerEndPoint(certificate) is { } binding ? [binding] : [];

    public override int MaxBytes
    {
        get => _framer.MaxBytes;
        set => _framer.MaxBytes = value;
    }

    private Stream Stream => _stream ?? throw new InvalidOperationException("The transport is not connected.");

    public override async ValueTask ConnectAsync(CancellationToken cancellationToken)
    {
        _stream ??= await DialAsync(cancellationToken).ConfigureAwait(false);
        if (_tls == TlsMode.Direct)
        {
            await SecureAsync(Alpn, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            Use(_stream);
        }
    }

    /// <summary>Makes the stream where the constructor got none.</summary>
    private protected virtual ValueTask<Stream> DialAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public override ValueTask StartTlsAsync(CancellationToken cancellationToken)
    {
        // RFC 6120 §5.4.3.3: what follows in the clear was put there by somebody who cannot speak inside TLS.
        return HasUnreadBytes() ? throw new NegotiationException("Bytes followed <proceed/>.") : SecureAsync(null, cancellationToken);
    }

    private async ValueTask SecureAsync(List<SslApplicationProtocol>? alpn, CancellationToken cancellationToken)
    {
        var ssl = new SslStream(Stream);
        UntrustedCertificate? refused = null;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = _domain,
            ApplicationProtocols = alpn,
            RemoteCertificateValidationCallback = _trust.Callback(certificate => refused = certificate),
        };
        try
        {
            await ssl.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (System.Security.Authentication.AuthenticationException failed) when (refused is not null)
        {
            throw new UntrustedCertificateException(refused, failed);
        }
        _ssl = ssl;
        Use(ssl);
    }

    public override void Restart() => _framer.Reset();

    private void Use(Stream stream)
    {
        _stream = stream;
        _next = null;
        // Idle connections hold no buffer: a read of no bytes waits (a load generator has thousands of them).
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: stream is not PipeStream));
        _framer.Reset();
    }

    /// <summary>Forgets the last piece, and says whether bytes after it were read already.</summary>
    private bool HasUnreadBytes()
    {
        Advance();
        if (!_input!.TryRead(out var result))
        {
            return false;
        }
        var some = !result.Buffer.IsEmpty;
        _input.AdvanceTo(result.Buffer.Start);
        return some;
    }

    public override async ValueTask<TransportFrame> ReadAsync(CancellationToken cancellationToken)
    {
        Advance();
        var input = _input ?? throw new InvalidOperationException("The transport is not connected.");
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var kind = _framer.Read(result.Buffer, out var frame, out var consumed);
            if (kind != FrameKind.Incomplete)
            {
                _next = consumed;
                return new TransportFrame(kind, frame);
            }
            input.AdvanceTo(consumed, result.Buffer.End);
            if (result.IsCompleted)
            {
                return default;
            }
        }
    }

    private void Advance()
    {
        if (_next is { } position)
        {
            _next = null;
            _input!.AdvanceTo(position);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> pieces, IReadOnlyList<int> ends, CancellationToken cancellationToken)
    {
        await Stream.WriteAsync(pieces, cancellationToken).ConfigureAwait(false);
        await Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        if (_ssl is not null)
        {
            // close_notify (RFC 7590 §3.6).
            await _ssl.ShutdownAsync().ConfigureAwait(false);
        }
        if (_stream is not null)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override void Abort()
    {
        // First the pipe below, so that TLS cannot say goodbye through it.
        _pipe?.Abort();
        _stream?.Dispose();
    }
}
