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
