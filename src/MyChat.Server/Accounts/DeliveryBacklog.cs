using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;

namespace MyChat.Server.Accounts;

/// <summary>
/// What a session is to be given later, in order, because its link is slow or lost or older things wait: stored messages by id only, read
/// back from the log in pages when the socket has room.
/// </summary>
internal sealed class DeliveryBacklog
{
    private const int LargestPage = 100;

    private readonly Session _session;
    private readonly SessionOutput _output;
    private readonly DeliveryProofs _proofs;
    private readonly OtherStanzas _others;
    private readonly Queue<Outgoing> _items = new();
    private readonly PumpWork _pump;
    private volatile bool _wantsPump;
    private int _pageSize = LargestPage;

    public DeliveryBacklog(Session session, SessionOutput output, DeliveryProofs proofs, OtherStanzas others)
    {
        (_session, _output, _proofs, _others) = (session, output, proofs, others);
        _pump = new PumpWork(this);
    }

    public bool IsEmpty => _items.Count == 0;

    public void Add(Outgoing item)
    {
        _items.Enqueue(item);
        RequestPump();
    }

    public void Add(IEnumerable<Outgoing> items)
    {
        foreach (var item in items)
        {
            _items.Enqueue(item);
        }
        RequestPump();
    }

    /// <summary>Takes out all that waits, in order.</summary>
    public List<Outgoing> TakeAll()
    {
        List<Outgoing> all = [.. _items];
        _items.Clear();
        return all;
    }

    /// <summary>The socket has taken everything. Safe from anywhere.</summary>
    public void Drained()
    {
        if (_wantsPump)
        {
            _pump.Post();
        }
    }

    private void RequestPump()
    {
        if (_items.Count == 0)
        {
            return;
        }
        _wantsPump = true;
        if (!_output.IsFull)
        {
            _pump.Post();
        }
    }

    private async ValueTask PumpAsync()
    {
        _wantsPump = false;
        while (_items.Count > 0 && _session.Stream is not null)
        {
            if (_output.IsFull)
            {
                RequestPump();
                return;
            }
            await WritePageAsync();
            _proofs.Ask();
            _output.Flush();
        }
    }

    // A page ends where it has filled the output, so that large messages neither fill memory nor pass for a client that does not read.
    private async ValueTask WritePageAsync()
    {
        var page = new List<Outgoing>(Math.Min(_pageSize, _items.Count));
        page.AddRange(_items.Take(_pageSize)); // stays queued while the database is read: a failure then loses nothing
        var ids = page.Where(item => item.IsEntry).Select(item => item.Id).Distinct().Order().ToArray();
        var entries = ids.Length == 0 ? [] : await _session.Server.Mailboxes.ReadAsync(_session.Account.Id, ids, CancellationToken.None);
        var byId = entries.ToDictionary(entry => entry.Id);
        var done = 0;
        foreach (var item in page)
        {
            if (_output.IsFull)
            {
                break;
            }
            done++;
            _items.Dequeue();
            if (!item.IsEntry)
            {
                WriteWaiting(item);
            }
            else if (byId.TryGetValue(item.Id, out var entry))
            {
                _proofs.Expect(item);
                _output.WriteEntry(item.Id, entry.Stanza, item.Form!, entry.Stamp); // an entry has a form
            }
            else
            {
                _proofs.Settle(item); // gone from the log meanwhile
            }
        }
        // What did not fit is read again: next time no more than what fits.
        _pageSize = done < page.Count ? Math.Max(1, done) : Math.Min(LargestPage, _pageSize * 2);
    }

    private void WriteWaiting(Outgoing item)
    {
        if (_session.Management is null)
        {
            _others.Remove(item);
        }
        _proofs.Expect(item);
        if (item.Stanza is not null)
        {
            _output.Write(item.Stanza);
        }
        else
        {
            _output.WriteEntry(0, item.Bytes, item.Form!, since: null); // without a stanza it is a message in a form
        }
    }

    private sealed class PumpWork(DeliveryBacklog backlog) : IAccountWork
    {
        private int _posted;

        public void Post()
        {
            if (Interlocked.Exchange(ref _posted, 1) == 0)
            {
                backlog._session.Account.Post(this);
            }
        }

        public ValueTask RunAsync(Account account)
        {
            Volatile.Write(ref _posted, 0);
            return backlog._session.HasEnded ? default : backlog.PumpAsync();
        }

        public void Fail(Exception reason) =>
            backlog._session.Stream?.End(new StreamError(StreamErrorCondition.InternalServerError), resumable: true);
    }
}
