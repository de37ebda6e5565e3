namespace MyChat.Desktop.Vault;

/// <summary>A place for the one secret that the program keeps: what logs the user in again.</summary>
internal interface ISecrets
{
    /// <summary>The secret, or null when none is kept here.</summary>
    /// <exception cref="SecretsException">The place cannot be used.</exception>
    Task<byte[]?> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps it; null forgets.</summary>
    /// <exception cref="SecretsException">The place cannot be used.</exception>
    Task SaveAsync(byte[]? secret, CancellationToken cancellationToken);
}

/// <summary>A place for secrets that refuses: locked, not there, or broken.</summary>
internal sealed class SecretsException(string message, Exception? inner = null) : Exception(message, inner);
