using System.Diagnostics;
using System.Security.Cryptography;
using MyChat.Client.Connections;

namespace MyChat.Bench;

/// <summary>Pairs that answer each other without a pause, with stream management; every message is accounted for.</summary>
internal static class ChatScenario
{
    private const double Microseconds = 1_000_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<bool> RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        var server = new ServerMeter(options.Pid);
        await using var crowd = new Crowd(options);
        await crowd.EnterAsync(options.Pairs * 2, streamManagement: true, cancellationToken);
        var run = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var talkers = new List<Talker>();
        for (var i = 0; i < options.Pairs * 2; i++)
        {
            // Neighbours: 0 and 1, 2 and 3, …
            talkers.Add(new Talker(crowd.Sessions[i], $"{crowd.NameOf(i ^ 1)}@{options.Domain}", run));
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
        var failure = await SettleAsync(talkers, listening, cancellationToken);
        report.Say("scenario", "chat");
        report.Say("pairs", options.Pairs);
        report.Say("outstanding", options.Outstanding);
        report.Say("seconds", seconds);
        report.Say("messages", messages);
        report.Say("messages_per_second", messages / seconds);
        var flawless = TellFlaws(talkers, failure, report);
        if (server.IsThere)
        {
            report.Say("cpu_us_per_message", processor * Microseconds / Math.Max(1, messages));
            report.Say("cpu_percent", processor * 100 / seconds);
            report.Say("rss_kb", server.ResidentKilobytes());
        }
        await crowd.LeaveAsync();
        return flawless && messages > 0;
    }

    /// <summary>Says what went wrong, in numbers; true when nothing did.</summary>
    private static bool TellFlaws(List<Talker> talkers, string? failure, Report report)
    {
        var flaws = 0L;
        foreach (var (flaw, count) in ((string, long)[])
        [
            ("lost", Lost(talkers)), ("duplicates", talkers.Sum(talker => talker.Duplicates)),
            ("disordered", talkers.Sum(talker => talker.Disordered)), ("errors", talkers.Sum(talker => talker.Errors)),
            ("unacknowledged", talkers.Sum(talker => talker.Unacknowledged)),
        ])
        {
            report.Say(flaw, count);
            flaws += count;
        }
        if (failure is not null)
        {
            report.Say("failure", failure);
        }
        return failure is null && flaws == 0;
    }

    private static long Received(List<Talker> talkers) => talkers.Sum(talker => talker.Received);

    private static long Lost(List<Talker> talkers) =>
        talkers.Select((talker, index) => talker.Sent - talkers[index ^ 1].Received).Sum();

    private static double Processor(ServerMeter server) => server.IsThere ? server.ProcessorSeconds() : 0;

    /// <summary>All that was sent is acknowledged, and has arrived; or why not.</summary>
    private static async Task<string?> SettleAsync(List<Talker> talkers, Task[] listening, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var arriving = Task.WhenAll(talkers.Select(async (talker, index) =>
        {
            await talker.ConfirmAsync(patience.Token);
            await talkers[index ^ 1].ReceivedAsync(talker.Sent, patience.Token);
        }));
        try
        {
            await await Task.WhenAny(arriving, Task.WhenAny(listening).Unwrap());
            return arriving.IsCompletedSuccessfully ? null : "the server closed a stream";
        }
        catch (XmppException lost)
        {
            return $"{lost.Message} {lost.InnerException?.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"not all had arrived after {Patience.TotalSeconds} s";
        }
    }
}
