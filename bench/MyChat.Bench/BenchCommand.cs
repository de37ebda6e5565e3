namespace MyChat.Bench;

/// <summary>The load generator's command line: one scenario, then options; prints what it measured as key=value, one per line.</summary>
public static class BenchCommand
{
    private const string Usage =
        """
        mychat-bench <scenario> [--option value …]

        scenarios
          idle    sessions that log in (STARTTLS, SCRAM) and do nothing; are they all alive in the end?
          chat    pairs that answer each other, with stream management; is anything lost, doubled, out of order?

        options
          --domain, --host, --port    the server: localhost, 127.0.0.1, 5222
          --user-prefix, --password   the accounts: prefix0, prefix1, … all with the same password
          --register true             makes the accounts first (in-band)
          --trust any                 takes any certificate (a self-signed one on the own machine)
          --pid                       the server's process here, to measure its processor time and memory
          --sessions, --seconds       idle: 2000 sessions, held for 10 s
          --pairs, --outstanding, --seconds   chat: 100 pairs, each with 1 message under way, for 60 s
        """;

    /// <summary>Returns 0 when the server did all that it should, 1 when it did not, 2 for wrong options.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken = default)
    {
        BenchOptions options;
        try
        {
            options = BenchOptions.Parse(arguments);
        }
        catch (FormatException wrong)
        {
            await errors.WriteLineAsync($"{wrong.Message}\n\n{Usage}");
            return 2;
        }
        var report = new Report(output);
        return options.Scenario switch
        {
            "idle" => await IdleScenario.RunAsync(options, report, cancellationToken),
            _ => await ChatScenario.RunAsync(options, report, cancellationToken),
        }
            ? 0
            : 1;
    }
}
