using System.Security.Cryptography;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Sasl;

namespace MyChat.Client.Connections;

/// <summary>Where SCRAM's SaltedPassword comes from: a key kept of an earlier log-in where it fits, else the password.</summary>
internal sealed class ScramSecret(LogIn logIn)
{
    /// <summary>What the exchange used.</summary>
    public SaltedKey? Used { get; private set; }

    /// <summary>Whether it can be logged in so: without a password, only with a hash that there is a key of.</summary>
    public bool CanDo(string mechanism) =>
        logIn.Password is not null || (ScramMechanism.TryParse(mechanism, out var scram) && logIn.Keys.Any(key => key.Hash == scram.Hash));

    public async ValueTask<byte[]> DeriveAsync(
        ScramHash hash, string password, ReadOnlyMemory<byte> salt, int iterations, CancellationToken cancellationToken)
    {
        Used = logIn.Keys.FirstOrDefault(key => key.Hash == hash && key.Iterations == iterations && salt.Span.SequenceEqual(key.Salt))
            ?? await MakeAsync(hash, password, salt, iterations, cancellationToken).ConfigureAwait(false);
        return Used.Key;
    }

    private async ValueTask<SaltedKey> MakeAsync(
        ScramHash hash, string password, ReadOnlyMemory<byte> salt, int iterations, CancellationToken cancellationToken)
    {
        if (logIn.Password is null)
        {
            // The account has another password by now, or is another: only the user can tell.
            throw new SaslException(SaslCondition.NotAuthorized, "The kept key does not fit what the server asks.");
        }
        var key = logIn.DeriveSaltedPassword is { } derive
            ? await derive(hash, password, salt, iterations, cancellationToken).ConfigureAwait(false)
            : await Task.Run(() => Pbkdf2(hash, password, salt.Span, iterations), cancellationToken).ConfigureAwait(false);
        return new SaltedKey(hash, salt.ToArray(), iterations, key);
    }

    private static byte[] Pbkdf2(ScramHash hash, string password, ReadOnlySpan<byte> salt, int iterations) => hash == ScramHash.Sha1
        ? Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA1, SHA1.HashSizeInBytes)
        : Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
}
