using System.Net.Sockets;
using MyChat.Bench.Measuring;
using MyChat.Bench.Scenarios;
using MyChat.Client.Connections;

namespace MyChat.Bench;

/// <summary>The load generator's command line: one scenario, then options; prints what it measured as key=value, one per line.</summary>
public static class BenchCommand
{
    /// <summary>Returns 0 when the server did all that it should, 1 when it did not, 2 for wrong options.</summary>
    /// <param name="cancellationToken">Ends the run early; what was measured until then is told.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken = default)
    {
        if (arguments.Any(argument => argument is "--help" or "-h") || arguments is ["help"])
        {
            await output.WriteLineAsync(Usage.Text);
            return 0;
        }
        BenchOptions options;
        try
        {
            options = BenchOptions.Parse(arguments);
        }
        catch (FormatException wrong)
        {
            await errors.WriteLineAsync($"{wrong.Message} See --help.");
            return 2;
        }
        var report = new Report(output);
        await using var run = new Run(options, report, errors, cancellationToken);
        var good = await RunAsync(run);
        if (options.JsonFile is { } json)
        {
            await File.WriteAllTextAsync(json, report.ToJson(), CancellationToken.None);
        }
        if (options.HtmlFile is { } html)
        {
            await File.WriteAllTextAsync(html, HtmlReport.Write(report), CancellationToken.None);
        }
        return good ? 0 : 1;
    }

    private static async Task<bool> RunAsync(Run run)
    {
        try
        {
            run.Report.Say("scenario", run.Options.Scenario.Name);
            run.Report.Say("transport", run.Options.Transport.Name);
            var good = await run.Options.Scenario.RunAsync(run);
            if (run.IsStopped)
            {
                run.Report.Say("interrupted", "true");
            }
            return good;
        }
        catch (OperationCanceledException) when (run.IsStopped)
        {
            run.Report.Say("failure", "interrupted before anything was measured");
        }
        catch (Exception failure) when (failure is XmppException or SocketException or IOException or TimeoutException)
        {
            run.Report.Say("failure", $"{failure.Message} {failure.InnerException?.Message}".TrimEnd());
        }
        return false;
    }
}
