using System.Globalization;

namespace MyChat.HistoryBench;

/// <summary>The database server, which this program started, and its processes.</summary>
internal static class Descendants
{
    private const double TicksPerSecond = 100; // USER_HZ on Linux

    /// <summary>Processor time that all of them used so far, those that ended and were waited for included.</summary>
    public static TimeSpan ProcessorTime()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Read).OfType<(int Id, int Parent, long Ticks)>().ToList();
        var own = new HashSet<int> { Environment.ProcessId };
        for (var count = 0; count != own.Count;)
        {
            count = own.Count;
            own.UnionWith(all.Where(process => own.Contains(process.Parent)).Select(process => process.Id));
        }
        return TimeSpan.FromSeconds(all.Where(process => process.Id != Environment.ProcessId && own.Contains(process.Id))
            .Sum(process => process.Ticks) / TicksPerSecond);
    }

    // proc(5): after the name in parentheses come the state, the parent, and from the twelfth field on four times.
    private static (int Id, int Parent, long Ticks)? Read(string directory)
    {
        try
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id))
            {
                return null;
            }
            var stat = File.ReadAllText(Path.Combine(directory, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var times = fields[11..15].Select(field => long.Parse(field, CultureInfo.InvariantCulture));
            return (id, int.Parse(fields[1], CultureInfo.InvariantCulture), times.Sum());
        }
        catch (IOException)
        {
            return null; // it ended meanwhile
        }
    }
}
