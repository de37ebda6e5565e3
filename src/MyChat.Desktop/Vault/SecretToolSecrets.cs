using System.Text;
using MyChat.Desktop.Programs;

namespace MyChat.Desktop.Vault;

/// <summary>In the keyring of the Linux desktop (Secret Service), by libsecret's <c>secret-tool</c>. The secret never stands in a command line.</summary>
/// <param name="folder">Which installation it belongs to.</param>
internal sealed class SecretToolSecrets(string program, string folder) : ISecrets
{
    // The keyring may ask the user for its password first.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<byte[]?> LoadAsync(CancellationToken cancellationToken)
    {
        var result = await RunAsync(["lookup", .. Attributes], null, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 && result.Output.Length > 0 ? Decode(result.Output)
            // "No such item" is exit code 1 without a word.
            : result.ExitCode <= 1 && result.Error.Length == 0 ? null
            : throw new SecretsException($"The keyring refuses: {result.Error.Trim()}");
    }

    public async Task SaveAsync(byte[]? secret, CancellationToken cancellationToken)
    {
        var result = secret is null
            ? await RunAsync(["clear", .. Attributes], null, cancellationToken).ConfigureAwait(false)
            : await RunAsync(["store", "--label=MyChat", .. Attributes], Convert.ToBase64String(secret), cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0 && (secret is not null || result.Error.Length > 0))
        {
            throw new SecretsException($"The keyring refuses: {result.Error.Trim()}");
        }
    }

    private string[] Attributes => ["application", "mychat-desktop", "folder", folder];

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

    private static byte[] Decode(string text)
    {
        try
        {
            return Convert.FromBase64String(text.Trim());
        }
        catch (FormatException e)
        {
            throw new SecretsException("The keyring holds something else under MyChat's name.", e);
        }
    }
}
