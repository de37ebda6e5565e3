using System.Globalization;

namespace MyChat.Bench.Measuring;

/// <summary>What the kernel says about a process and its descendants (proc(5)); nothing where there is no process or no /proc.</summary>
internal sealed class ProcessMeter(int? root)
{
    // USER_HZ: fixed for user space on Linux, whatever the kernel's own tick.
    private const double TicksPerSecond = 100;

    private const string Resident = "VmRSS:";
    private List<int> _tree = [];

    public bool IsThere => root is not null && Directory.Exists($"/proc/{root}");

    /// <summary>Processor time so far, user and system, of all processes and of the children that they waited for, in seconds.</summary>
    public double ProcessorSeconds() => _tree.Sum(id => Read(id)?.Ticks ?? 0) / TicksPerSecond;

    /// <summary>Resident memory now, of all processes together, in KB.</summary>
    public double ResidentKilobytes() => _tree.Sum(ResidentKilobytes);

    /// <summary>Looks again which processes there are.</summary>
    public void Refresh()
    {
        _tree = IsThere ? [root!.Value] : [];
        if (_tree is [])
        {
            return;
        }
        var children = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(id => Read(id)?.Parent, id => id);
        for (var i = 0; i < _tree.Count; i++)
        {
            _tree.AddRange(children[_tree[i]]);
        }
    }

    private static double ResidentKilobytes(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith(Resident, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[Resident.Length..^"kB".Length], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it ended meanwhile
        }
    }

    private static (int Parent, long Ticks)? Read(int id)
    {
        try
        {
            // After the name in parentheses, which may hold blanks: state, parent, …; 11 to 14 are utime, stime, cutime, cstime.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
