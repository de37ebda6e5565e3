using MyChat.Host.Configuration;
using MyChat.Testing.Servers;

namespace MyChat.Host.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly Mychat _mychat = new();

    public void Dispose() => _mychat.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    [InlineData("user")]
    [InlineData("user add")]
    [InlineData("user passwd")]
    [InlineData("user delete")]
    [InlineData("user list")]
    public void Help_of_each_command_names_every_key_with_its_default(string command)
    {
        var help = Host.Commands.Help.For(command);

        Assert.All(ConfigurationKeys.All, key => Assert.Contains($"  {key.Name}={key.Default}\n      {key.Help}", help, StringComparison.Ordinal));
        Assert.Contains(command.Length == 0 ? "Examples:" : $"mychat {command}", help, StringComparison.Ordinal);
        Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 125, line));
    }

    [Fact]
    public async Task Help_and_version_are_answered_without_a_server()
    {
        foreach (var arguments in new string[][] { ["--help"], ["-h"], ["help"], ["serve", "--help"], ["help", "user", "add"] })
        {
            var help = await _mychat.RunAsync(arguments);
            Assert.Equal(0, help.ExitCode);
            Assert.Contains("Registration:PerAddressPerHour=20", help.Output, StringComparison.Ordinal);
        }

        var version = await _mychat.RunAsync("--version");
        Assert.Matches(@"^MyChat \d+\.\d+\.\d+\n$", version.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_mychat.Folder));
    }

    [Theory]
    [InlineData("sevre", "mychat: sevre is not a command; did you mean serve?\n")]
    [InlineData("user ad x", "mychat: user ad is not a command; did you mean user add?\n")]
    [InlineData("user", "mychat: user: expected add, passwd, delete, show or list; mychat help user tells more\n")]
    [InlineData("user add", "mychat: user add: expected one name, as in mychat user add romeo\n")]
    [InlineData("user list --yes", "mychat: --yes does not belong to user list; mychat help user list tells more\n")]
    [InlineData("serve now", "mychat: serve: expected no more words after it; mychat help serve tells more\n")]
    [InlineData("--Limits:RosterItems=x", "mychat: Limits:RosterItems=x (command line): expected a whole number from 0 to 2147483647\n")]
    [InlineData("user delete romeo", "mychat: user delete: expected --yes, for there is no terminal to ask on\n")]
    public async Task What_is_wrong_is_one_line_on_standard_error_and_exit_code_2(string arguments, string line)
    {
        var run = await _mychat.RunAsync(arguments.Split(' '));

        Assert.Equal((2, line, ""), (run.ExitCode, run.Error, run.Output));
    }

    [Theory]
    [InlineData("user add romeo --password=tybalt-must-die")]
    [InlineData("user add romeo --Password tybalt-must-die")]
    [InlineData("user add romeo tybalt-must-die")]
    [InlineData("user passwd romeo tybalt-must-die")]
    public async Task A_password_on_the_command_line_is_refused_and_not_repeated(string arguments)
    {
        var run = await _mychat.RunAsync(arguments.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("standard input", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("tybalt", run.Error + run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_mychat.Folder));
    }

    [Fact]
    public async Task The_environment_configures_the_program()
    {
        _mychat.Environment["MYCHAT__Registration__Mode"] = "invite";

        var run = await _mychat.RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("mychat: Registration:Mode=invite (environment MYCHAT__Registration__Mode): ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_certificate_names_its_key()
    {
        var run = await _mychat.RunAsync("--Tls:Certificate=no.pem", "--Tls:Key=no.key");

        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"^mychat: Tls:Certificate=\S+/no\.pem: expected a PEM file that can be read: [^\n]+\n$", run.Error);
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_named()
    {
        File.WriteAllText(Path.Combine(_mychat.Folder, "data"), "");

        var run = await _mychat.RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"^mychat: DataDirectory=\S+/data: expected a folder [^\n]+\n$", run.Error);
    }
}
