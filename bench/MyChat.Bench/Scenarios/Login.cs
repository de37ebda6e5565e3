using MyChat.Bench.Measuring;
using MyChat.Bench.Sessions;
using MyChat.Client.Connections;

namespace MyChat.Bench.Scenarios;

/// <summary>Log-ins from the first byte to the roster and presence, and out again.</summary>
internal static class Login
{
    /// <summary>Less than this share of a full handshake's bytes: the certificate was not sent, so the session was resumed.</summary>
    private const double WithoutCertificate = 0.7;

    public static async Task<bool> RunAsync(Run run)
    {
        var (options, crowd) = (run.Options, run.Crowd);
        var (sessions, manage) = (options["sessions"], options.Manages(false));
        var (full, all, resumed) = (0L, 0, 0);
        crowd.Secured = Count;
        run.Tell($"logging in each of {sessions} accounts once");
        // The very first has nothing to resume: that is how long a full handshake is.
        await crowd.EnterAsync(sessions, manage, run.Stop);
        await crowd.LeaveAsync();
        (all, resumed) = (0, 0);
        var times = new Histogram();
        var measured = await Workers.RunAsync(run, options.Concurrency, LogInAsync, times);
        run.Report.Say("sessions", sessions);
        run.Report.Say("mechanism", crowd.Mechanism);
        run.Report.Say("seconds", measured.Seconds);
        run.Report.Say("logins", measured.Count);
        run.Report.Say("logins_per_second", measured.Count / measured.Seconds);
        run.Report.Say("tls_handshake_bytes", full);
        run.Report.Say("tls_resumed_percent", resumed * 100.0 / Math.Max(1, all));
        run.Say(measured, "login");
        run.Report.Say("login", times);
        return measured.Count > 0;

        async Task<int> LogInAsync(int worker, int number)
        {
            var session = await crowd.LogInAsync(number % sessions, manage, CancellationToken.None);
            var roster = await session.RequestAsync("get", "<query xmlns='jabber:iq:roster'/>");
            if (!Scan.Type(roster).SequenceEqual("result"u8))
            {
                throw new XmppException($"No roster: {Scan.Text(roster)}");
            }
            session.Send("<presence/>");
            await session.CloseAsync();
            return 1;
        }

        void Count(Link link)
        {
            Interlocked.Increment(ref all);
            InterlockedMax(ref full, link.HandshakeBytes);
            if (link.IsSecure && link.HandshakeBytes < WithoutCertificate * Interlocked.Read(ref full))
            {
                Interlocked.Increment(ref resumed);
            }
        }
    }

    private static void InterlockedMax(ref long place, long value)
    {
        for (var known = Interlocked.Read(ref place); value > known; known = Interlocked.Read(ref place))
        {
            Interlocked.CompareExchange(ref place, value, known);
        }
    }
}
