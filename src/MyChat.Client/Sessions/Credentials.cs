using MyChat.Xmpp.Sasl;

namespace MyChat.Client.Sessions;

/// <summary>
/// What PBKDF2 made of a password for one account (RFC 5802 §3): enough to log in there as long as the salt stays, useless elsewhere. It is kept
/// in the place of the password.
/// </summary>
public sealed record SaltedKey(ScramHash Hash, byte[] Salt, int Iterations, byte[] Key)
{
    // A record prints its members.
    public override string ToString() => nameof(SaltedKey);
}

/// <summary>How the user proves to be who it is: the password, keys made of it earlier, or both.</summary>
public sealed record Credentials
{
    public Credentials(string password) => Password = password;

    public Credentials(params IEnumerable<SaltedKey> keys) => Keys = [.. keys];

    public string? Password { get; init; }
    public IReadOnlyList<SaltedKey> Keys { get; init; } = [];

    public override string ToString() => nameof(Credentials);
}
