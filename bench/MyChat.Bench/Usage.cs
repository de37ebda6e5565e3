using MyChat.Bench.Scenarios;

namespace MyChat.Bench;

/// <summary>What <c>--help</c> says.</summary>
internal static class Usage
{
    public static string Text =>
        $"""
        mychat-bench <scenario> [--option value …]

        A load generator for XMPP servers, any of them: it speaks the standard and nothing else. Every message is numbered and has a text of its own;
        what is lost, doubled, out of order, altered, sent back or not acknowledged is counted, and makes the run fail.

        scenarios, with their own options and defaults
        {string.Join('\n', Scenario.All.Select(Describe))}

        options of all scenarios
          --domain NAME         the server's domain, the part after @              {BenchOptions.DefaultDomain}
          --host ADDRESS        where it listens                                   {BenchOptions.DefaultHost}
          --port NUMBER         its port: 5222, with tls 5223, with websocket 5280, with wss 5443
          --transport KIND      plaintext, starttls, tls, websocket (ws), wss      starttls
          --path PATH           of the WebSocket                                   {BenchOptions.DefaultPath}
          --trust WHOM          authorities, or any certificate (self-signed ones) authorities
          --user-prefix NAME    accounts are prefix0, prefix1, …                   bench
          --password WORD       of all of them                                     bench's secret
          --register true       makes the accounts first (in-band, XEP-0077)       false
          --sm true|false       stream management (XEP-0198)                       true; login and idle: false
          --concurrency NUMBER  log-ins at a time                                  16; login and register: 4
          --patience SECONDS    after which what does not arrive is lost           {BenchOptions.DefaultPatience}
          --pid NUMBER          the server's process on this machine, to measure its processor time and memory, with all that it started
          --database-pid NUMBER the database server's process, counted apart
          --json FILE           the results, and their course second by second, as JSON
          --html FILE           the same as one page with plots, which needs nothing else

        The results are key=value lines on the standard output, progress is on the error output. cpu_us_per_… is processor time (user and system) of
        the server's processes, own_cpu_… that of this program: a warning says when it came near one core, for then it may be what was measured. Times
        are in milliseconds; p999 is the 99.9th percentile. Give both programs cores of their own (taskset) to compare servers.

        Ctrl+C ends the run with what was measured so far. Exit code: 0 when the server did all that it should, 1 when it did not, 2 for wrong
        options.

        examples
          mychat-bench chat --domain example.org --transport tls --register true --trust any --pid $(pidof prosody) --outstanding 4
          mychat-bench rate --rate 1000 --seconds 60 --html report.html
        """;

    private static string Describe(Scenario scenario)
    {
        var options = string.Join(", ", scenario.Numbers.Select(option => $"--{option.Key} {option.Value}"));
        return $"  {scenario.Name,-10}{scenario.Help}\n            {options}";
    }
}
