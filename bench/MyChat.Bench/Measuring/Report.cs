using System.Globalization;
using System.Text.Json.Nodes;

namespace MyChat.Bench.Measuring;

/// <summary>
/// What was measured: key=value, one per line, numbers as any program reads them; kept for the JSON file (the same keys, and the courses) and
/// the page.
/// </summary>
internal sealed class Report(TextWriter output)
{
    private readonly Lock _gate = new();

    public List<KeyValuePair<string, string>> Lines { get; } = [];

    /// <summary>Courses of the stretches that were measured, by name.</summary>
    public List<KeyValuePair<string, IReadOnlyList<Sample>>> Courses { get; } = [];

    public List<KeyValuePair<string, Histogram>> Latencies { get; } = [];

    public void Say(string key, double value) => Say(key, value.ToString("0.###", CultureInfo.InvariantCulture));

    public void Say(string key, string value)
    {
        lock (_gate)
        {
            Lines.Add(new(key, value));
            output.WriteLine($"{key}={value.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Median to maximum, as <c>…_ms_p50</c> and so on.</summary>
    public void Say(string key, Histogram times)
    {
        Latencies.Add(new(key, times));
        foreach (var (name, share) in ((string, double)[])[("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999)])
        {
            Say($"{key}_ms_{name}", times.Milliseconds(share));
        }
        Say($"{key}_ms_max", times.MaxMilliseconds);
    }

    public string ToJson()
    {
        var json = new JsonObject();
        foreach (var (key, value) in Lines)
        {
            json[key] = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : value;
        }
        var courses = new JsonObject();
        foreach (var (name, course) in Courses)
        {
            courses[name] = new JsonArray([.. course.Select(sample => new JsonObject
            {
                ["seconds"] = sample.Seconds,
                ["per_second"] = sample.PerSecond,
                ["server_cpu_percent"] = sample.ServerPercent,
                ["own_cpu_percent"] = sample.OwnPercent,
                ["rss_kb"] = sample.ResidentKilobytes,
            })]);
        }
        json["courses"] = courses;
        return json.ToString();
    }
}
