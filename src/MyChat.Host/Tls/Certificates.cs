using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyChat.Host.Configuration;
using MyChat.Server.Connections;

namespace MyChat.Host.Tls;

/// <summary>The certificate that all listeners show: the configured one, read again when its files change, or one of our own.</summary>
internal sealed partial class Certificates : IServerCertificate, IDisposable
{
    /// <summary>Often enough for a renewal by hand; reading two small files costs nothing. Watchers miss what happens behind links.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly string? _certificateFile;
    private readonly string? _keyFile;
    private readonly ILogger _logger;
    private readonly ITimer? _timer;
    private byte[] _tried = [];
    private volatile Pem _current;

    /// <exception cref="Failure">A configured file is missing, unreadable or wrong: one line that names its key.</exception>
    public Certificates(MyChatOptions options, TimeProvider time, ILogger<Certificates> logger)
    {
        _logger = logger;
        if (options is not { TlsCertificate: { } certificate, TlsKey: { } key })
        {
            IsSelfSigned = true;
            _current = SelfSigned.LoadOrCreate(options.DataDirectory, options.Server.Domain, time.GetUtcNow());
            return;
        }

        (_certificateFile, _keyFile) = (certificate, key);
        var certificatePem = Read("Tls:Certificate", certificate);
        var keyPem = Read("Tls:Key", key);
        _tried = Digest(certificatePem, keyPem);
        try
        {
            _current = Pem.Parse(certificatePem, keyPem);
        }
        catch (CryptographicException wrong)
        {
            throw Failure.Configuration($"Tls:Certificate={Failure.Printable(certificate)}, Tls:Key={Failure.Printable(key)}: "
                + $"expected a certificate and its private key, not encrypted, in PEM form: {Failure.Printable(wrong.Message)}");
        }

        _timer = time.CreateTimer(_ => Poll(), null, Interval, Interval);
    }

    public bool IsSelfSigned { get; }

    public SslStreamCertificateContext Context => _current.Context;

    public X509Certificate2 Certificate => _current.Certificate;

    public string Fingerprint => _current.Fingerprint;

    public void Dispose() => _timer?.Dispose();

    /// <summary>Compares contents, not times: what is read here is what would be loaded, whatever links and clocks say.</summary>
    private void Poll()
    {
        try
        {
            var certificatePem = File.ReadAllBytes(_certificateFile!); // there is a timer only when there are files
            var keyPem = File.ReadAllBytes(_keyFile!);
            var digest = Digest(certificatePem, keyPem);
            if (digest.AsSpan().SequenceEqual(_tried))
            {
                return;
            }

            _tried = digest;
            _current = Pem.Parse(certificatePem, keyPem); // connections of the old one may still need it: it is left to the collector
            Log.Reloaded(_logger, _current.Certificate.NotAfter, _current.Fingerprint);
        }
        catch (Exception wrong) when (wrong is CryptographicException)
        {
            Log.KeptOld(_logger, wrong.Message);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            if (_tried.Length > 0)
            {
                Log.KeptOld(_logger, unreadable.Message);
                _tried = []; // says it once
            }
        }
    }

    private static byte[] Read(string key, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Failure.Configuration($"{key}={Failure.Printable(path)}: expected a PEM file that can be read: {Failure.Printable(unreadable.Message)}");
        }
    }

    private static byte[] Digest(byte[] certificate, byte[] key) => [.. SHA256.HashData(certificate), .. SHA256.HashData(key)];

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The new certificate is in use; valid until {NotAfter:yyyy-MM-dd}, SHA-256 {Fingerprint}")]
        public static partial void Reloaded(ILogger logger, DateTime notAfter, string fingerprint);

        [LoggerMessage(LogLevel.Warning, "The new files of Tls:Certificate and Tls:Key cannot be used, the old certificate stays: {Reason}")]
        public static partial void KeptOld(ILogger logger, string reason);
    }
}
