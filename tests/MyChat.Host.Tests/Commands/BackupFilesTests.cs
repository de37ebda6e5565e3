using System.Diagnostics;
using MyChat.Testing.Servers;

namespace MyChat.Host.Tests.Commands;

/// <summary>What backup and restore say about files, and what they leave on a full disk.</summary>
public sealed class BackupFilesTests : IDisposable
{
    private readonly Mychat _mychat = new();

    public void Dispose() => _mychat.Dispose();

    [Fact]
    public async Task Where_there_is_no_database_none_is_made_to_be_backed_up()
    {
        var run = await _mychat.RunAsync("backup", "x.backup");
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("mychat: there is no MyChat database here yet", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_mychat.Folder, "data", "mychat.db")));
        Assert.Empty(Directory.GetFiles(_mychat.Folder));
    }

    [Fact]
    public async Task A_backup_takes_the_place_of_a_backup_but_of_nothing_else()
    {
        await _mychat.RunWithInputAsync("secret\n", "user", "add", "romeo");
        Assert.Equal(0, (await _mychat.RunAsync("backup", "my backup")).ExitCode);
        await _mychat.RunWithInputAsync("secret\n", "user", "add", "juliet");
        var second = await _mychat.RunAsync("backup", "my backup", "--quiet");
        Assert.Matches(@"^my backup: 2 accounts, 0 messages, [\d.]+ KB\.\n$", second.Output);
        Assert.Equal("", second.Error);

        var slip = await _mychat.RunAsync("backup", Path.Combine("data", "mychat.db"));
        Assert.Equal(1, slip.ExitCode);
        Assert.Contains("is no backup", slip.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await _mychat.RunAsync("backup", "data")).ExitCode);
        Assert.Contains("juliet", (await _mychat.RunAsync("user", "list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("restore", "a", "b")]
    [InlineData("backup", "a", "--replace")]
    [InlineData("backup", "a", "--fast")]
    public async Task A_command_line_that_cannot_be_meant_is_exit_code_2(params string[] arguments)
    {
        var run = await _mychat.RunAsync(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task What_is_no_backup_of_this_server_changes_nothing()
    {
        await _mychat.RunWithInputAsync("secret\n", "user", "add", "romeo");
        Assert.Equal(0, (await _mychat.RunAsync("backup", "x.backup")).ExitCode);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(_mychat.Folder, "x.backup"), TestContext.Current.CancellationToken);
        bytes[^40] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(_mychat.Folder, "damaged.backup"), bytes, TestContext.Current.CancellationToken);

        var damaged = await _mychat.RunAsync("restore", "damaged.backup", "--replace", "--quiet");
        Assert.Equal(1, damaged.ExitCode);
        Assert.StartsWith("mychat: This backup is damaged", damaged.Error, StringComparison.Ordinal);
        var missing = await _mychat.RunAsync("restore", "nowhere.backup", "--replace");
        Assert.StartsWith("mychat: cannot read nowhere.backup", missing.Error, StringComparison.Ordinal);
        var stranger = await _mychat.RunAsync("restore", "x.backup", "--replace", "--quiet", "--Domain=verona.lit");
        Assert.Equal((2, "mychat: this backup is of localhost, and Domain is verona.lit: expected --Domain=localhost\n"), (stranger.ExitCode, stranger.Error));
        Assert.Contains("romeo", (await _mychat.RunAsync("user", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_leaves_nothing_half_written()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "only root may make a small disk");
        await _mychat.RunWithInputAsync("secret\n", "user", "add", "romeo");
        var disk = Directory.CreateDirectory(Path.Combine(_mychat.Folder, "disk")).FullName;
        if (await ShellAsync("mount", "-t", "tmpfs", "-o", "size=16k,mode=700", "tmpfs", disk) != 0)
        {
            Assert.Skip("no small disk can be made here");
        }
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(disk, "filling"), new byte[15 * 1024], TestContext.Current.CancellationToken);
            var run = await _mychat.RunAsync("backup", Path.Combine(disk, "x.backup"), "--quiet");
            Assert.Equal((1, ""), (run.ExitCode, run.Output));
            Assert.Matches("^mychat: cannot write .*x.backup: .*[Nn]o space", run.Error);
            Assert.Equal(["filling"], Directory.GetFiles(disk).Select(Path.GetFileName));
        }
        finally
        {
            Assert.Equal(0, await ShellAsync("umount", disk));
        }
    }

    private static async Task<int> ShellAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
