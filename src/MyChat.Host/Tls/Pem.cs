using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MyChat.Host.Tls;

/// <summary>A certificate with what it was read from, ready to serve.</summary>
internal sealed class Pem
{
    private Pem(X509Certificate2 certificate, SslStreamCertificateContext context)
    {
        Certificate = certificate;
        Context = context;
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Made once and shared by all connections: it holds the chain, and the keys of the sessions that can be resumed.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>What people compare: the SHA-256 of the certificate as pairs of digits.</summary>
    public string Fingerprint =>
        string.Join(':', Certificate.GetCertHash(HashAlgorithmName.SHA256).Select(octet => octet.ToString("X2", null)));

    /// <exception cref="CryptographicException">The text is no certificate, or the key is another's.</exception>
    public static Pem Parse(ReadOnlySpan<byte> certificatePem, ReadOnlySpan<byte> keyPem)
    {
        var text = Encoding.UTF8.GetString(certificatePem);
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(text, Encoding.UTF8.GetString(keyPem));
        }
        catch (ArgumentException mismatch)
        {
            throw new CryptographicException(mismatch.Message, mismatch);
        }

        if (OperatingSystem.IsWindows())
        {
            // Windows' TLS cannot use a key that is in memory only.
            using var ephemeral = certificate;
            certificate = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), null);
        }

        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(text);
        chain.RemoveAt(0); // the first is the server's own (RFC 8446 §4.4.2)
        return new Pem(certificate, SslStreamCertificateContext.Create(certificate, chain, offline: true));
    }
}
