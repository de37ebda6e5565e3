using System.Diagnostics;

namespace MyChat.Bench;

/// <summary>Pairs that answer each other without a pause, with stream management; every message is accounted for.</summary>
internal static class ChatScenario
{
    private const double Microseconds = 1_000_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task<bool> RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        var server = new ServerMeter(options.Pid);
        await using var crowd = new Crowd(options);
        await crowd.EnterAsync(options.Pairs * 2, streamManagement: true, cancellationToken);
        var talkers = new List<Talker>();
        for (var i = 0; i < options.Pairs * 2; i++)
        {
            // Neighbours: 0 and 1, 2 and 3, …
            talkers.Add(new Talker(crowd.Sessions[i], $"{crowd.NameOf(i ^ 1)}@{options.Domain}"));
        }
        var listening = talkers.Select(talker => talker.ListenAsync()).ToArray();
        foreach (var talker in talkers.Where((_, index) => index % 2 == 0))
        {
            await talker.BeginAsync(options.Outstanding);
        }

        await Task.Delay(WarmUp, cancellationToken);
        var (before, processorBefore, clock) = (Received(talkers), Processor(server), Stopwatch.StartNew());
        await Task.Delay(options.Time, cancellationToken);
        var (messages, processor, seconds) = (Received(talkers) - before, Processor(server) - processorBefore, clock.Elapsed.TotalSeconds);

        talkers.ForEach(talker => talker.Stop());
        var settled = await SettleAsync(talkers, listening, cancellationToken);
        var (lost, duplicates, disordered) = (Lost(talkers), talkers.Sum(talker => talker.Duplicates), talkers.Sum(talker => talker.Disordered));
        report.Say("scenario", "chat");
        report.Say("pairs", options.Pairs);
        report.Say("outstanding", options.Outstanding);
        report.Say("seconds", seconds);
        report.Say("messages", messages);
        report.Say("messages_per_second", messages / seconds);
        report.Say("lost", lost);
        report.Say("duplicates", duplicates);
        report.Say("disordered", disordered);
        report.Say("errors", talkers.Sum(talker => talker.Errors));
        report.Say("unacknowledged", talkers.Sum(talker => talker.Unacknowledged));
        if (server.IsThere)
        {
            report.Say("cpu_us_per_message", processor * Microseconds / Math.Max(1, messages));
            report.Say("cpu_percent", processor * 100 / seconds);
            report.Say("rss_kb", server.ResidentKilobytes());
        }
        await crowd.LeaveAsync();
        return settled && messages > 0 && lost == 0 && duplicates == 0 && disordered == 0 && talkers.Sum(talker => talker.Errors) == 0;
    }

    private static long Received(List<Talker> talkers) => talkers.Sum(talker => talker.Received);

    private static long Lost(List<Talker> talkers) => talkers.Select((talker, index) => talker.Sent - talkers[index ^ 1].Received).Sum();

    private static double Processor(ServerMeter server) => server.IsThere ? server.ProcessorSeconds() : 0;

    /// <summary>All that was sent is acknowledged, and has arrived; false when that takes too long.</summary>
    private static async Task<bool> SettleAsync(List<Talker> talkers, Task[] listening, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var arriving = Task.WhenAll(talkers.Select(async (talker, index) =>
        {
            await talker.ConfirmAsync(patience.Token);
            await talkers[index ^ 1].ReceivedAsync(talker.Sent, patience.Token);
        }));
        try
        {
            await await Task.WhenAny(arriving, Task.WhenAny(listening).Unwrap());
            return arriving.IsCompletedSuccessfully;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is OperationCanceledException or Client.Connections.XmppException)
        {
            return false;
        }
    }
}
