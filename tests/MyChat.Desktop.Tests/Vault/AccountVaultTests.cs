using Microsoft.Extensions.Logging.Abstractions;
using MyChat.Client.Sessions;
using MyChat.Desktop.Vault;
using MyChat.Ui.App;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;

namespace MyChat.Desktop.Tests.Vault;

/// <summary>Where the account is remembered. <c>secret-tool</c> is a script here that keeps what it is given in a file.</summary>
public sealed class AccountVaultTests : IDisposable
{
    // What secret-tool does: store reads the secret from its input, lookup prints it, clear forgets; 1 without a word is "no such item".
    private const string Keyring = """
        file="$0.secret"
        echo "$*" >> "$0.calls"
        case "$1" in
            store) shift; cat > "$file" ;;
            lookup) [ -f "$file" ] || exit 1; cat "$file" ;;
            clear) [ -f "$file" ] || exit 1; rm "$file" ;;
        esac
        """;

    private const string LockedKeyring = "echo 'secret-tool: Cannot prompt: locked' >&2; exit 1";
    private const string ForgetfulKeyring = "cat > /dev/null";

    private static readonly RememberedAccount Romeo = new(
        BareJid.Parse("romeo@verona.lit"),
        new ServerAddress("verona.lit") { Host = "127.0.0.1", Port = 5222, TrustedCertificate = [1, 2, 3] },
        [new SaltedKey(ScramHash.Sha256, [4, 5], 4096, [6, 7, 8])]);

    private readonly TemporaryFolder _folder = new();

    private string SecretFile => _folder["account"];

    [Fact]
    public async Task Without_a_keyring_it_is_kept_in_a_file_that_only_the_user_may_read()
    {
        await Vault(null).SaveAsync(Romeo, default);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SecretFile));
        AssertRomeo(await Vault(null).LoadAsync(default));
        await Vault(null).SaveAsync(null, default);
        Assert.Null(await Vault(null).LoadAsync(default));
        Assert.False(File.Exists(SecretFile));
    }

    [Fact]
    public async Task With_a_keyring_it_is_kept_there_and_no_command_line_shows_it()
    {
        var tool = _folder.Script("secret-tool", Keyring);
        await Vault(tool).SaveAsync(Romeo, default);

        Assert.False(File.Exists(SecretFile));
        AssertRomeo(await Vault(tool).LoadAsync(default));
        var secret = await File.ReadAllTextAsync(tool + ".secret");
        Assert.DoesNotContain(secret, await File.ReadAllTextAsync(tool + ".calls"), StringComparison.Ordinal);
        await Vault(tool).SaveAsync(null, default);
        Assert.Null(await Vault(tool).LoadAsync(default));
        Assert.False(File.Exists(tool + ".secret"));
    }

    [Theory]
    [InlineData(LockedKeyring)]
    [InlineData(ForgetfulKeyring)]
    public async Task A_keyring_that_does_not_work_is_replaced_by_the_file(string script)
    {
        var tool = _folder.Script("secret-tool", script);
        await Vault(tool).SaveAsync(Romeo, default);

        Assert.True(File.Exists(SecretFile));
        AssertRomeo(await Vault(tool).LoadAsync(default));
    }

    [Fact]
    public async Task A_keyring_that_works_again_takes_over_from_the_file()
    {
        var tool = _folder.Script("secret-tool", LockedKeyring);
        await Vault(tool).SaveAsync(Romeo, default);
        _folder.Script("secret-tool", Keyring);
        AssertRomeo(await Vault(tool).LoadAsync(default));
        await Vault(tool).SaveAsync(Romeo, default);

        Assert.False(File.Exists(SecretFile));
        AssertRomeo(await Vault(tool).LoadAsync(default));
    }

    [Fact]
    public async Task Who_signed_out_while_the_keyring_was_locked_stays_signed_out()
    {
        var tool = _folder.Script("secret-tool", Keyring);
        await Vault(tool).SaveAsync(Romeo, default);
        _folder.Script("secret-tool", LockedKeyring);
        await Vault(tool).SaveAsync(null, default);
        _folder.Script("secret-tool", Keyring);

        Assert.True(File.Exists(tool + ".secret"));
        Assert.Null(await Vault(tool).LoadAsync(default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"Account":"not an @@ address","Server":{"Domain":"verona.lit"},"Keys":[]}""")]
    public async Task A_file_that_holds_something_else_is_no_account(string content)
    {
        await File.WriteAllTextAsync(SecretFile, content);

        Assert.Null(await Vault(null).LoadAsync(default));
    }

    [Fact]
    public async Task The_password_is_not_what_is_kept()
    {
        await Vault(null).SaveAsync(Romeo, default);

        Assert.DoesNotContain("assword", await File.ReadAllTextAsync(SecretFile), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private AccountVault Vault(string? secretTool) => new(
        secretTool is null ? null : new SecretToolSecrets(secretTool, _folder.Path), new FileSecrets(SecretFile), NullLogger<AccountVault>.Instance);

    private static void AssertRomeo(RememberedAccount? account)
    {
        Assert.NotNull(account);
        Assert.Equal(Romeo.Account, account.Account);
        Assert.Equal(Romeo.Server with { TrustedCertificate = null }, account.Server with { TrustedCertificate = null });
        Assert.Equal(Romeo.Server.TrustedCertificate, account.Server.TrustedCertificate);
        var key = Assert.Single(account.Keys);
        Assert.Equal((ScramHash.Sha256, 4096), (key.Hash, key.Iterations));
        Assert.Equal([4, 5], key.Salt);
        Assert.Equal([6, 7, 8], key.Key);
    }
}
