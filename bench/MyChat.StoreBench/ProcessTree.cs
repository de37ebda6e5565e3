using System.Globalization;

namespace MyChat.StoreBench;

/// <summary>What the kernel says about a process and all that it started (proc(5)).</summary>
internal static class ProcessTree
{
    // USER_HZ: fixed for user space on Linux, whatever the kernel's own tick.
    private const double TicksPerSecond = 100;

    /// <summary>Processor time, user and system, in seconds, of those that are there now and of the children they have waited for.</summary>
    public static double ProcessorSeconds(int root)
    {
        var processes = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<Entry>()
            .ToLookup(entry => entry.Parent);
        return processes.SelectMany(entries => entries).Where(entry => entry.Id == root).Sum(entry => Sum(entry, processes)) / TicksPerSecond;
    }

    private static long Sum(Entry entry, ILookup<int, Entry> processes) => entry.Ticks + processes[entry.Id].Sum(child => Sum(child, processes));

    private static Entry? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            // Fields after the name in parentheses, which may hold spaces: state, parent, …; 11 to 14 are utime, stime, cutime, cstime.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new Entry(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null; // it ended meanwhile
        }
    }

    private sealed record Entry(int Id, int Parent, long Ticks);
}
