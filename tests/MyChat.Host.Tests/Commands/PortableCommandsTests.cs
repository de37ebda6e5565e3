using System.Text.Json;
using System.Xml.Linq;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Host.Tests.Commands;

/// <summary>check, move, export, import and user show, as an operator types them.</summary>
public sealed class PortableCommandsTests : IDisposable
{
    private readonly Mychat _mychat = new();

    public void Dispose() => _mychat.Dispose();

    [Fact]
    public async Task Accounts_go_out_and_come_in_through_the_server_that_runs()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.RegisterAsync("romeo", "secret");
        await server.RegisterAsync("小明", "secret");
        string[] there = [$"--DataDirectory={Path.Combine(server.DataDirectory, "data")}", "--Domain=verona.lit"];

        var one = await _mychat.RunAsync(["export", "romeo", "it's romeo.xml", .. there]);
        Assert.Equal(0, one.ExitCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mychat.Mode(Path.Combine(_mychat.Folder, "it's romeo.xml")));
        var all = await _mychat.RunAsync(["export", "--all", "all of them", "--quiet", .. there]);
        Assert.Equal((0, ""), (all.ExitCode, all.Error));
        Assert.True(File.Exists(Path.Combine(_mychat.Folder, "all of them", "verona.lit", "小明.xml")));
        var taken = await _mychat.RunAsync(["import", "it's romeo.xml", "--quiet", .. there]);
        Assert.Equal((1, "", "mychat: romeo@verona.lit exists already; nothing was imported\n"), (taken.ExitCode, taken.Output, taken.Error));

        Assert.Equal(0, (await _mychat.RunAsync(["user", "delete", "romeo", "--yes", .. there])).ExitCode);
        Assert.Equal(0, (await _mychat.RunAsync(["user", "delete", "小明", "--yes", .. there])).ExitCode);
        var back = await _mychat.RunAsync(["import", Path.Combine("all of them", "server-data.xml"), "--quiet", .. there]);
        Assert.Equal(new Run(0, "Imported romeo@verona.lit, 小明@verona.lit with 0 messages.\n", ""), back);
        var shown = await _mychat.RunAsync(["user", "show", "小明", "--json", .. there]);
        using var user = JsonDocument.Parse(shown.Output);
        Assert.Equal("小明@verona.lit", user.RootElement.GetProperty("address").GetString());
        Assert.Matches(@"^romeo@verona.lit\n  created     \d{4}-.*\n  connected   no\n", (await _mychat.RunAsync(["user", "show", "romeo", .. there])).Output);

        var check = await _mychat.RunAsync(["check", "--quiet", .. there]);
        Assert.Equal(new Run(0, "The database is sound.\n", ""), check);
        var repair = await _mychat.RunAsync(["check", "--repair", .. there]);
        Assert.Equal((1, ""), (repair.ExitCode, repair.Output));
        Assert.Contains("needs a stopped server", repair.Error, StringComparison.Ordinal);
        var move = await _mychat.RunAsync(["move", "--to=sqlite", "--to-directory=elsewhere", .. there]);
        Assert.Contains("needs a stopped server", move.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_goes_to_standard_output_and_what_is_included_comes_from_its_folder_only()
    {
        await _mychat.RunWithInputAsync("secret\n", "user", "add", "romeo");
        var printed = await _mychat.RunAsync("export", "romeo", "--quiet");
        Assert.Equal("romeo", XDocument.Parse(printed.Output).Descendants().First(element => element.Name.LocalName == "user").Attribute("name")!.Value);
        Assert.Equal((1, "mychat: nobody@localhost does not exist\n"), await Error("export", "nobody", "--quiet"));
        Assert.Equal((2, "mychat: export: expected a name, as in mychat export romeo romeo.xml; or --all and a folder\n"), await Error("export"));

        foreach (var href in (string[])["../x.xml", "/etc/passwd", "file:///etc/passwd", "loop.xml", "missing.xml"])
        {
            await File.WriteAllTextAsync(Path.Combine(_mychat.Folder, "loop.xml"),
                $"<server-data xmlns='urn:xmpp:pie:0' xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{href}'/></server-data>", TestContext.Current.CancellationToken);
            var (code, error) = await Error("import", "loop.xml", "--quiet");
            Assert.Equal(1, code);
            Assert.Single(error.TrimEnd('\n').Split('\n'));
        }
        Assert.Equal("Address          Created", (await _mychat.RunAsync("user", "list")).Output.Split('\n')[0]);
    }

    [Fact]
    public async Task All_data_moves_to_a_database_server_and_back()
    {
        var server = DatabaseServers.Get("postgres");
        var name = await server.CreateDatabaseAsync();
        await _mychat.RunWithInputAsync("secret\n", "user", "add", "小明");
        _mychat.Environment["MYCHAT_TO_CONNECTION_STRING"] = server.ConnectionString(name);
        var there = await _mychat.RunAsync("move", "--to=postgres");
        Assert.Equal(0, there.ExitCode);
        Assert.StartsWith("Moved 1 account and 0 messages\n  from  SQLite ", there.Output, StringComparison.Ordinal);
        Assert.Contains("comparing accounts: 1\n", there.Error, StringComparison.Ordinal);

        _mychat.Environment["MYCHAT__Storage__Provider"] = "postgres";
        _mychat.Environment["MYCHAT__Storage__ConnectionString"] = server.ConnectionString(name);
        Assert.Contains("小明@localhost", (await _mychat.RunAsync("user", "list")).Output, StringComparison.Ordinal);
        var back = await _mychat.RunAsync("move", "--to=sqlite", "--to-directory=back", "--quiet", "--json");
        using var said = JsonDocument.Parse(back.Output);
        Assert.Equal(1, said.RootElement.GetProperty("rows").GetProperty("account").GetInt32());
        Assert.True(File.Exists(Path.Combine(_mychat.Folder, "back", "mychat.db")));
        Assert.Equal(0, (await _mychat.RunAsync("check", "--quiet")).ExitCode);
        await server.DropDatabaseAsync(name);
    }

    [Fact]
    public async Task Old_messages_go_when_they_are_counted_and_the_operator_agreed()
    {
        await using var server = await ServerProcess.StartAsync();
        string[] there = [$"--DataDirectory={Path.Combine(server.DataDirectory, "data")}", "--Domain=verona.lit"];
        await using (var play = new Play(server, PlayTransport.Tls, ownsServer: false))
        {
            var romeo = await play.Enter("romeo/orchard");
            for (var i = 0; i < 5; i++)
            {
                await romeo.Sends($"<message to='romeo@verona.lit' type='chat'><body>{i}</body></message>");
                await romeo.Receives($"<message …><body>{i}</body>…</message>");
            }
            await romeo.Disconnects();
        }

        Assert.Equal((2, "mychat: history prune: expected --yes, for there is no terminal to ask on\n"), await Error(["history", "prune", "--messages=2", .. there]));
        Assert.Equal((1, "mychat: the configuration keeps everything: say what is to go with --days=N or --messages=N\n"),
            await Error(["history", "prune", "--yes", "--quiet", .. there]));
        Assert.Equal((1, "mychat: nobody@verona.lit does not exist\n"), await Error(["history", "prune", "--yes", "--quiet", "--days=1", "--user=nobody", .. there]));
        Assert.StartsWith("Would remove 3 messages (", (await _mychat.RunAsync(["history", "prune", "--messages=2", "--dry-run", "--quiet", .. there])).Output, StringComparison.Ordinal);
        var done = await _mychat.RunAsync(["history", "prune", "--messages=2", "--user=romeo", "--yes", "--json", .. there]);
        using var said = JsonDocument.Parse(done.Output);
        Assert.Equal((1, 3), (said.RootElement.GetProperty("accounts").GetInt32(), said.RootElement.GetProperty("messages").GetInt32()));
        Assert.Contains("accounts looked at: 1\n", done.Error, StringComparison.Ordinal);
        Assert.StartsWith("Would remove 0 messages", (await _mychat.RunAsync(["history", "prune", "--messages=2", "--dry-run", "--quiet", .. there])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("history", "expected prune")]
    [InlineData("history prune --days=0", "expected a whole number from 1 to 36500")]
    [InlineData("history prune --messages=all", "expected a whole number")]
    [InlineData("move", "expected --to=sqlite")]
    [InlineData("move --to=oracle", "expected sqlite, mysql, postgres")]
    [InlineData("move --to=mysql", "--to-connection-string")]
    [InlineData("check x", "expected no more words")]
    [InlineData("export --all a b", "expected one folder")]
    [InlineData("import", "expected one file")]
    public async Task A_command_line_that_cannot_be_meant_is_exit_code_2(string line, string word)
    {
        var (code, error) = await Error(line.Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(word, error, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Error)> Error(params string[] arguments)
    {
        var run = await _mychat.RunAsync(arguments);
        Assert.Equal("", run.Output);
        return (run.ExitCode, run.Error);
    }
}
