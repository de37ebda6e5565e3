namespace MyChat.Xmpp.Sasl;

public enum ScramHash { Sha1, Sha256 }

/// <summary>What a server keeps of a password (RFC 5802 §3): enough to check it, useless to log in with.</summary>
public sealed record ScramKeys(ScramHash Hash, byte[] Salt, int Iterations, byte[] StoredKey, byte[] ServerKey)
{
    /// <summary>Derives the keys; costs about <paramref name="iterations"/> HMACs (3 ms for 10,000), so call it off the I/O threads.</summary>
    public static ScramKeys Derive(ScramHash hash, string password, byte[] salt, int iterations) => throw new NotImplementedException();
}
