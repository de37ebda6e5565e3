using System.Security.Cryptography;

namespace MyChat.Xmpp.Sasl;

/// <summary>The functions of RFC 5802 §2.2 for either hash.</summary>
internal static class ScramCrypto
{
    public static int Size(ScramHash hash) => hash == ScramHash.Sha1 ? SHA1.HashSizeInBytes : SHA256.HashSizeInBytes;

    /// <summary>H(str).</summary>
    public static byte[] Hash(ScramHash hash, ReadOnlySpan<byte> data) =>
        hash == ScramHash.Sha1 ? SHA1.HashData(data) : SHA256.HashData(data);

    public static byte[] Hmac(ScramHash hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data) =>
        hash == ScramHash.Sha1 ? HMACSHA1.HashData(key, data) : HMACSHA256.HashData(key, data);

    /// <summary>Hi(str, salt, i), which is PBKDF2 with the hash's own output length.</summary>
    public static byte[] SaltedPassword(ScramHash hash, string preparedPassword, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(
            preparedPassword, salt, iterations, hash == ScramHash.Sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, Size(hash));

    // RFC 5802 §3
    public static byte[] ClientKey(ScramHash hash, ReadOnlySpan<byte> saltedPassword) => Hmac(hash, saltedPassword, "Client Key"u8);

    public static byte[] ServerKey(ScramHash hash, ReadOnlySpan<byte> saltedPassword) => Hmac(hash, saltedPassword, "Server Key"u8);

    public static byte[] Xor(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var result = new byte[left.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (byte)(left[i] ^ right[i]);
        }

        return result;
    }
}
