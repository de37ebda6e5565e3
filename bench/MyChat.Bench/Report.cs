using System.Globalization;

namespace MyChat.Bench;

/// <summary>What was measured: key=value, one per line, numbers as any program reads them.</summary>
internal sealed class Report(TextWriter output)
{
    public void Say(string key, double value) => output.WriteLine($"{key}={value.ToString("0.###", CultureInfo.InvariantCulture)}");

    public void Say(string key, string value) => output.WriteLine($"{key}={value}");
}
