using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MyChat.Xmpp.Sasl;

/// <summary>The bindings that can be computed here.</summary>
/// <remarks>
/// tls-exporter (RFC 9266) is not among them: SslStream in .NET 10 has no way to export keying material (ChannelBindingKind knows
/// tls-unique and the end point only), and tls-unique is undefined for TLS 1.3 (RFC 8446 §C.5).
/// </remarks>
public static class ChannelBindings
{
    public const string TlsServerEndPoint = "tls-server-end-point";

    private const string RsaSsaPss = "1.2.840.113549.1.1.10";

    /// <summary>RFC 5929 §4.1: the hash of the server's certificate; null where the certificate's signature names no single hash
    /// (Ed25519).</summary>
    public static ChannelBinding? ServerEndPoint(X509Certificate2 certificate)
    {
        var der = certificate.RawData;
        var hash = SignatureHash(certificate.SignatureAlgorithm.Value, der);
        return hash is null ? null : new ChannelBinding(TlsServerEndPoint, CryptographicOperations.HashData(hash.Value, der));
    }

    // MD5 and SHA-1 are replaced by SHA-256.
    private static HashAlgorithmName? SignatureHash(string? algorithm, byte[] der) => algorithm switch
    {
        "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1" or "1.2.840.10040.4.3" => HashAlgorithmName.SHA256,
        "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" or "2.16.840.1.101.3.4.3.2" => HashAlgorithmName.SHA256,
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
        RsaSsaPss => PssHash(der),
        _ => null,
    };

    // RFC 4055 §3.1: PSS names its hash in the parameters, SHA-1 when they are absent.
    private static HashAlgorithmName? PssHash(byte[] der)
    {
        var certificate = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        certificate.ReadEncodedValue(); // the tbsCertificate
        var algorithm = certificate.ReadSequence();
        algorithm.ReadObjectIdentifier();
        var parameters = algorithm.HasData ? algorithm.ReadSequence() : null;
        var hashTag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (parameters is not { HasData: true } || parameters.PeekTag() != hashTag)
        {
            return HashAlgorithmName.SHA256;
        }

        return parameters.ReadSequence(hashTag).ReadSequence().ReadObjectIdentifier() switch
        {
            "1.2.840.113549.2.5" or "1.3.14.3.2.26" or "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
            "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
            "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
            _ => null,
        };
    }
}
