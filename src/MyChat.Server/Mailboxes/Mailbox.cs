namespace MyChat.Server.Mailboxes;

/// <summary>
/// What is known in memory of an account's log: the received entries that are not settled, in order, with how many sessions hold each, and
/// the state that is kept in the database (design: an account's mailbox is a log).
/// </summary>
public sealed class Mailbox
{
    private readonly List<Unsettled> unsettled; // ascending by id; settled from the front as a rule
    private readonly Dictionary<long, int> bySender = [];
    private readonly SortedSet<long> settledAbove;
    private readonly List<long> expunged = [];
    private int first;
    private long delivered;
    private long highest;
    private bool changed;
    private int saving;

    /// <summary>The mailbox of an address that nobody has.</summary>
    internal static Mailbox OfNobody { get; } = new(0, MailboxState.Empty, []);

    internal Mailbox(long account, MailboxState state, IReadOnlyList<UnsettledEntry> unsettled)
    {
        Account = account;
        Bytes = state.Bytes;
        delivered = state.Delivered;
        settledAbove = [.. state.SettledAbove];
        highest = settledAbove.Count > 0 ? settledAbove.Max : delivered;
        this.unsettled = new List<Unsettled>(unsettled.Count);
        foreach (var entry in unsettled)
        {
            Add(entry.Id, entry.Sender, entry.Transient);
        }
    }

    public long Account { get; }

    /// <summary>About how many bytes of stanzas the log holds.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether nothing waits to be saved, so that the account may leave memory.</summary>
    internal bool IsIdle => !changed && saving == 0 && Uncommitted == 0;

    /// <summary>Writes of this account that are on their way to disk.</summary>
    internal int Uncommitted { get; set; }

    /// <summary>Entries of this sender that nobody has proved to have.</summary>
    public int UnsettledFrom(long sender) => bySender.GetValueOrDefault(sender);

    /// <summary>The unsettled entries that no session holds, ascending.</summary>
    internal IEnumerable<long> Unheld()
    {
        for (var i = first; i < unsettled.Count; i++)
        {
            if (unsettled[i] is { Settled: false, Holders: 0 } entry)
            {
                yield return entry.Id;
            }
        }
    }

    /// <summary>An entry was committed for this account.</summary>
    internal void Add(long id, long sender, bool transient)
    {
        unsettled.Add(new Unsettled(id, sender, transient));
        bySender[sender] = bySender.GetValueOrDefault(sender) + 1;
        highest = Math.Max(highest, id);
    }

    internal void AddBytes(long count)
    {
        Bytes += count;
        changed = true;
    }

    /// <summary>A session took charge of an entry; it does so once.</summary>
    internal void Hold(long id)
    {
        if (Find(id) is { } entry)
        {
            entry.Holders++;
        }
    }

    /// <summary>A session ended without proof; true when the entry is unsettled and nobody holds it any more.</summary>
    internal bool LetGo(long id)
    {
        if (Find(id) is not { } entry)
        {
            return false;
        }
        entry.Holders--;
        return entry is { Settled: false, Holders: 0 };
    }

    /// <summary>A session proved to have the entry.</summary>
    internal void Settle(long id)
    {
        if (Find(id) is not { Settled: false } entry)
        {
            return;
        }
        entry.Settled = true;
        changed = true;
        settledAbove.Add(id);
        if (entry.Transient)
        {
            expunged.Add(id);
        }
        Forget(entry.Sender);
        Advance();
    }

    /// <summary>What to save now, or null when nothing changed; <see cref="Saved"/> must follow.</summary>
    internal (MailboxState State, IReadOnlyList<long> Expunged)? TakeChanges()
    {
        if (!changed)
        {
            return null;
        }
        changed = false;
        saving++;
        var gone = expunged.ToArray();
        expunged.Clear();
        return (new MailboxState(delivered, [.. settledAbove], Bytes), gone);
    }

    /// <summary>A save ended; after a failure its changes wait for the next one.</summary>
    internal void Saved(IReadOnlyList<long> gone, bool success)
    {
        saving--;
        if (!success)
        {
            changed = true;
            expunged.AddRange(gone);
        }
    }

    private void Forget(long sender)
    {
        var left = bySender[sender] - 1;
        if (left == 0)
        {
            bySender.Remove(sender);
        }
        else
        {
            bySender[sender] = left;
        }
    }

    // The cursor rises over what is settled from the front; what it passes need not be remembered by id.
    private void Advance()
    {
        while (first < unsettled.Count && unsettled[first].Settled)
        {
            first++;
        }
        var rest = first < unsettled.Count ? unsettled[first].Id : highest + 1;
        delivered = Math.Max(delivered, rest - 1);
        settledAbove.RemoveWhere(id => id <= delivered);
        if (first > 32 && first > unsettled.Count / 2)
        {
            unsettled.RemoveRange(0, first);
            first = 0;
        }
    }

    private Unsettled? Find(long id)
    {
        var (low, high) = (first, unsettled.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = unsettled[middle];
            if (found.Id == id)
            {
                return found;
            }
            (low, high) = found.Id < id ? (middle + 1, high) : (low, middle - 1);
        }
        return null;
    }

    private sealed class Unsettled(long id, long sender, bool transient)
    {
        public long Id => id;
        public long Sender => sender;
        public bool Transient => transient;
        public int Holders { get; set; }
        public bool Settled { get; set; }
    }
}
