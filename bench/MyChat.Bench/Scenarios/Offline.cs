using System.Diagnostics;
using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;

namespace MyChat.Bench.Scenarios;

/// <summary>Messages are stored for who is away; then they come, and get them. The first rounds are not measured, for code is compiled in them.</summary>
internal static class Offline
{
    /// <summary>What servers do after their last answer is counted, too.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);

    public static async Task<bool> RunAsync(Run run)
    {
        var (options, crowd) = (run.Options, run.Crowd);
        var (pairs, messages, manage) = (options["pairs"], options["messages"], options.Manages(true));
        run.Tell($"logging in {pairs * 2} sessions");
        await crowd.EnterAsync(pairs * 2, manage, run.Stop);
        // The first half speaks, the second comes and goes.
        var flows = Enumerable.Range(0, pairs)
            .Select(i => new Flow(run.Id, i, crowd.AddressOf(i), crowd.AddressOf(pairs + i), bytes: options["bytes"]))
            .ToList();
        var ledger = new Ledger(flows, [.. crowd.Sessions.Take(pairs)], options.Patience);
        for (var i = 0; i < pairs; i++)
        {
            var flow = flows[i];
            crowd.Sessions[i].Received = stanza => flow.TakeError(stanza);
        }

        var (stored, delivered, rounds, measured) = (Measured.Nothing, Measured.Nothing, 0, 0);
        var (settled, sinceStart) = (true, Stopwatch.StartNew());
        while (settled && !run.IsStopped && stored.Seconds + delivered.Seconds < options.Time.TotalSeconds)
        {
            var isWarm = sinceStart.Elapsed >= options.WarmUp;
            await crowd.LeaveAsync(pairs);
            var storing = run.Begin(() => ledger.Sent);
            await Task.WhenAll(flows.Zip(crowd.Sessions).Select(lane => StoreAsync(lane.First, lane.Second, messages, options["outstanding"])));
            await Task.Delay(Rest);
            var store = await storing.EndAsync();

            await crowd.EnterAsync(pairs, manage, CancellationToken.None, available: false, first: pairs);
            for (var i = 0; i < pairs; i++)
            {
                Receive(crowd.Sessions[pairs + i], flows[i]);
            }
            var delivering = run.Begin(() => ledger.Received);
            foreach (var recipient in crowd.Sessions.Skip(pairs))
            {
                recipient.Send("<presence/>");
            }
            settled = await ledger.SettleAsync();
            await Task.Delay(Rest);
            var delivery = await delivering.EndAsync();
            if (isWarm)
            {
                (stored, delivered, measured) = (stored.Append(store), delivered.Append(delivery), measured + 1);
            }
            run.Tell($"round {++rounds}: {store.Count} stored, {delivery.Count} delivered");
        }

        run.Report.Say("pairs", pairs);
        run.Report.Say("rounds", measured);
        run.Report.Say("messages", delivered.Count);
        var flawless = ledger.Tell(run.Report);
        run.Report.Say("store_messages_per_second", stored.Count / Math.Max(stored.Seconds, double.Epsilon));
        run.Say(stored, "message", "store_");
        run.Report.Say("deliver_messages_per_second", delivered.Count / Math.Max(delivered.Seconds, double.Epsilon));
        run.Say(delivered, "message", "deliver_");
        await crowd.LeaveAsync();
        return flawless && delivered.Count > 0;
    }

    private static async Task StoreAsync(Flow flow, Session session, int messages, int outstanding)
    {
        for (var left = messages; left > 0; left -= outstanding)
        {
            for (var i = Math.Min(left, outstanding); i > 0; i--)
            {
                flow.Post(session);
            }
            session.Flush();
            await session.ConfirmAsync();
        }
    }

    private static void Receive(Session session, Flow flow) => session.Received = stanza =>
    {
        if (stanza.StartsWith("<message"u8))
        {
            flow.Take(stanza);
        }
    };
}
