using System.Diagnostics;
using System.Globalization;
using System.Text;
using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;
using MyChat.Client.Connections;

namespace MyChat.Bench.Scenarios;

/// <summary>
/// One account with many contacts online changes its status text; then it leaves and comes. Each change is waited for until all contacts have it,
/// and coming also until each contact's own presence is here (RFC 6121 §4.2.2, §4.3).
/// </summary>
internal static class Presence
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public static async Task<bool> RunAsync(Run run)
    {
        var (options, crowd, contacts) = (run.Options, run.Crowd, run.Options["contacts"]);
        run.Tell($"logging in {contacts + 1} sessions");
        await crowd.EnterAsync(contacts + 1, options.Manages(true), run.Stop);
        await BefriendAsync(run, contacts);
        var round = new Round(run.Id, crowd, contacts, options.Patience);

        var half = options.Time / 2;
        await RepeatAsync(run, round, options.WarmUp, round.StatusAsync);
        var status = await RepeatAsync(run, round, half, round.StatusAsync);
        await RepeatAsync(run, round, options.WarmUp, round.ToggleAsync);
        var toggle = await RepeatAsync(run, round, half, round.ToggleAsync);

        run.Report.Say("contacts", contacts);
        run.Report.Say("deliveries", status.Count);
        run.Report.Say("deliveries_per_second", status.Count / status.Seconds);
        run.Report.Say("lost", round.Lost);
        run.Report.Say("duplicates", round.Duplicates);
        run.Say(status, "delivery");
        run.Report.Say("toggle_deliveries", toggle.Count);
        run.Say(toggle, "delivery", "toggle_");
        run.Report.Say("round", round.Times);
        await crowd.LeaveAsync();
        return round.Lost == 0 && round.Duplicates == 0 && status.Count > 0;
    }

    private static async Task<Measured> RepeatAsync(Run run, Round round, TimeSpan time, Func<Task> change)
    {
        var measurement = run.Begin(() => round.Deliveries);
        for (var over = run.WaitAsync(time); !over.IsCompleted && round.Lost == 0;)
        {
            await change();
        }
        return await measurement.EndAsync();
    }

    /// <summary>Makes mutual subscriptions of those that are not there from an earlier run.</summary>
    private static async Task BefriendAsync(Run run, int contacts)
    {
        var (options, crowd, hub) = (run.Options, run.Crowd, run.Crowd.Sessions[0]);
        var friends = await FriendsAsync();
        foreach (var session in crowd.Sessions)
        {
            session.Received = stanza => Agree(session, hub, stanza);
        }
        for (var i = 1; i <= contacts; i++)
        {
            if (!friends.Contains(crowd.AddressOf(i)))
            {
                crowd.Sessions[i].Send($"<presence type='subscribe' to='{hub.Bare}'/>");
            }
        }
        var (before, since) = (-1, 0L);
        while ((friends = await FriendsAsync()).Count < contacts)
        {
            if (friends.Count > before)
            {
                (before, since) = (friends.Count, TimeProvider.System.GetTimestamp());
            }
            if (TimeProvider.System.GetElapsedTime(since) > options.Patience)
            {
                throw new XmppException($"Only {friends.Count} of {contacts} contacts became friends, and no more do.");
            }
            await Task.Delay(Glance, run.Stop);
        }
        await Task.Delay(Glance * 5, run.Stop);

        async Task<HashSet<string>> FriendsAsync()
        {
            var items = RosterItems.Read(await hub.RequestAsync("get", "<query xmlns='jabber:iq:roster'/>", cancellationToken: run.Stop));
            return [.. Enumerable.Range(1, contacts).Select(crowd.AddressOf).Where(address => items.GetValueOrDefault(address) == "both")];
        }
    }

    private static void Agree(Session session, Session hub, ReadOnlySpan<byte> stanza)
    {
        if (!stanza.StartsWith("<presence"u8) || !Scan.Type(stanza).SequenceEqual("subscribe"u8))
        {
            return;
        }
        var from = Scan.Text(Scan.From(stanza));
        session.Post($"<presence type='subscribed' to='{from}'/>");
        if (session == hub)
        {
            session.Post($"<presence type='subscribe' to='{from}'/>");
        }
    }

    /// <summary>One change after the other, each with a number in its status text.</summary>
    private sealed class Round
    {
        private readonly string _run;
        private readonly Session _hub;
        private readonly int _contacts;
        private readonly byte[] _mark;
        private readonly TimeSpan _patience;
        private readonly long[] _seen;
        private readonly Lock _gate = new();
        private readonly HashSet<string> _here = [];
        private long _number;
        private int _left;
        private TaskCompletionSource _complete = new();

        public Round(string run, Crowd crowd, int contacts, TimeSpan patience)
        {
            (_run, _hub, _contacts, _seen, _patience) = (run, crowd.Sessions[0], contacts, new long[contacts + 1], patience);
            _mark = Encoding.UTF8.GetBytes($"{run} ");
            _hub.Received = TakeAtHub;
            for (var i = 1; i <= contacts; i++)
            {
                var contact = i;
                crowd.Sessions[i].Received = stanza => TakeAtContact(contact, stanza);
            }
        }

        public Histogram Times { get; } = new();
        public long Deliveries { get; private set; }
        public long Duplicates { get; private set; }
        public long Lost { get; private set; }

        public Task StatusAsync() => ChangeAsync("", "<show>dnd</show>", _contacts);

        public async Task ToggleAsync()
        {
            await ChangeAsync(" type='unavailable'", "", _contacts);
            await ChangeAsync("", "", _contacts * 2);
        }

        private async Task ChangeAsync(string type, string show, int deliveries)
        {
            var began = Stopwatch.GetTimestamp();
            lock (_gate)
            {
                _number++;
                _left = deliveries;
                _here.Clear();
                _complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            _hub.Send(string.Create(CultureInfo.InvariantCulture, $"<presence{type}>{show}<status>{_run} {_number}</status></presence>"));
            if (await Task.WhenAny(_complete.Task, Task.Delay(_patience)) != _complete.Task)
            {
                Lost += _left;
            }
            Times.Add(Stopwatch.GetTimestamp() - began);
        }

        private void TakeAtContact(int contact, ReadOnlySpan<byte> stanza)
        {
            var number = stanza.StartsWith("<presence"u8) ? Scan.NumberAfter(stanza, _mark) : -1;
            if (number < 0)
            {
                return;
            }
            lock (_gate)
            {
                if (_seen[contact] >= number)
                {
                    Duplicates++;
                    return;
                }
                _seen[contact] = number;
                Delivered();
            }
        }

        // Coming, the hub learns who is here; each contact counts once.
        private void TakeAtHub(ReadOnlySpan<byte> stanza)
        {
            if (!stanza.StartsWith("<presence"u8) || !Scan.Type(stanza).IsEmpty)
            {
                return;
            }
            var from = Scan.Text(Scan.From(stanza));
            lock (_gate)
            {
                if (!from.StartsWith(_hub.Bare, StringComparison.Ordinal) && _here.Add(from))
                {
                    Delivered();
                }
            }
        }

        private void Delivered()
        {
            Deliveries++;
            if (--_left == 0)
            {
                _complete.TrySetResult();
            }
        }
    }
}
