using System.Text.Json;
using MyChat.Client.Connections;
using MyChat.Testing.Servers;

namespace MyChat.Host.Tests.Commands;

public sealed class StatusCommandTests : IDisposable
{
    private readonly Mychat _mychat = new();

    public void Dispose() => _mychat.Dispose();

    [Fact]
    public async Task It_tells_what_the_server_that_runs_has_done()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.RegisterAsync("romeo", "secret");
        string[] there = [$"--DataDirectory={Path.Combine(server.DataDirectory, "data")}"];

        var before = await ReadAsync(there);
        Assert.Equal(0, before.GetProperty("messages").GetInt64());
        await using (var romeo = await XmppConnection.OpenAsync(server.Connect(PlayTransport.StartTls).Transport, new ConnectionOptions { Domain = server.Domain }))
        {
            await romeo.LogInAsync(new LogIn("romeo", "secret") { StreamManagement = true });
            await romeo.SendAsync("<message to='romeo@verona.lit' type='chat'><body>Soft!</body></message>");
            await romeo.ConfirmAsync();
            var after = await ReadAsync(there);
            Assert.Equal((server.Id, "verona.lit", 1L, 1), (
                after.GetProperty("process").GetInt32(), after.GetProperty("domain").GetString(), after.GetProperty("messages").GetInt64(),
                after.GetProperty("connections").GetInt32()));
            Assert.True(after.GetProperty("commits").GetInt64() > before.GetProperty("commits").GetInt64());
            foreach (var amount in (string[])["processorSeconds", "residentBytes", "allocatedBytes"])
            {
                Assert.InRange(after.GetProperty(amount).GetDouble(), double.Epsilon, double.MaxValue);
            }
        }

        var words = await _mychat.RunAsync(["status", .. there]);
        Assert.Matches($@"^MyChat \S+ serves verona\.lit\n  process      {server.Id}, since \d{{4}}-[^\n]+\n  database     SQLite [^\n]+\n  connections  \d\n", words.Output);
    }

    [Fact]
    public async Task Where_none_runs_it_says_so() =>
        Assert.Equal(new Run(1, "", $"mychat: no server runs in {_mychat.Folder}/data\n"), await _mychat.RunAsync("status"));

    private async Task<JsonElement> ReadAsync(string[] there)
    {
        var run = await _mychat.RunAsync(["status", "--json", .. there]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonElement.Parse(run.Output);
    }
}
