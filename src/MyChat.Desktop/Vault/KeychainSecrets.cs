using MyChat.Desktop.Programs;

namespace MyChat.Desktop.Vault;

/// <summary>In the user's keychain on macOS, by <c>security</c>. Its commands go in by its input, as a command line is no secret.</summary>
/// <param name="folder">Which installation it belongs to.</param>
internal sealed class KeychainSecrets(string program, string folder) : ISecrets
{
    private const int NotFound = 44;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<byte[]?> LoadAsync(CancellationToken cancellationToken)
    {
        var result = await RunAsync(["find-generic-password", "-s", "MyChat", "-a", folder, "-w"], null, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == NotFound)
        {
            return null;
        }

        try
        {
            return result.ExitCode == 0
                ? Convert.FromBase64String(result.Output.Trim())
                : throw new SecretsException($"The keychain refuses: {result.Error.Trim()}");
        }
        catch (FormatException e)
        {
            throw new SecretsException("The keychain holds something else under MyChat's name.", e);
        }
    }

    public async Task SaveAsync(byte[]? secret, CancellationToken cancellationToken)
    {
        if (secret is null)
        {
            var deleted = await RunAsync(["delete-generic-password", "-s", "MyChat", "-a", folder], null, cancellationToken).ConfigureAwait(false);
            Check(deleted, deleted.ExitCode is 0 or NotFound);
            return;
        }

        var command = $"add-generic-password -U -s MyChat -a {Quote(folder)} -w {Convert.ToBase64String(secret)}\n";
        var result = await RunAsync(["-i"], command, cancellationToken).ConfigureAwait(false);
        // In this mode the exit code is 0 whatever happened.
        Check(result, result.ExitCode == 0 && result.Error.Length == 0);
    }

    private async Task<ProgramResult> RunAsync(string[] arguments, string? input, CancellationToken cancellationToken)
    {
        try
        {
            return await ExternalProgram.RunAsync(program, arguments, input, Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (ExternalProgramException e)
        {
            throw new SecretsException(e.Message, e);
        }
    }

    private static void Check(ProgramResult result, bool worked)
    {
        if (!worked)
        {
            throw new SecretsException($"The keychain refuses: {result.Error.Trim()}");
        }
    }

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
