using System.Text.Json;
using MyChat.Desktop.Data;
using MyChat.Desktop.Programs;
using MyChat.Ui.App;

namespace MyChat.Desktop.Vault;

/// <summary>
/// Remembers the account: keys made of the password, never the password. In the system's own safe place where there is one that works, else in a
/// file that only the user may read.
/// </summary>
/// <param name="safe">The system's own place, or null.</param>
internal sealed partial class AccountVault(ISecrets? safe, ISecrets file, ILogger<AccountVault> logger)
{
    /// <summary>What this system has.</summary>
    public static AccountVault ForSystem(DataFolder folder, ILogger<AccountVault> logger) =>
        new(SystemSafe(folder), new FileSecrets(folder.AccountFile), logger);

    /// <summary>The remembered account, or null. What cannot be read counts as not there: the user logs in again.</summary>
    public async Task<RememberedAccount?> LoadAsync(CancellationToken cancellationToken)
    {
        // The file is there only when the safe place did not work at the time.
        var secret = await LoadAsync(file, cancellationToken).ConfigureAwait(false);
        if (secret is null && safe is not null)
        {
            secret = await LoadAsync(safe, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return secret is null or [] ? null : JsonSerializer.Deserialize(secret, DesktopJson.Default.AccountRecord)?.ToAccount();
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            Log.CannotLoad(logger, e.Message);
            return null;
        }
    }

    /// <summary>Remembers an account in the place of the one before; null forgets.</summary>
    /// <exception cref="SecretsException">It cannot be kept anywhere, or not be forgotten.</exception>
    public async Task SaveAsync(RememberedAccount? account, CancellationToken cancellationToken)
    {
        var secret = account is null
            ? null
            : JsonSerializer.SerializeToUtf8Bytes(AccountRecord.From(account), DesktopJson.Default.AccountRecord);
        if (safe is not null && await TrySaveSafelyAsync(safe, secret, cancellationToken).ConfigureAwait(false))
        {
            await file.SaveAsync(null, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // An empty file says that nothing is remembered, whatever a safe place that is locked now may say later.
            await file.SaveAsync(secret ?? (safe is null ? null : []), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<byte[]?> LoadAsync(ISecrets place, CancellationToken cancellationToken)
    {
        try
        {
            return await place.LoadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SecretsException e)
        {
            Log.CannotLoad(logger, e.Message);
            return null;
        }
    }

    private async Task<bool> TrySaveSafelyAsync(ISecrets place, byte[]? secret, CancellationToken cancellationToken)
    {
        try
        {
            await place.SaveAsync(secret, cancellationToken).ConfigureAwait(false);
            // A keyring without a session to keep it says yes, and forgets.
            var kept = await place.LoadAsync(cancellationToken).ConfigureAwait(false);
            return secret is null ? kept is null : secret.AsSpan().SequenceEqual(kept);
        }
        catch (SecretsException e)
        {
            Log.CannotSaveSafely(logger, e.Message);
            return false;
        }
    }

    private static ISecrets? SystemSafe(DataFolder folder)
    {
        if (OperatingSystem.IsMacOS())
        {
            return ExternalProgram.Find("security") is { } security ? new KeychainSecrets(security, folder.Path) : null;
        }

        // On Windows the file itself is protected.
        return OperatingSystem.IsLinux() && ExternalProgram.Find("secret-tool") is { } tool ? new SecretToolSecrets(tool, folder.Path) : null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The remembered account cannot be read: {reason}")]
        public static partial void CannotLoad(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The system's safe place for secrets does not work ({reason}); a file is used that only you may read.")]
        public static partial void CannotSaveSafely(ILogger logger, string reason);
    }
}
