using System.Diagnostics;
using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;

namespace MyChat.Bench.Scenarios;

/// <summary>
/// So many messages a second in all, sent when they are due whatever the server does. Times count from when a message was due: a server that
/// stalls is not spared the messages that would have come meanwhile.
/// </summary>
internal static class Rate
{
    public static async Task<bool> RunAsync(Run run)
    {
        var (options, crowd) = (run.Options, run.Crowd);
        var (pairs, rate) = (options["pairs"], options["rate"]);
        run.Tell($"logging in {pairs * 2} sessions");
        await crowd.EnterAsync(pairs * 2, options.Manages(true), run.Stop);
        // The first half speaks, the second listens.
        var flows = Enumerable.Range(0, pairs)
            .Select(i => new Flow(run.Id, i, crowd.AddressOf(i), crowd.AddressOf(pairs + i), bytes: options["bytes"]))
            .ToList();
        var ledger = new Ledger(flows, [.. crowd.Sessions.Take(pairs)], options.Patience);
        var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        for (var i = 0; i < pairs; i++)
        {
            var (flow, lane) = (flows[i], i);
            flow.DueAt = number => start + (((((number - 1) * pairs) + lane) * Stopwatch.Frequency) / rate);
            crowd.Sessions[i].Received = stanza => flow.TakeError(stanza);
            crowd.Sessions[pairs + i].Received = stanza =>
            {
                if (stanza.StartsWith("<message"u8))
                {
                    flow.Take(stanza);
                }
            };
        }

        var lateness = new Histogram();
        using var pacer = new Pacer(start, rate, lateness, [.. flows.Zip(crowd.Sessions)]);
        await run.WaitAsync(options.WarmUp);
        var latency = new Histogram();
        ledger.Record(latency);
        var measured = await run.MeasureAsync(() => ledger.Received, options.Time);
        pacer.Stop();
        ledger.Stop();
        var settled = await ledger.SettleAsync();

        run.Report.Say("pairs", pairs);
        run.Report.Say("rate", rate);
        run.Report.Say("seconds", measured.Seconds);
        run.Report.Say("messages", measured.Count);
        run.Report.Say("messages_per_second", measured.Count / measured.Seconds);
        var flawless = ledger.Tell(run.Report);
        run.Report.Say("latency", latency);
        run.Report.Say("sent_late", lateness);
        run.Say(measured, "message");
        await crowd.LeaveAsync();
        return flawless && settled && measured.Count > 0;
    }

    /// <summary>Sends each message when it is due, from a thread of its own.</summary>
    private sealed class Pacer : IDisposable
    {
        private readonly long _start;
        private readonly int _rate;
        private readonly Histogram _lateness;
        private readonly (Flow Flow, Session Session)[] _lanes;
        private readonly Thread _thread;
        private volatile bool _isOver;

        public Pacer(long start, int rate, Histogram lateness, (Flow, Session)[] lanes)
        {
            (_start, _rate, _lateness, _lanes) = (start, rate, lateness, lanes);
            _thread = new Thread(Send) { IsBackground = true, Name = "pacer", Priority = ThreadPriority.AboveNormal };
            _thread.Start();
        }

        public void Stop()
        {
            _isOver = true;
            _thread.Join();
        }

        public void Dispose() => Stop();

        private void Send()
        {
            for (var message = 0L; !_isOver;)
            {
                var first = message;
                var now = Stopwatch.GetTimestamp();
                for (; Due(message) <= now && message - first < _lanes.Length; message++)
                {
                    _lateness.Add(now - Due(message));
                    var (flow, session) = _lanes[message % _lanes.Length];
                    flow.Post(session);
                }
                for (var sent = first; sent < message; sent++)
                {
                    _lanes[sent % _lanes.Length].Session.Flush();
                }
                if (message == first)
                {
                    ShortSleep.For(Due(message) - now);
                }
            }
        }

        private long Due(long message) => _start + (message * Stopwatch.Frequency / _rate);
    }
}
