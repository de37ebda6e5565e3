using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MyChat.Host.Tls;

/// <summary>The certificate that the server makes for itself when it is given none, kept in the data directory.</summary>
internal static class SelfSigned
{
    private const int Years = 10;

    public static string CertificateFile(string dataDirectory) => Path.Combine(dataDirectory, "certificate.pem");

    public static string KeyFile(string dataDirectory) => Path.Combine(dataDirectory, "key.pem");

    /// <summary>Loads the one that is kept, or makes one when there is none that is whole, valid now, and for this domain.</summary>
    public static Pem LoadOrCreate(string dataDirectory, string domain, DateTimeOffset now)
    {
        if (TryLoad(dataDirectory) is { } kept && kept.Certificate.NotAfter > now.LocalDateTime && Names(kept.Certificate, domain))
        {
            return kept;
        }

        var (certificate, key) = Create(domain, now);
        Write(KeyFile(dataDirectory), key);
        Write(CertificateFile(dataDirectory), certificate);
        return Pem.Parse(certificate, key);
    }

    private static Pem? TryLoad(string dataDirectory)
    {
        try
        {
            return Pem.Parse(File.ReadAllBytes(CertificateFile(dataDirectory)), File.ReadAllBytes(KeyFile(dataDirectory)));
        }
        catch (Exception unusable) when (unusable is FileNotFoundException or CryptographicException)
        {
            return null;
        }
    }

    private static (byte[] Certificate, byte[] Key) Create(string domain, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(domain.Length > 64 ? "MyChat" : domain); // RFC 5280 A.1: ub-common-name
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // serverAuth
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(AlternativeNames(domain));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        return (Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"), Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
    }

    private static X509Extension AlternativeNames(string domain)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(domain.Trim('[', ']'), out var address))
        {
            names.AddIpAddress(address);
        }
        else if (domain != "localhost")
        {
            names.AddDnsName(Ascii(domain));
        }

        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return names.Build();
    }

    /// <summary>Whether a certificate is for a domain: RFC 6125 §6.4, which compares A-labels.</summary>
    public static bool Names(X509Certificate2 certificate, string domain) =>
        certificate.MatchesHostname(IPAddress.TryParse(domain.Trim('[', ']'), out var address) ? address.ToString() : Ascii(domain));

    private static string Ascii(string domain) => new IdnMapping { UseStd3AsciiRules = false }.GetAscii(domain);

    /// <summary>Whole or not at all; only for the user that runs the server.</summary>
    private static void Write(string path, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var unfinished = path + ".new";
        File.Delete(unfinished); // a create mode is for new files only
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
