using System.Globalization;
using System.Net;
using System.Text;

namespace MyChat.Bench.Measuring;

/// <summary>A report as one page that needs nothing else: a table, and plots in SVG.</summary>
internal static class HtmlReport
{
    private const string Style =
        """
        body { font: 15px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        table { border-collapse: collapse } td { border-bottom: 1px solid #ddd; padding: .15rem 1.5rem .15rem 0 } td + td { text-align: right }
        figure { margin: 2rem 0 } figcaption { font-weight: 600 }
        svg { width: 100%; height: auto } svg text { font: 12px system-ui, sans-serif; fill: #555 }
        .bad { color: #b00020; font-weight: 600 }
        @media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } td { border-color: #444 } svg text { fill: #aaa } }
        """;

    private static readonly string[] Flaws =
        ["lost", "duplicates", "disordered", "altered", "errors", "unacknowledged", "incomplete", "archive_flaws"];

    public static string Write(Report report)
    {
        var title = $"{report.Lines.FirstOrDefault(line => line.Key == "scenario").Value} – mychat-bench";
        var page = new StringBuilder(
            $"""
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Escape(title)}</title>
            <style>
            {Style}
            </style>
            <h1>{Escape(title)}</h1>

            """);
        foreach (var (name, course) in report.Courses.Where(course => course.Value.Count > 1))
        {
            page.Append(Plot.Lines($"{name}", "s", "per second", [new("per second", Points(course, sample => sample.PerSecond))]));
            page.Append(Plot.Lines($"{name}: processor", "s", "% of a core",
            [
                new("server", Points(course, sample => sample.ServerPercent)), new("generator", Points(course, sample => sample.OwnPercent)),
            ]));
            if (course.Any(sample => sample.ResidentKilobytes > 0))
            {
                var resident = new Line("resident", Points(course, sample => sample.ResidentKilobytes / 1024));
                page.Append(Plot.Lines($"{name}: server's memory", "s", "MB", [resident]));
            }
        }
        foreach (var (name, times) in report.Latencies.Where(latency => latency.Value.Count > 0))
        {
            page.Append(Plot.Percentiles($"{name}: times", times));
        }
        page.Append("<table>\n");
        foreach (var (key, value) in report.Lines)
        {
            var isBad = key is "failure" or "warning" or "interrupted" || (Flaws.Contains(key) && value != "0");
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escape(key)}<td{(isBad ? " class=\"bad\"" : "")}>{Escape(value)}\n");
        }
        return page.Append("</table>\n").ToString();
    }

    private static (double, double)[] Points(IReadOnlyList<Sample> course, Func<Sample, double> value) =>
        [.. course.Select(sample => (sample.Seconds, value(sample)))];

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
