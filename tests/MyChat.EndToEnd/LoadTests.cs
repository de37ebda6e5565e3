using MyChat.Bench;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd;

/// <summary>The load generator on the real program, shorter than one would measure: nothing may be lost or doubled.</summary>
public sealed class LoadTests
{
    [Fact]
    public async Task Three_hundred_idle_sessions_stay_alive()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        await using var server = await ServerProcess.StartAsync();
        await RunAsync(server, "idle", "--sessions", "300", "--seconds", "5");
    }

    [Fact]
    public async Task Twenty_pairs_chat_without_a_loss()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        await using var server = await ServerProcess.StartAsync();
        await RunAsync(server, "chat", "--pairs", "20", "--outstanding", "4", "--seconds", "10");
    }

    [Theory]
    [InlineData(Meddling.Drop, "lost=1")]
    [InlineData(Meddling.Double, "duplicates=1")]
    [InlineData(Meddling.Swap, "disordered=1")]
    [InlineData(Meddling.Alter, "altered=1")]
    public async Task What_happens_to_a_message_on_its_way_is_found_out(Meddling meddling, string flaw)
    {
        await using var server = await ServerProcess.StartAsync([ServerProcess.Plaintext]);
        await using var proxy = new MeddlingProxy(server.StartTlsPort, meddling);
        using var report = new StringWriter();
        using var progress = new StringWriter();
        var code = await BenchCommand.RunAsync(
            [
                "chat", "--pairs", "2", "--outstanding", "4", "--seconds", "1", "--warm-up", "0", "--patience", "2",
                "--transport", "plaintext", "--sm", "false", "--domain", server.Domain, "--port", $"{proxy.Port}", "--register", "true",
            ],
            report,
            progress,
            TestContext.Current.CancellationToken);
        Assert.Equal(1, code);
        var flaws = report.ToString().ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.Split('=') is ["lost" or "duplicates" or "disordered" or "altered" or "errors" or "unacknowledged", not "0"]);
        Assert.Equal([flaw], flaws);
    }

    [Theory]
    [InlineData("'--sessions' is no option of chat.", "chat", "--sessions", "3")]
    [InlineData("--pairs is a number from 1 on, not 'many'.", "chat", "--pairs", "many")]
    [InlineData("--transport is one of plaintext, starttls, tls, websocket, wss, not 'udp'.", "idle", "--transport=udp")]
    [InlineData("--rate needs a value.", "rate", "--rate")]
    public async Task Wrong_options_are_one_line(string reason, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(2, await BenchCommand.RunAsync(arguments, output, errors, TestContext.Current.CancellationToken));
        Assert.Equal($"{reason} See --help.", errors.ToString().TrimEnd());
        Assert.Equal("", output.ToString());
    }

    private static async Task RunAsync(ServerProcess server, params string[] arguments)
    {
        using var report = new StringWriter();
        var code = await BenchCommand.RunAsync(
            [
                .. arguments, "--domain", server.Domain, "--port", $"{server.StartTlsPort}", "--pid", $"{server.Id}",
                "--register", "true", "--trust", "any",
            ],
            report,
            report,
            TestContext.Current.CancellationToken);
        TestRun.Say(report.ToString());
        Assert.True(code == 0, $"{report}\n{server.Output}");
    }
}
