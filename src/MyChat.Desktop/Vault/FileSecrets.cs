using System.Security.Cryptography;
using MyChat.Desktop.Data;

namespace MyChat.Desktop.Vault;

/// <summary>In a file that only the user may read; on Windows also encrypted for the user (DPAPI).</summary>
internal sealed class FileSecrets(string file) : ISecrets
{
    public Task<byte[]?> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var content = DataFolder.Read(file);
            return Task.FromResult(content is null || !OperatingSystem.IsWindows()
                ? content
                : ProtectedData.Unprotect(content, null, DataProtectionScope.CurrentUser));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Task.FromException<byte[]?>(new SecretsException($"The remembered account cannot be read: {e.Message}", e));
        }
    }

    public Task SaveAsync(byte[]? secret, CancellationToken cancellationToken)
    {
        try
        {
            if (secret is null)
            {
                File.Delete(file);
            }
            else
            {
                DataFolder.Write(file, OperatingSystem.IsWindows() ? ProtectedData.Protect(secret, null, DataProtectionScope.CurrentUser) : secret);
            }

            return Task.CompletedTask;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Task.FromException(new SecretsException($"The account cannot be remembered: {e.Message}", e));
        }
    }
}
