namespace MyChat.Server.Mailboxes;

/// <summary>
/// What is known in memory of an account's log: the received entries that are not settled, in order, with how many sessions hold each, and
/// the state that is kept in the database (design: an account's mailbox is a log).
/// </summary>
public sealed class Mailbox
{
    private readonly List<Unsettled> _unsettled; // ascending by id; settled from the front as a rule
    private readonly Dictionary<long, int> _bySender = [];
    private readonly SortedSet<long> _settledAbove;
    private readonly List<long> _expunged = [];
    private int _first;
    private long _delivered;
    private long _highest;
    private bool _changed;
    private int _saving;
    private bool _isPast;
    private long _sentBytes; // of sent entries that were committed since the last save; added to from anywhere

    /// <summary>The mailbox of an address that nobody has.</summary>
    internal static Mailbox OfNobody { get; } = new(0, MailboxState.Empty, []);

    internal Mailbox(long account, MailboxState state, IReadOnlyList<UnsettledEntry> unsettled)
    {
        Account = account;
        Bytes = state.Bytes;
        _delivered = state.Delivered;
        _settledAbove = [.. state.SettledAbove];
        _highest = _settledAbove.Count > 0 ? _settledAbove.Max : _delivered;
        _unsettled = new List<Unsettled>(unsettled.Count);
        foreach (var entry in unsettled)
        {
            Add(entry.Id, entry.Sender, entry.Transient);
        }
    }

    public long Account { get; }

    /// <summary>About how many bytes of stanzas the log holds.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether nothing waits to be saved, so that the account may leave memory.</summary>
    internal bool IsIdle => !_changed && _saving == 0 && Uncommitted == 0 && Volatile.Read(ref _sentBytes) == 0;

    /// <summary>Writes of this account that are on their way to disk.</summary>
    internal int Uncommitted { get; set; }

    /// <summary>Entries of this sender that nobody has proved to have.</summary>
    public int UnsettledFrom(long sender) => _bySender.GetValueOrDefault(sender);

    /// <summary>The unsettled entries that no session holds, ascending.</summary>
    internal IEnumerable<long> Unheld()
    {
        for (var i = _first; i < _unsettled.Count; i++)
        {
            if (_unsettled[i] is { Settled: false, Holders: 0 } entry)
            {
                yield return entry.Id;
            }
        }
    }

    /// <summary>An entry was committed for this account.</summary>
    internal void Add(long id, long sender, bool transient)
    {
        _unsettled.Add(new Unsettled(id, sender, transient));
        _bySender[sender] = _bySender.GetValueOrDefault(sender) + 1;
        _highest = Math.Max(_highest, id);
    }

    /// <summary>Entries came, or with a negative number went.</summary>
    internal void AddBytes(long count)
    {
        Bytes = Math.Max(0, Bytes + count);
        _changed = true;
    }

    /// <summary>A sent entry was committed. Safe from anywhere; it is counted with the next save.</summary>
    internal void AddSent(int bytes) => Interlocked.Add(ref _sentBytes, bytes);

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
        _changed = true;
        _settledAbove.Add(id);
        if (entry.Transient)
        {
            _expunged.Add(id);
        }
        Forget(entry.Sender);
        Advance();
    }

    /// <summary>What to save now, or null when nothing changed; <see cref="Saved"/> must follow.</summary>
    internal (MailboxState State, IReadOnlyList<long> Expunged)? TakeChanges()
    {
        if (Interlocked.Exchange(ref _sentBytes, 0) is var sent and > 0)
        {
            AddBytes(sent);
        }
        if (!_changed)
        {
            return null;
        }
        _changed = false;
        _saving++;
        var gone = _expunged.ToArray();
        _expunged.Clear();
        return (new MailboxState(_delivered, [.. _settledAbove], Bytes), gone);
    }

    /// <summary>Whether the mailbox has just come to hold more than so many bytes: true once, until it holds noticeably less again.</summary>
    internal bool HasGrownPast(long bytes)
    {
        var isPast = Bytes > bytes || (_isPast && Bytes > bytes - (bytes / 16));
        (var wasPast, _isPast) = (_isPast, isPast);
        return isPast && !wasPast;
    }

    /// <summary>A save ended; after a failure its changes wait for the next one.</summary>
    /// <param name="removed">The bytes of what went, which the saved state does not have.</param>
    internal void Saved(IReadOnlyList<long> gone, bool success, long removed)
    {
        _saving--;
        Bytes = Math.Max(0, Bytes - removed);
        if (!success)
        {
            _changed = true;
            _expunged.AddRange(gone);
        }
    }

    private void Forget(long sender)
    {
        var left = _bySender[sender] - 1;
        if (left == 0)
        {
            _bySender.Remove(sender);
        }
        else
        {
            _bySender[sender] = left;
        }
    }

    // The cursor rises over what is settled from the front; what it passes need not be remembered by id.
    private void Advance()
    {
        while (_first < _unsettled.Count && _unsettled[_first].Settled)
        {
            _first++;
        }
        var rest = _first < _unsettled.Count ? _unsettled[_first].Id : _highest + 1;
        _delivered = Math.Max(_delivered, rest - 1);
        _settledAbove.RemoveWhere(id => id <= _delivered);
        if (_first > 32 && _first > _unsettled.Count / 2)
        {
            _unsettled.RemoveRange(0, _first);
            _first = 0;
        }
    }

    private Unsettled? Find(long id)
    {
        var (low, high) = (_first, _unsettled.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = _unsettled[middle];
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
