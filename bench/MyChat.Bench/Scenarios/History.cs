using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;
using MyChat.Client.Connections;

namespace MyChat.Bench.Scenarios;

/// <summary>
/// Recipients page forward through what they received in this run, as a device does that was away (XEP-0313, XEP-0059); each time all messages
/// must be there, once, in order, unchanged.
/// </summary>
internal static class History
{
    private const int UnderWay = 50;

    public static async Task<bool> RunAsync(Run run)
    {
        var (options, crowd) = (run.Options, run.Crowd);
        var (pairs, messages) = (options["pairs"], options["messages"]);
        await crowd.EnterAsync(pairs * 2, options.Manages(true), run.Stop);
        var readers = Enumerable.Range(0, pairs)
            .Select(i => new Reader(crowd.Sessions[pairs + i], options["page"], messages, () => NewFlow(i)))
            .ToList();
        await Task.WhenAll(readers.Select(reader => reader.FindEndAsync()));

        run.Tell($"sending {messages} messages to each of {pairs}");
        var flows = Enumerable.Range(0, pairs).Select(NewFlow).ToList();
        var ledger = new Ledger(flows, [.. crowd.Sessions.Take(pairs)], options.Patience);
        await Task.WhenAll(Enumerable.Range(0, pairs).Select(i => FillAsync(flows[i], crowd.Sessions[i], crowd.Sessions[pairs + i], messages)));
        var filled = await ledger.SettleAsync();

        var (times, measured) = (new Histogram(), Measured.Nothing);
        if (filled)
        {
            measured = await Workers.RunAsync(run, pairs, (worker, _) => readers[worker].ReadPageAsync(), times);
        }
        run.Report.Say("pairs", pairs);
        run.Report.Say("page", options["page"]);
        run.Report.Say("seconds", measured.Seconds);
        run.Report.Say("messages", measured.Count);
        run.Report.Say("messages_per_second", measured.Count / Math.Max(measured.Seconds, double.Epsilon));
        run.Report.Say("pages", times.Count);
        var complete = readers.Sum(reader => reader.Flaws) == 0;
        run.Report.Say("archive_flaws", readers.Sum(reader => reader.Flaws));
        var flawless = ledger.Tell(run.Report);
        run.Say(measured, "message");
        run.Report.Say("page", times);
        await crowd.LeaveAsync();
        return filled && flawless && complete && measured.Count > 0;

        Flow NewFlow(int i) => new(run.Id, i, crowd.AddressOf(i), crowd.AddressOf(pairs + i));
    }

    private static async Task FillAsync(Flow flow, Session sender, Session recipient, int messages)
    {
        sender.Received = stanza => flow.TakeError(stanza);
        recipient.Received = stanza =>
        {
            if (stanza.StartsWith("<message"u8))
            {
                flow.Take(stanza);
            }
        };
        for (var left = messages; left > 0; left -= UnderWay)
        {
            for (var i = Math.Min(left, UnderWay); i > 0; i--)
            {
                flow.Post(sender);
            }
            sender.Flush();
            await sender.ConfirmAsync();
        }
    }

    /// <summary>One recipient, and where it is in its archive.</summary>
    private sealed class Reader(Session session, int page, int messages, Func<Flow> newFlow)
    {
        private string _begin = "";
        private string? _after;
        private Flow _flow = newFlow();
        private int _count;

        /// <summary>Messages that were lost, doubled, out of order or altered in the archive.</summary>
        public long Flaws { get; private set; }

        /// <summary>What is older than this is not of this run.</summary>
        public async Task FindEndAsync() => _begin = Last(await AskAsync("<max>1</max><before/>"));

        /// <summary>Reads the next page, or the first again after the last; returns how many messages it had.</summary>
        public async Task<int> ReadPageAsync()
        {
            session.Received = Take;
            _after ??= _begin;
            _count = 0;
            var answer = await AskAsync($"<max>{page}</max>{(_after == "" ? "" : $"<after>{_after}</after>")}");
            _after = Last(answer);
            if (_after == "" || _count == 0 || IsLast(answer))
            {
                Flaws += messages - _flow.Received + _flow.Duplicates + _flow.Disordered + _flow.Altered;
                (_after, _flow) = (null, newFlow());
            }
            return _count;
        }

        private void Take(ReadOnlySpan<byte> stanza)
        {
            var inner = stanza.LastIndexOf("<message"u8);
            if (inner > 0)
            {
                _count++;
                _flow.Take(stanza[inner..]);
            }
        }

        private async Task<byte[]> AskAsync(string range)
        {
            var answer = await session.RequestAsync(
                "set", $"<query xmlns='urn:xmpp:mam:2'><set xmlns='http://jabber.org/protocol/rsm'>{range}</set></query>");
            return Scan.Type(answer).SequenceEqual("result"u8)
                ? answer
                : throw new XmppException($"The archive does not answer: {Scan.Text(answer)}");
        }

        private static bool IsLast(ReadOnlySpan<byte> answer)
        {
            var fin = answer.IndexOf("<fin"u8);
            return fin >= 0 && Scan.Attribute(Scan.StartTag(answer[fin..]), " complete="u8).SequenceEqual("true"u8);
        }

        private static string Last(byte[] answer) => Scan.Text(answer).Split("<last>", 2) is [_, var rest] ? rest.Split('<')[0] : "";
    }
}
