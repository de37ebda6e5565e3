using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyChat.Client.Sessions;

namespace MyChat.Client.Connections;

/// <summary>Which certificates are taken for the server's.</summary>
public sealed class ServerTrust
{
    private ServerTrust(Func<X509Certificate2, SslPolicyErrors, bool>? accept) => Accept = accept;

    /// <summary>The machine's trusted authorities, and the name that was asked for (RFC 6120 §13.7.2).</summary>
    public static ServerTrust Authorities { get; } = new(null);

    /// <summary>This certificate and no other, by its SHA-256 fingerprint (32 bytes): for a server with a certificate of its own making.</summary>
    public static ServerTrust Fingerprint(ReadOnlySpan<byte> sha256)
    {
        var wanted = sha256.Length == SHA256.HashSizeInBytes ? sha256.ToArray() : throw new ArgumentException("Not a SHA-256 fingerprint.", nameof(sha256));
        return new ServerTrust((certificate, _) => certificate.GetCertHash(HashAlgorithmName.SHA256).AsSpan().SequenceEqual(wanted));
    }

    /// <summary>The caller decides, for instance by asking the user.</summary>
    public static ServerTrust Ask(Func<X509Certificate2, SslPolicyErrors, bool> accept) => new(accept);

    internal Func<X509Certificate2, SslPolicyErrors, bool>? Accept { get; }

    /// <summary>For the platform's TLS.</summary>
    /// <param name="refused">Gets the certificate that is not trusted.</param>
    internal RemoteCertificateValidationCallback Callback(Action<UntrustedCertificate> refused) => (_, presented, _, errors) =>
    {
        if (presented is not X509Certificate2 certificate)
        {
            return false;
        }
        if (Accept?.Invoke(certificate, errors) ?? errors == SslPolicyErrors.None)
        {
            return true;
        }
        refused(new UntrustedCertificate(
            certificate.GetCertHash(HashAlgorithmName.SHA256),
            certificate.Subject,
            certificate.Issuer,
            certificate.NotBefore,
            certificate.NotAfter,
            NameMatches: !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)));
        return false;
    };
}
