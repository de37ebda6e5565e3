using System.Diagnostics;
using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;
using MyChat.Client.Connections;

namespace MyChat.Bench.Scenarios;

/// <summary>Sessions that log in and do nothing: what a log-in costs the server, and what a session keeps of its memory.</summary>
internal static class Idle
{
    /// <summary>So many log in and out before anything is measured: the server's code must be compiled.</summary>
    private const int WarmUp = 50;

    public static async Task<bool> RunAsync(Run run)
    {
        var (options, crowd) = (run.Options, run.Crowd);
        var (sessions, manage) = (options["sessions"], options.Manages(false));
        await crowd.EnterAsync(Math.Min(WarmUp, sessions), manage, run.Stop);
        await crowd.LeaveAsync();

        run.Tell($"logging in {sessions} sessions");
        run.Server.Refresh();
        var memory = run.Server.ResidentKilobytes();
        var clock = Stopwatch.StartNew();
        var entering = run.Begin(() => crowd.Sessions.Count(session => session is not null));
        await crowd.EnterAsync(sessions, manage, run.Stop);
        var entered = await entering.EndAsync();
        var loggedIn = clock.Elapsed.TotalSeconds;
        var held = await run.MeasureAsync(() => 0, options.Time);
        var after = run.Server.ResidentKilobytes();
        var alive = (await Task.WhenAll(crowd.Sessions.Select(IsAliveAsync))).Count(answered => answered);

        run.Report.Say("sessions", sessions);
        run.Report.Say("alive", alive);
        run.Report.Say("login_seconds", loggedIn);
        run.Report.Courses.Add(new("idle", entered.Append(held).Course));
        if (run.Server.IsThere)
        {
            run.Report.Say("login_cpu_ms", entered.ServerSeconds * 1000 / sessions);
            run.Report.Say("idle_cpu_percent", held.ServerSeconds * 100 / held.Seconds);
            run.Report.Say("rss_before_kb", memory);
            run.Report.Say("rss_after_kb", after);
            run.Report.Say("rss_per_session_kb", (after - memory) / sessions);
        }
        foreach (var dead in crowd.Sessions.Where(session => session.Fault is not null).Take(1))
        {
            run.Report.Say("failure", $"{dead.Bare}: {dead.Fault}");
        }
        await crowd.LeaveAsync();
        return alive == sessions;
    }

    private static async Task<bool> IsAliveAsync(Session session)
    {
        try
        {
            // Any answer shows life, an error too.
            await session.RequestAsync("get", "<ping xmlns='urn:xmpp:ping'/>");
            return true;
        }
        catch (XmppException)
        {
            return false;
        }
    }
}
