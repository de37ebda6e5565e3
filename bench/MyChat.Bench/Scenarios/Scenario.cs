namespace MyChat.Bench.Scenarios;

/// <summary>Something that can be measured.</summary>
/// <param name="Numbers">The options that only some scenarios have, with their defaults here.</param>
/// <param name="RunAsync">Measures, and tells the report; true when the server did all that it should.</param>
/// <param name="Concurrency">How many log in at a time.</param>
internal sealed record Scenario(
    string Name, string Help, IReadOnlyDictionary<string, int> Numbers, Func<Run, Task<bool>> RunAsync, int Concurrency = 16)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("register", "accounts are made, each over a connection of its own",
            Of(("seconds", 10), ("warm-up", 3)), Register.RunAsync, Concurrency: 4),
        new("login", "log-ins to the roster and presence, and out; --tls-resume true takes up earlier TLS sessions",
            Of(("sessions", 100), ("seconds", 10), ("warm-up", 3)), Login.RunAsync, Concurrency: 4),
        new("idle", "sessions that log in and do nothing; are they all alive in the end?",
            Of(("sessions", 2000), ("seconds", 10)), Idle.RunAsync),
        new("chat", "pairs that answer each other without a pause, each with so many messages under way",
            Of(("pairs", 100), ("outstanding", 1), ("seconds", 60), ("warm-up", 3), ("bytes", 0)), Chat.RunAsync),
        new("rate", "so many messages a second in all, whatever the server does; times count from when a message was due",
            Of(("pairs", 50), ("rate", 1000), ("seconds", 30), ("warm-up", 3), ("bytes", 0)), Rate.RunAsync),
        new("offline", "messages are stored for who is away, and delivered when they come; again and again until the time is over",
            Of(("pairs", 50), ("messages", 100), ("outstanding", 10), ("seconds", 10), ("warm-up", 3), ("bytes", 0)), Offline.RunAsync),
        new("presence", "one account with so many contacts online changes its status text, then leaves and comes; each half of the time",
            Of(("contacts", 500), ("seconds", 10), ("warm-up", 3)), Presence.RunAsync),
        new("roster", "sessions load rosters of so many items",
            Of(("sessions", 10), ("items", 500), ("seconds", 10), ("warm-up", 3)), Roster.RunAsync),
        new("history", "recipients page forward through the archive of so many messages (XEP-0313)",
            Of(("pairs", 10), ("messages", 500), ("page", 50), ("seconds", 10), ("warm-up", 3)), History.RunAsync),
        new("disk", "no server here: how long 4 KB and an fsync take in the current directory, one after another; and what comes at a rate, all that is due with one fsync",
            Of(("seconds", 5), ("rate", 1000)), Disk.RunAsync),
    ];

    private static Dictionary<string, int> Of(params ReadOnlySpan<(string Name, int Otherwise)> options)
    {
        var numbers = new Dictionary<string, int>();
        foreach (var (name, otherwise) in options)
        {
            numbers[name] = otherwise;
        }
        return numbers;
    }
}
