using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyChat.Xmpp.Sasl;

namespace MyChat.Xmpp.Tests.Sasl;

public class ChannelBindingsTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, int> Hashes => new()
    {
        { "SHA256", 32 }, { "SHA384", 48 }, { "SHA512", 64 },
    };

    [Theory]
    [MemberData(nameof(Hashes))]
    public void The_certificate_is_hashed_as_it_was_signed(string name, int length)
    {
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var hash = new HashAlgorithmName(name);
        Check(new CertificateRequest("CN=verona.lit", rsa, hash, RSASignaturePadding.Pkcs1));
        Check(new CertificateRequest("CN=verona.lit", rsa, hash, RSASignaturePadding.Pss));
        Check(new CertificateRequest("CN=verona.lit", ecdsa, hash));

        void Check(CertificateRequest request)
        {
            using var certificate = request.CreateSelfSigned(Start, Start.AddDays(1));
            var binding = ChannelBindings.ServerEndPoint(certificate);
            Assert.NotNull(binding);
            Assert.Equal("tls-server-end-point", binding.Type);
            Assert.Equal(length, binding.Data.Length);
            Assert.Equal(CryptographicOperations.HashData(hash, certificate.RawData), binding.Data.ToArray());
        }
    }

    [Theory]
    [InlineData("300D06092A864886F70D0101040500")] // MD5 with RSA
    [InlineData("300D06092A864886F70D0101050500")] // SHA-1 with RSA
    [InlineData("300906072A8648CE3D0401")] // SHA-1 with ECDSA
    [InlineData("300D06092A864886F70D01010A3000")] // RSASSA-PSS with its default, SHA-1
    [InlineData("301A06092A864886F70D01010A300DA00B300906052B0E03021A0500")] // RSASSA-PSS with SHA-1 by name
    public void A_signature_with_a_broken_hash_counts_as_sha256(string algorithm)
    {
        using var certificate = SignedWith(algorithm);
        Assert.Equal(SHA256.HashData(certificate.RawData), ChannelBindings.ServerEndPoint(certificate)?.Data.ToArray());
    }

    [Theory]
    [InlineData("300506032B6570")] // Ed25519
    [InlineData("300D06092A864886F70D01010E0500")] // SHA-224 with RSA, which the platform does not have
    public void A_signature_without_a_known_hash_gives_no_binding(string algorithm)
    {
        using var certificate = SignedWith(algorithm);
        Assert.Null(ChannelBindings.ServerEndPoint(certificate));
    }

    private static X509Certificate2 SignedWith(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=verona.lit", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.Create(new X500DistinguishedName("CN=verona.lit"), new Generator(algorithm), Start, Start.AddDays(1), [1]);
    }

    /// <summary>Names any algorithm in a certificate; nobody checks the signature here.</summary>
    private sealed class Generator(string algorithm) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString(algorithm);
        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => new byte[64];
        protected override PublicKey BuildPublicKey() => throw new NotSupportedException();
    }
}
