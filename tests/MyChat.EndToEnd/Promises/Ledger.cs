namespace MyChat.EndToEnd.Promises;

/// <summary>One message as it was sent once: after a lost connection the same words, sent again, are another message.</summary>
internal sealed class Transmission(string sender, string recipient, int index)
{
    public string Sender => sender;
    public string Recipient => recipient;

    /// <summary>Its place among all that the sender sent.</summary>
    public int Index => index;

    public string Body { get; } = $"{sender} to {recipient}: {index}";

    /// <summary>Whether the server's h covered it (XEP-0198 §4).</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>Whether it came back with an error: then it is nowhere, and h counts it too.</summary>
    public bool IsRefused { get; set; }
}

/// <summary>A message as it came to a recipient.</summary>
internal sealed record Arrival(string Body, string? StanzaId);

/// <summary>An entry of an account's log, as the database has it.</summary>
internal sealed record LogEntry(string Owner, long Id, bool Received, string Body);

/// <summary>What was sent, what arrived and what is on disk, and whether the three agree.</summary>
internal sealed class Ledger
{
    public List<Transmission> Sent { get; } = [];

    /// <summary>By recipient, in the order of arrival over all of its sessions.</summary>
    public Dictionary<string, List<Arrival>> Arrived { get; } = [];

    public List<LogEntry> Logs { get; } = [];

    /// <summary>Every promise that was broken, in words.</summary>
    public IEnumerable<string> Violations() =>
        Sent.SelectMany(OnDisk).Concat(Strangers()).Concat(Arrived.SelectMany(to => AtRecipient(to.Key, to.Value)));

    /// <summary>Acknowledged: exactly one entry in both logs. Refused: none. Else at most one, in both or neither (one transaction).</summary>
    private IEnumerable<string> OnDisk(Transmission message)
    {
        var received = Entries(message.Recipient, true, message.Body);
        var sent = Entries(message.Sender, false, message.Body);
        var least = message is { IsAcknowledged: true, IsRefused: false } ? 1 : 0;
        if (message.IsRefused && received.Count + sent.Count > 0)
        {
            yield return $"refused, but on disk: '{message.Body}' ({received.Count} received, {sent.Count} sent)";
        }
        else if (received.Count < least || sent.Count < least)
        {
            yield return $"acknowledged, but not on disk: '{message.Body}' ({received.Count} received, {sent.Count} sent)";
        }
        else if (received.Count > 1 || sent.Count > 1)
        {
            yield return $"on disk more than once: '{message.Body}' ({received.Count} received, {sent.Count} sent)";
        }
        else if (!received.SequenceEqual(sent))
        {
            yield return $"the two logs differ: '{message.Body}' ({received.Count} received, {sent.Count} sent)";
        }
    }

    private IEnumerable<string> Strangers()
    {
        var bodies = Sent.Select(message => message.Body).ToHashSet();
        return Logs.Where(entry => !bodies.Contains(entry.Body)).Select(entry => $"nobody sent what is on disk: '{entry.Body}'");
    }

    private IEnumerable<string> AtRecipient(string recipient, List<Arrival> arrivals)
    {
        var messages = Sent.Where(message => message.Recipient == recipient).ToDictionary(message => message.Body);
        var ids = new Dictionary<string, string?>();
        var owners = new Dictionary<string, string>();
        var last = new Dictionary<string, int>();
        foreach (var (body, id) in arrivals)
        {
            if (!messages.TryGetValue(body, out var message))
            {
                yield return $"{recipient} got what nobody sent there: '{body}'";
            }
            else if (id is null)
            {
                yield return $"{recipient} got '{body}' without a stanza-id";
            }
            else if (ids.TryGetValue(body, out var known))
            {
                if (known != id)
                {
                    yield return $"{recipient} got '{body}' again, as {id} and not as {known}";
                }
            }
            else if (!owners.TryAdd(id, body))
            {
                yield return $"{recipient} got '{body}' and '{owners[id]}' as {id}";
            }
            else
            {
                ids.Add(body, id);
                if (last.TryGetValue(message.Sender, out var before) && before > message.Index)
                {
                    yield return $"{recipient} got '{body}' after number {before} of the same sender";
                }
                last[message.Sender] = message.Index;
            }
        }
        foreach (var message in messages.Values)
        {
            if (!ids.ContainsKey(message.Body) && Entries(recipient, true, message.Body).Count > 0)
            {
                yield return $"on disk, but never delivered: '{message.Body}'";
            }
        }
    }

    private List<long> Entries(string owner, bool received, string body) =>
        [.. Index[(owner, received, body)].Select(entry => entry.Id)];

    private ILookup<(string, bool, string), LogEntry> Index =>
        _index ??= Logs.ToLookup(entry => (entry.Owner, entry.Received, entry.Body));

    private ILookup<(string, bool, string), LogEntry>? _index;
}
