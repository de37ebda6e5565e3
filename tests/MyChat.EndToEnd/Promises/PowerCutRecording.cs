using MyChat.EndToEnd.Traces;

namespace MyChat.EndToEnd.Promises;

/// <summary>One life of a server on SQLite under load: all that it wrote and synced, and all that it let its clients know, in one order.</summary>
internal sealed class PowerCutRecording
{
    private readonly IReadOnlyList<Said> _said;
    private readonly IReadOnlyList<(string Sender, List<Transmission> Messages)> _sent;

    private PowerCutRecording(
        IReadOnlyList<SystemCall> calls, IReadOnlyList<Said> said, IEnumerable<Transmission> sent)
    {
        var database = calls.First(call => call.Opened.EndsWith("/mychat.db", StringComparison.Ordinal)).Opened;
        Directory = Path.GetDirectoryName(database)!; // it has a path
        Calls = [.. calls.Where(call => Disk.IsAbout(Directory, call))];
        Syncs = [.. Calls.Where(Disk.IsSync).OrderBy(call => call.Left)];
        _said = said;
        _sent = [.. sent.GroupBy(message => message.Sender).Select(of => (of.Key, of.OrderBy(message => message.Index).ToList()))];
    }

    /// <summary>Lets so many messages be acknowledged, and kills the server.</summary>
    public static async Task<PowerCutRecording> MakeAsync(int seed, int messages)
    {
        await using var trace = Trace.Of(
            [.. Disk.Calls.Union(Outgoing.Calls)],
            call => Outgoing.IsSocket(call) || call.Opened.Contains("mychat.db", StringComparison.Ordinal) || call.Name.StartsWith("unlink", StringComparison.Ordinal)
                || call.Name.StartsWith("rename", StringComparison.Ordinal) || call.File.Contains("mychat.db", StringComparison.Ordinal)
                || Disk.IsSync(call));
        await using var traffic = await Traffic.StartAsync(seed, tracer: trace.Command, pace: Pace.Slow);
        await traffic.AcknowledgedAsync(messages);
        await traffic.KillAsync();
        var calls = await trace.EndAsync();
        return new PowerCutRecording(calls, [.. Outgoing.Read(calls)], traffic.Sent);
    }

    /// <summary>Where the database was.</summary>
    public string Directory { get; }

    /// <summary>What was done to its files, in the order in which it began.</summary>
    public IReadOnlyList<SystemCall> Calls { get; }

    /// <summary>What made something durable, in the order in which it ended.</summary>
    public IReadOnlyList<SystemCall> Syncs { get; }

    /// <summary>Moments at which an acknowledgement leaves.</summary>
    public IEnumerable<long> Acknowledgements => _said.OfType<Acknowledged>().Where(said => _sent.Any(from => from.Sender == said.User)).Select(said => said.Place);

    /// <summary>What was sent in all, and which of it the server had acknowledged or delivered when this moment came.</summary>
    public List<Transmission> PromisedBy(long place)
    {
        var before = _said.Where(said => said.Place <= place).ToList();
        var delivered = before.OfType<Delivered>().Select(said => said.Body).ToHashSet();
        var acknowledged = before.OfType<Acknowledged>().GroupBy(said => said.User).ToDictionary(of => of.Key, of => of.Max(said => said.Count));
        // This is their first stream: h counts what they sent from the beginning.
        return
        [
            .. from of in _sent
               from message in of.Messages
               select new Transmission(message.Sender, message.Recipient, message.Index)
               {
                   IsAcknowledged = message.Index < acknowledged.GetValueOrDefault(of.Sender) || delivered.Contains(message.Body),
               },
        ];
    }
}
