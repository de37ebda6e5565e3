using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MyChat.Host.Configuration;
using MyChat.Host.Tls;
using MyChat.Testing.Servers;

namespace MyChat.Host.Tests.Tls;

public sealed class CertificatesTests : IDisposable, ILogger<Certificates>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mychat-tls-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _log = new();

    private string CertificateFile => Path.Combine(_folder, "c.pem");

    private string KeyFile => Path.Combine(_folder, "k.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_self_signed_certificate_is_p256_for_the_domain_and_this_machine_for_ten_years()
    {
        using var certificates = Open("例子.example", configured: false);
        var certificate = certificates.Certificate;

        Assert.True(certificates.IsSelfSigned);
        Assert.Equal("1.2.840.10045.3.1.7", certificate.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
        foreach (var name in new[] { "xn--fsqu00a.example", "localhost", "127.0.0.1", "::1" })
        {
            Assert.True(certificate.MatchesHostname(name), name);
        }

        Assert.False(certificate.MatchesHostname("other.example"));
        Assert.Equal(new DateTime(2036, 1, 2, 3, 4, 5, DateTimeKind.Utc), certificate.NotAfter.ToUniversalTime());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mychat.Mode(SelfSigned.KeyFile(_folder)));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(certificate.RawData)), certificates.Fingerprint.Replace(":", "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_self_signed_certificate_is_kept_until_it_no_longer_fits()
    {
        using var first = Open("example.org", configured: false);
        using var again = Open("example.org", configured: false);
        Assert.Equal(first.Fingerprint, again.Fingerprint);

        using var moved = Open("example.net", configured: false);
        Assert.NotEqual(first.Fingerprint, moved.Fingerprint);
        Assert.True(moved.Certificate.MatchesHostname("example.net"));

        _time.Advance(TimeSpan.FromDays(366 * 10));
        using var renewed = Open("example.net", configured: false);
        Assert.NotEqual(moved.Fingerprint, renewed.Fingerprint);

        File.WriteAllText(SelfSigned.KeyFile(_folder), "");
        using var mended = Open("example.net", configured: false);
        Assert.NotEqual(renewed.Fingerprint, mended.Fingerprint);
    }

    [Fact]
    public void The_configured_files_are_shown_with_their_chain()
    {
        using var root = Authority("Root", null);
        using var intermediate = Authority("Intermediate", root); // the root itself is not sent
        Write(Issue("example.org", intermediate), chain: intermediate);
        using var certificates = Open();

        Assert.False(certificates.IsSelfSigned);
        Assert.Equal("CN=example.org", certificates.Certificate.Subject);
        Assert.Equal(intermediate.Thumbprint, certificates.Context.IntermediateCertificates.Single().Thumbprint);
    }

    [Fact]
    public void New_files_are_taken_within_the_interval()
    {
        Write(Issue("example.org"));
        using var certificates = Open();
        var old = certificates.Context;

        _time.Advance(Certificates.Interval);
        Assert.Same(old, certificates.Context);

        Write(Issue("new.example.org"));
        _time.Advance(Certificates.Interval);
        Assert.Equal("CN=new.example.org", certificates.Certificate.Subject);
        Assert.Equal("CN=new.example.org", certificates.Context.TargetCertificate.Subject);
        Assert.Equal(LogLevel.Information, Assert.Single(_log).Level);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData(null)]
    public void A_broken_new_file_keeps_the_old_certificate_and_warns_once(string? content)
    {
        Write(Issue("example.org"));
        using var certificates = Open();

        if (content is null)
        {
            File.Delete(CertificateFile);
        }
        else
        {
            File.WriteAllText(CertificateFile, content);
        }

        _time.Advance(3 * Certificates.Interval);
        Assert.Equal("CN=example.org", certificates.Certificate.Subject);
        Assert.Equal(LogLevel.Warning, Assert.Single(_log).Level);

        Write(Issue("mended.example.org"));
        _time.Advance(Certificates.Interval);
        Assert.Equal("CN=mended.example.org", certificates.Certificate.Subject);
    }

    [Fact]
    public void A_key_of_another_certificate_keeps_the_old_one()
    {
        Write(Issue("example.org"));
        using var certificates = Open();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        File.WriteAllText(KeyFile, other.ExportPkcs8PrivateKeyPem());
        _time.Advance(3 * Certificates.Interval);

        Assert.Equal("CN=example.org", certificates.Certificate.Subject);
        Assert.Equal(LogLevel.Warning, Assert.Single(_log).Level);
    }

    [Fact]
    public void Configured_files_that_are_no_certificate_name_their_keys()
    {
        File.WriteAllText(CertificateFile, "x");
        Assert.StartsWith($"Tls:Key={KeyFile}: expected a PEM file that can be read", Assert.Throws<Failure>(() => Open()).Message, StringComparison.Ordinal);

        File.WriteAllText(KeyFile, "x");
        Assert.StartsWith(
            $"Tls:Certificate={CertificateFile}, Tls:Key={KeyFile}: expected a certificate and its private key", Assert.Throws<Failure>(() => Open()).Message, StringComparison.Ordinal);
    }

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Enqueue((logLevel, formatter(state, exception)));

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    private Certificates Open(string domain = "example.org", bool configured = true)
    {
        var options = new MyChatOptions { DataDirectory = _folder };
        options.Server.Domain = domain;
        (options.TlsCertificate, options.TlsKey) = configured ? (CertificateFile, KeyFile) : (null, null);
        return new Certificates(options, _time, this);
    }

    private void Write(X509Certificate2 certificate, X509Certificate2? chain = null)
    {
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem() + "\n" + chain?.ExportCertificatePem() + "\n");
        File.WriteAllText(KeyFile, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    private X509Certificate2 Authority(string name, X509Certificate2? issuer)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        var (from, to) = (_time.GetUtcNow(), _time.GetUtcNow().AddDays(90));
        return issuer is null ? request.CreateSelfSigned(from, to) : request.Create(issuer, from, to, [2]).CopyWithPrivateKey(key);
    }

    private X509Certificate2 Issue(string domain, X509Certificate2? issuer = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={domain}", key, HashAlgorithmName.SHA256);
        var (from, to) = (_time.GetUtcNow(), _time.GetUtcNow().AddDays(30));
        return issuer is null ? request.CreateSelfSigned(from, to) : request.Create(issuer, from, to, [1]).CopyWithPrivateKey(key);
    }
}
