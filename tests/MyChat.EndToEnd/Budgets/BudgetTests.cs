using System.Globalization;
using MyChat.Bench;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Budgets;

/// <summary>
/// What the real program may spend on a message and on a log-in, in amounts that do not depend on how fast the machine is: bytes allocated,
/// calls of the system, commits. The limits are what was measured and some room; who needs more raises them here, and says why.
/// </summary>
public sealed class BudgetTests
{
    [Fact]
    public async Task Messages_keep_to_their_budget_of_allocations_and_commits()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        await using var server = await ServerProcess.StartAsync();
        await LoadAsync(server, "chat", "--pairs", "50", "--outstanding", "4", "--seconds", "3", "--register", "true");
        var before = await ServerStatus.ReadAsync(server);
        await LoadAsync(server, "chat", "--pairs", "50", "--outstanding", "4", "--seconds", "10");
        var spent = await ServerStatus.ReadAsync(server) - before;
        Keeps("bytes allocated per message", spent.AllocatedBytes, spent.Messages, 5_200); // 3,900, and 4,430 where fewer share a batch because much else runs
        Keeps("commits per message", spent.Commits, spent.Messages, 0.1);
    }

    [Fact]
    public async Task Log_ins_keep_to_their_budget_of_allocations()
    {
        Assert.SkipUnless(TestRun.IsFull, "only when everything is tested");
        await using var server = await ServerProcess.StartAsync();
        await LoadAsync(server, "idle", "--sessions", "100", "--seconds", "1", "--register", "true");
        // Code that is not compiled for good yet allocates more.
        await LoadAsync(server, "login", "--sessions", "100", "--seconds", "10");
        var before = await ServerStatus.ReadAsync(server);
        await LoadAsync(server, "idle", "--sessions", "100", "--seconds", "1");
        var spent = await ServerStatus.ReadAsync(server) - before;
        Keeps("bytes allocated per session", spent.AllocatedBytes, 150, 60_000); // fifty log in and out before
    }

    [Fact]
    public async Task Messages_keep_to_their_budget_of_system_calls()
    {
        Assert.SkipUnless(TestRun.IsFull && OperatingSystem.IsLinux(), "only when everything is tested, and strace is Linux's");
        var summary = Path.GetTempFileName();
        long messages;
        await using (var server = await ServerProcess.StartAsync(tracer: ["strace", "-D", "-f", "-c", "-q", "-o", summary]))
        {
            await LoadAsync(server, "chat", "--pairs", "50", "--outstanding", "4", "--seconds", "20", "--register", "true");
            messages = (await ServerStatus.ReadAsync(server)).Messages;
            await server.StopAsync();
        }
        var calls = File.ReadLines(summary).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        TestRun.Say(string.Join('\n', calls.Take(14).Select(columns => string.Join(' ', columns))));
        File.Delete(summary);
        // % time, seconds, µs per call, calls, perhaps errors, "total"
        Keeps("system calls per message", long.Parse(calls.Last(columns => columns.LastOrDefault() == "total")[3], CultureInfo.InvariantCulture), messages, 6);
    }

    private static void Keeps(string what, long amount, long count, double limit)
    {
        var each = (double)amount / count;
        TestRun.Say(string.Create(CultureInfo.InvariantCulture, $"{what}: {each:0.###} ({amount} by {count})"));
        Assert.True(each > 0 && each <= limit, string.Create(CultureInfo.InvariantCulture, $"{what}: {each:0.###}, the budget is {limit}"));
    }

    private static async Task LoadAsync(ServerProcess server, params string[] arguments)
    {
        using var report = new StringWriter();
        var code = await BenchCommand.RunAsync(
            [.. arguments, "--domain", server.Domain, "--port", $"{server.StartTlsPort}", "--trust", "any"], report, report,
            TestContext.Current.CancellationToken);
        Assert.True(code == 0, $"{report}\n{server.Output}");
    }
}
