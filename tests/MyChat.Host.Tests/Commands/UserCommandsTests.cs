using System.Text.Json;
using MyChat.Client.Connections;
using MyChat.Testing.Servers;

namespace MyChat.Host.Tests.Commands;

public sealed class UserCommandsTests : IDisposable
{
    private readonly Mychat _mychat = new();

    public void Dispose() => _mychat.Dispose();

    [Fact]
    public async Task Accounts_are_kept_without_a_server() => await Play([]);

    [Fact]
    public async Task Accounts_of_a_server_that_runs_are_kept_through_it()
    {
        await using var server = await ServerProcess.StartAsync(domain: "localhost");

        await Play([$"--DataDirectory={Path.Combine(server.DataDirectory, "data")}"]);
    }

    [Fact]
    public async Task A_password_that_a_command_set_logs_in()
    {
        await using var server = await ServerProcess.StartAsync();
        string[] there = [$"--DataDirectory={Path.Combine(server.DataDirectory, "data")}"];
        await _mychat.RunWithInputAsync("rosaline\n", ["user", "add", "romeo", .. there]);
        var changed = await _mychat.RunWithInputAsync("juliet\n", ["user", "passwd", "romeo", .. there]);

        Assert.Equal(new Run(0, "The password of romeo@verona.lit was changed.\n", ""), changed);
        await LogIn(server, "juliet");
        await Assert.ThrowsAsync<AuthenticationException>(() => LogIn(server, "rosaline"));
    }

    [Theory]
    [InlineData("", "no password: expected it on the first line of standard input")]
    [InlineData("\n", "no password: expected it on the first line of standard input")]
    [InlineData("a\u0007b\n", "this password cannot be used: expected at least one character, and no control characters (RFC 8265 §4.2)")]
    public async Task A_password_that_cannot_be_one_is_refused(string input, string line)
    {
        var run = await _mychat.RunWithInputAsync(input, "user", "add", "romeo", "--password-stdin");

        Assert.Equal(new Run(1, "", $"mychat: {line}\n"), run);
    }

    [Theory]
    [InlineData("ro meo", "ro meo cannot be a name")]
    [InlineData("romeo@verona.lit", "romeo@verona.lit is not an address of this server, whose domain is localhost")]
    public async Task A_name_that_cannot_be_one_is_refused(string name, string line)
    {
        var run = await _mychat.RunWithInputAsync("secret\n", "user", "add", name);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"mychat: {line}", run.Error, StringComparison.Ordinal);
    }

    private async Task Play(string[] options)
    {
        Assert.Equal(new Run(0, "romeo@localhost was created.\n", ""), await _mychat.RunWithInputAsync("secret\nmore\n", ["user", "add", "Romeo", .. options]));
        Assert.Equal(new Run(1, "", "mychat: romeo@localhost exists already\n"), await _mychat.RunWithInputAsync("x\n", ["user", "add", "romeo@localhost", .. options]));
        Assert.Equal(0, (await _mychat.RunWithInputAsync("secret\n", ["user", "add", "小明", .. options])).ExitCode);
        Assert.Equal(new Run(1, "", "mychat: nobody@localhost does not exist\n"), await _mychat.RunWithInputAsync("x\n", ["user", "passwd", "nobody", .. options]));

        var table = await _mychat.RunAsync(["user", "list", .. options]);
        Assert.Matches(@"^Address +Created\nromeo@localhost +\d{4}-\d\d-\d\d \d\d:\d\d\n小明@localhost +\d{4}-\d\d-\d\d \d\d:\d\d\n$", table.Output);

        var json = await _mychat.RunAsync(["user", "list", "--json", .. options]);
        using var list = JsonDocument.Parse(json.Output);
        Assert.Equal(["romeo@localhost", "小明@localhost"], list.RootElement.EnumerateArray().Select(user => user.GetProperty("address").GetString()));

        Assert.Equal(new Run(0, "romeo@localhost was deleted.\n", ""), await _mychat.RunAsync(["user", "delete", "romeo", "--yes", .. options]));
        Assert.Equal(new Run(1, "", "mychat: romeo@localhost does not exist\n"), await _mychat.RunAsync(["user", "delete", "romeo", "--yes", .. options]));
        Assert.DoesNotContain("romeo", (await _mychat.RunAsync(["user", "list", .. options])).Output, StringComparison.Ordinal);
    }

    private static async Task LogIn(ServerProcess server, string password)
    {
        await using var connection = await XmppConnection.OpenAsync(server.Connect(PlayTransport.Tls).Transport, new ConnectionOptions { Domain = server.Domain });
        await connection.LogInAsync(new LogIn("romeo", password));
    }
}
