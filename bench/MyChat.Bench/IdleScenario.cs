using System.Diagnostics;
using MyChat.Client.Connections;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Bench;

/// <summary>Sessions that log in and do nothing: what a log-in costs the server, and what a session keeps of its memory.</summary>
internal static class IdleScenario
{
    /// <summary>So many log in and out before anything is measured: the server's code must be compiled.</summary>
    private const int WarmUp = 50;

    private static readonly XName Ping = new("urn:xmpp:ping", "ping"); // XEP-0199

    public static async Task<bool> RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        var server = new ServerMeter(options.Pid);
        await using var crowd = new Crowd(options);
        await crowd.EnterAsync(Math.Min(WarmUp, options.Sessions), streamManagement: false, cancellationToken);
        await crowd.LeaveAsync();

        var (memory, processor) = Measure(server);
        var clock = Stopwatch.StartNew();
        await crowd.EnterAsync(options.Sessions, streamManagement: false, cancellationToken);
        var loggedIn = clock.Elapsed.TotalSeconds;
        var (_, afterLogIn) = Measure(server);
        await Task.Delay(options.Time, cancellationToken);
        var (held, afterIdle) = Measure(server);
        var alive = await CountAliveAsync(crowd, cancellationToken);

        report.Say("scenario", "idle");
        report.Say("sessions", options.Sessions);
        report.Say("alive", alive);
        report.Say("login_seconds", loggedIn);
        if (server.IsThere)
        {
            report.Say("login_cpu_ms", (afterLogIn - processor) * 1000 / options.Sessions);
            report.Say("idle_cpu_percent", (afterIdle - afterLogIn) * 100 / options.Time.TotalSeconds);
            report.Say("rss_before_kb", memory);
            report.Say("rss_after_kb", held);
            report.Say("rss_per_session_kb", (held - memory) / options.Sessions);
        }
        await crowd.LeaveAsync();
        return alive == options.Sessions;
    }

    private static (double Memory, double Processor) Measure(ServerMeter server) =>
        server.IsThere ? (server.ResidentKilobytes(), server.ProcessorSeconds()) : default;

    private static async Task<int> CountAliveAsync(Crowd crowd, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(crowd.Sessions.Select(session => IsAliveAsync(session, cancellationToken)));
        return answers.Count(answered => answered);
    }

    private static async Task<bool> IsAliveAsync(XmppConnection session, CancellationToken cancellationToken)
    {
        try
        {
            await session.RequestAsync(new Iq { Type = IqType.Get, Payload = new Payload(new Element(Ping)) }, cancellationToken);
            return true;
        }
        catch (Exception gone) when (gone is XmppException or TimeoutException)
        {
            return gone is StanzaErrorException; // any answer shows life
        }
    }
}
