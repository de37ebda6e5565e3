using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;

namespace MyChat.Bench.Scenarios;

/// <summary>Pairs that answer each other without a pause; every message is accounted for.</summary>
internal static class Chat
{
    public static async Task<bool> RunAsync(Run run)
    {
        var (options, crowd) = (run.Options, run.Crowd);
        var (pairs, outstanding) = (options["pairs"], options["outstanding"]);
        run.Tell($"logging in {pairs * 2} sessions");
        await crowd.EnterAsync(pairs * 2, options.Manages(true), run.Stop);
        // Neighbours: 0 and 1, 2 and 3, …
        var flows = Enumerable.Range(0, pairs * 2)
            .Select(i => new Flow(run.Id, i, crowd.AddressOf(i), crowd.AddressOf(i ^ 1), outstanding, options["bytes"]))
            .ToList();
        var ledger = new Ledger(flows, crowd.Sessions, options.Patience);
        for (var i = 0; i < flows.Count; i++)
        {
            Answer(crowd.Sessions[i], flows[i], flows[i ^ 1]);
        }
        for (var i = 0; i < flows.Count; i += 2)
        {
            for (var message = 0; message < outstanding; message++)
            {
                flows[i].Post(crowd.Sessions[i]);
            }
            crowd.Sessions[i].Flush();
        }

        await run.WaitAsync(options.WarmUp);
        var latency = new Histogram();
        ledger.Record(latency);
        var measured = await run.MeasureAsync(() => ledger.Received, options.Time);
        ledger.Record(null);
        ledger.Stop();
        await ledger.SettleAsync();

        run.Report.Say("pairs", pairs);
        run.Report.Say("outstanding", outstanding);
        run.Report.Say("seconds", measured.Seconds);
        run.Report.Say("messages", measured.Count);
        run.Report.Say("messages_per_second", measured.Count / measured.Seconds);
        var flawless = ledger.Tell(run.Report);
        run.Say(measured, "message");
        run.Report.Say("latency", latency);
        await crowd.LeaveAsync();
        return flawless && measured.Count > 0;
    }

    private static void Answer(Session session, Flow outgoing, Flow incoming) => session.Received = stanza =>
    {
        if (stanza.StartsWith("<message"u8) && !outgoing.TakeError(stanza) && incoming.Take(stanza))
        {
            outgoing.Post(session);
        }
    };
}
