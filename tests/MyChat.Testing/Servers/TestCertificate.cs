using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyChat.Client.Connections;
using MyChat.Server.Connections;

namespace MyChat.Testing.Servers;

/// <summary>A certificate of one test's own, trusted by its fingerprint.</summary>
internal sealed class TestCertificate : IServerCertificate, IDisposable
{
    public TestCertificate(string domain)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={domain}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(domain);
        request.CertificateExtensions.Add(names.Build());
        Certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        Context = SslStreamCertificateContext.Create(Certificate, additionalCertificates: null, offline: true);
    }

    public X509Certificate2 Certificate { get; }
    public SslStreamCertificateContext Context { get; }
    public ServerTrust Trust => ServerTrust.Fingerprint(SHA256.HashData(Certificate.RawData));

    public void Dispose() => Certificate.Dispose();
}
