using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;
using MyChat.Client.Connections;

namespace MyChat.Bench.Scenarios;

/// <summary>Rosters of many items are loaded, and counted.</summary>
internal static class Roster
{
    private const string Query = "<query xmlns='jabber:iq:roster'/>";

    public static async Task<bool> RunAsync(Run run)
    {
        var (options, crowd) = (run.Options, run.Crowd);
        var (sessions, items) = (options["sessions"], options["items"]);
        await crowd.EnterAsync(sessions, options.Manages(true), run.Stop, available: false);
        run.Tell($"filling {sessions} rosters with {items} items");
        var sizes = await Task.WhenAll(crowd.Sessions.Select(session => FillAsync(session, items, run.Stop)));

        var (bytes, wrong) = (0L, 0);
        var times = new Histogram();
        var measured = await Workers.RunAsync(run, sessions, LoadAsync, times);
        run.Report.Say("sessions", sessions);
        run.Report.Say("items", items);
        run.Report.Say("seconds", measured.Seconds);
        run.Report.Say("loads", measured.Count);
        run.Report.Say("loads_per_second", measured.Count / measured.Seconds);
        run.Report.Say("bytes", bytes);
        run.Report.Say("incomplete", wrong);
        run.Say(measured, "load");
        run.Report.Say("load", times);
        await crowd.LeaveAsync();
        return wrong == 0 && measured.Count > 0;

        async Task<int> LoadAsync(int worker, int number)
        {
            var roster = await crowd.Sessions[worker].RequestAsync("get", Query);
            if (Scan.Count(roster, "<item "u8) != sizes[worker])
            {
                Interlocked.Increment(ref wrong);
            }
            bytes = roster.Length;
            return 1;
        }
    }

    /// <summary>Adds what is missing; returns how many items there are then.</summary>
    private static async Task<int> FillAsync(Session session, int items, CancellationToken stop)
    {
        var there = RosterItems.Read(await session.RequestAsync("get", Query, cancellationToken: stop));
        var wanted = Enumerable.Range(0, items).Select(i => $"contact{i}@{session.Bare.Split('@')[1]}").ToList();
        foreach (var address in wanted.Where(address => !there.ContainsKey(address)))
        {
            var item = $"<item jid='{address}' name='{address.Split('@')[0]} &amp; 朋友'><group>Bench</group></item>";
            var answer = await session.RequestAsync("set", $"<query xmlns='jabber:iq:roster'>{item}</query>", cancellationToken: stop);
            if (Scan.Type(answer).SequenceEqual("error"u8))
            {
                throw new XmppException($"No item can be added: {Scan.Text(answer)}");
            }
        }
        there = RosterItems.Read(await session.RequestAsync("get", Query, cancellationToken: stop));
        return wanted.TrueForAll(there.ContainsKey) ? there.Count : throw new XmppException("What was added to the roster is not in it.");
    }
}
