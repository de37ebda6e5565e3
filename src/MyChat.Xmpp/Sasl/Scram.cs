using System.Security.Cryptography;

namespace MyChat.Xmpp.Sasl;

public enum ScramHash { Sha1, Sha256 }

/// <summary>What a server keeps of a password (RFC 5802 §3): enough to check it, useless to log in with.</summary>
public sealed record ScramKeys(ScramHash Hash, byte[] Salt, int Iterations, byte[] StoredKey, byte[] ServerKey)
{
    /// <summary>The length in bytes of every salt made here; a decoy must look like a real one.</summary>
    public const int SaltLength = 16;

    /// <summary>A fresh salt. Use one for each hash of an account, as <see cref="Decoy"/> does.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltLength);

    /// <summary>Derives the keys; costs about <paramref name="iterations"/> HMACs (3 ms for 10,000), so call it off the I/O
    /// threads.</summary>
    /// <param name="iterations">At least 4096 (RFC 7677 §4).</param>
    /// <exception cref="ArgumentException">The password is empty or holds what no password may (see
    /// <see cref="SaslPassword"/>).</exception>
    public static ScramKeys Derive(ScramHash hash, string password, byte[] salt, int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, ScramClient.MinimumIterations);
        return SaslPassword.TryPrepare(password, out var prepared)
            ? FromPrepared(hash, prepared, salt, iterations)
            : throw new ArgumentException("The password is empty or holds a character that no password may.", nameof(password));
    }

    /// <summary>
    /// Keys for an account that does not exist, which no password matches. The salt is the same at every attempt, so that a stranger cannot
    /// tell the account from a real one; the exchange then fails in <see cref="ScramServer.Finish"/> as with a wrong password.
    /// </summary>
    /// <param name="username">The normalized localpart where there is one, else what the client sent.</param>
    /// <param name="serverSecret">Random, kept with the database and never shown; at least 16 bytes.</param>
    /// <param name="iterations">What real accounts of this server have.</param>
    public static ScramKeys Decoy(ScramHash hash, string username, ReadOnlySpan<byte> serverSecret, int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(serverSecret.Length, 16, nameof(serverSecret));
        var size = ScramCrypto.Size(hash);
        return new ScramKeys(
            hash,
            DecoyPart("salt", hash, username, serverSecret)[..SaltLength],
            iterations,
            // Nobody knows what hashes to this, so no proof fits it.
            DecoyPart("stored key", hash, username, serverSecret)[..size],
            DecoyPart("server key", hash, username, serverSecret)[..size]);
    }

    /// <summary>Whether this is the password (for PLAIN): as dear as <see cref="Derive"/>, for a decoy too; false for what no password
    /// may hold.</summary>
    public bool Matches(string password) =>
        SaslPassword.TryPrepare(password, out var prepared) &&
        CryptographicOperations.FixedTimeEquals(FromPrepared(Hash, prepared, Salt, Iterations).StoredKey, StoredKey);

    private static ScramKeys FromPrepared(ScramHash hash, string password, byte[] salt, int iterations)
    {
        var salted = ScramCrypto.SaltedPassword(hash, password, salt, iterations);
        var storedKey = ScramCrypto.Hash(hash, ScramCrypto.ClientKey(hash, salted));
        return new ScramKeys(hash, salt, iterations, storedKey, ScramCrypto.ServerKey(hash, salted));
    }

    private static byte[] DecoyPart(string part, ScramHash hash, string username, ReadOnlySpan<byte> secret) =>
        HMACSHA256.HashData(secret, StrictText.Encode($"decoy {part}\0{hash}\0{username}"));
}
