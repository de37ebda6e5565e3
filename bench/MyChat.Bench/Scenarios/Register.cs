using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;

namespace MyChat.Bench.Scenarios;

/// <summary>New accounts (XEP-0077), each over a connection of its own, with all that it needs to get there.</summary>
internal static class Register
{
    public static async Task<bool> RunAsync(Run run)
    {
        var times = new Histogram();
        var measured = await Workers.RunAsync(run, run.Options.Concurrency, RegisterAsync, times);
        run.Report.Say("seconds", measured.Seconds);
        run.Report.Say("accounts", measured.Count);
        run.Report.Say("accounts_per_second", measured.Count / measured.Seconds);
        run.Say(measured, "account");
        run.Report.Say("register", times);
        return measured.Count > 0;

        async Task<int> RegisterAsync(int worker, int number)
        {
            await using var link = new Link(run.Options);
            var connection = await Crowd.OpenAsync(link, run.Options, CancellationToken.None);
            await connection.RegisterAsync($"{run.Options.UserPrefix}-{run.Id}-{number}", run.Options.Password, CancellationToken.None);
            await connection.CloseAsync();
            return 1;
        }
    }
}
