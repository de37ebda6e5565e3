using System.Globalization;

namespace MyChat.Bench;

/// <summary>What the kernel says about the server's process (proc(5)); nothing where there is no process or no /proc.</summary>
internal sealed class ServerMeter(int? pid)
{
    // USER_HZ: fixed for user space on Linux, whatever the kernel's own tick.
    private const double TicksPerSecond = 100;

    // Fields of /proc/PID/stat after the name in parentheses; the name may hold spaces.
    private const int UserTime = 11;
    private const int SystemTime = 12;

    private const string Resident = "VmRSS:";

    public bool IsThere => pid is not null && File.Exists($"/proc/{pid}/stat");

    /// <summary>Processor time so far, user and system, in seconds.</summary>
    public double ProcessorSeconds()
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[UserTime]) + Number(fields[SystemTime])) / TicksPerSecond;
    }

    /// <summary>Resident memory now, in KB.</summary>
    public double ResidentKilobytes()
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(Resident, StringComparison.Ordinal));
        return Number(line[Resident.Length..^"kB".Length].Trim());
    }

    private static double Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
