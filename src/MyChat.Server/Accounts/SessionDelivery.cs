using System.Buffers;
using MyChat.Server.Connections;
using MyChat.Server.Mailboxes;
using MyChat.Server.Streams;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;

namespace MyChat.Server.Accounts;

/// <summary>
/// What a session is given, in order, and what it proved to have. While its connection takes what comes, everything is written at once. When
/// it does not (the link is slow or lost, or the session just came and old messages wait), new things queue behind in the backlog:
/// stored messages by id only, read back from the log in pages. A slow reader so costs a few bytes a message and slows nobody.
/// </summary>
internal sealed class SessionDelivery(Session session)
{
    /// <summary>Past this many bytes that the socket has not taken, stored messages wait in the log.</summary>
    private const int OutputBound = 256 * 1024;

    /// <summary>Past this many, the stream ends; it may be resumed.</summary>
    private const int OutputLimit = 4 * 1024 * 1024;

    /// <summary>Other stanzas than stored messages that may wait for proof or for the link.</summary>
    private const int MostOthers = 1000;
    private const int MostOtherBytes = 4 * 1024 * 1024;

    private const int LargestPage = 100;
    private const int AskAfter = 8;
    private const int QuestionAfter = 50;
    private static readonly TimeSpan AskAtLeast = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuestionAtLeast = TimeSpan.FromSeconds(5);

    private readonly Queue<Outgoing> _unproven = new();
    private readonly Queue<Outgoing> _early = new();
    private readonly Queue<Outgoing> _backlog = new();
    private readonly PumpWork _pump = new(session);
    private volatile bool _wantsPump;
    private bool _written;
    private int _pageSize = LargestPage;
    private int _others;
    private int _otherBytes;
    private bool _isCutOff;
    private int _sinceAsked;
    private int _questions;
    private int _answeredQuestions;
    private long _askedAt;

    private XmppServer Server => session.Server;
    private Mailbox Mailbox => session.Account.Mailbox;

    /// <summary>Whether the session waits for something that only <see cref="Tick"/> can move on.</summary>
    public bool NeedsTick => _sinceAsked > 0;

    private bool IsBehind => _backlog.Count > 0 || session.Stream is not { } stream || stream.Output.Pending > OutputBound;

    /// <summary>Writes a stanza of the server's own.</summary>
    public void Send(Stanza stanza)
    {
        if (session.Management is not null)
        {
            var item = Outgoing.Of(stanza);
            if (!CountOther(item))
            {
                return;
            }
            _unproven.Enqueue(item);
            _sinceAsked++;
        }
        Write(stanza);
    }

    /// <summary>Writes somebody else's stanza, or queues it behind what waits.</summary>
    public void Forward(Stanza stanza)
    {
        var item = Outgoing.Of(stanza);
        if (!IsBehind)
        {
            Send(stanza);
        }
        else if (CountOther(item))
        {
            Queue(item);
        }
    }

    /// <summary>Takes charge of a stored message, and writes it now if the link keeps up.</summary>
    public void Offer(long id, ReadOnlyMemory<byte> bytes, EntryForm form)
    {
        Mailbox.Hold(id);
        if (IsBehind)
        {
            Queue(Outgoing.Entry(id, form));
            return;
        }
        Expect(Outgoing.Entry(id, form));
        WriteEntry(id, bytes, form, since: null);
    }

    /// <summary>Gives a message that is not stored, in a form.</summary>
    public void OfferUnstored(ReadOnlyMemory<byte> bytes, EntryForm form)
    {
        var item = Outgoing.Unstored(bytes, form);
        if (IsBehind)
        {
            if (CountOther(item))
            {
                Queue(item);
            }
            return;
        }
        if (session.Management is not null && !CountOther(item))
        {
            return;
        }
        Expect(item);
        WriteEntry(0, bytes, form, since: null);
    }

    /// <summary>Takes charge of messages that wait in the log, to be given in pages.</summary>
    public void OfferWaiting(IEnumerable<long> ids)
    {
        foreach (var id in ids)
        {
            Mailbox.Hold(id);
            _backlog.Enqueue(Outgoing.Entry(id, EntryForm.Direct));
        }
        RequestPump();
    }

    /// <summary>How many stanzas were sent since stream management was enabled.</summary>
    public uint Sent => unchecked(session.Management!.Acknowledged + (uint)_unproven.Count);

    /// <summary>From now on everything that is sent counts (XEP-0198 §3); what was sent before is still proved by a question.</summary>
    public void Enable(StreamManagement management)
    {
        while (_unproven.TryDequeue(out var item))
        {
            _early.Enqueue(item);
        }
        session.Management = management;
    }

    /// <summary>The client says how many stanzas it has (XEP-0198 §4); false when that is more than there were.</summary>
    public bool Acknowledge(uint h)
    {
        var management = session.Management!;
        var count = unchecked(h - management.Acknowledged);
        if (count > _unproven.Count)
        {
            return false;
        }
        management.Acknowledged = h;
        management.Asked = false;
        for (var i = 0u; i < count; i++)
        {
            Settle(_unproven.Dequeue());
        }
        return true;
    }

    /// <summary>The client answered a question: it has what it was given before it.</summary>
    public void Prove(int question)
    {
        if (question <= _answeredQuestions || question > _questions)
        {
            return;
        }
        var asked = session.Management is null ? _unproven : _early;
        while (_answeredQuestions < question && asked.TryDequeue(out var item))
        {
            _answeredQuestions = Math.Max(_answeredQuestions, item.Proof);
            Settle(item);
        }
    }

    /// <summary>The client closed its stream: it has what had gone to the socket (without stream management).</summary>
    public void ProveFlushed()
    {
        if (session.Management is not null || _isCutOff || session.Stream is not { } stream || stream.Output.Pending > 0)
        {
            return;
        }
        while (_unproven.TryDequeue(out var item))
        {
            Settle(item);
        }
    }

    /// <summary>The stream was resumed, as the client is told first: what is not acknowledged goes out again, before what waited.</summary>
    public void Restart(ReadOnlyMemory<byte> resumed)
    {
        _isCutOff = false; // the new link has room, whatever the old one had
        WriteNonza(resumed);
        var waiting = _backlog.ToArray();
        _backlog.Clear();
        foreach (var item in _early.Concat(_unproven))
        {
            if (item.Proof == 0)
            {
                _backlog.Enqueue(item);
            }
        }
        _early.Clear();
        _unproven.Clear();
        foreach (var item in waiting)
        {
            _backlog.Enqueue(item);
        }
        session.Management!.Asked = false;
        RequestPump();
    }

    /// <summary>The session ended: gives back the entries it held, and the stanzas that the client may never have seen.</summary>
    public (List<long> Entries, List<Stanza> Stanzas) Abandon()
    {
        var entries = new List<long>();
        var stanzas = new List<Stanza>();
        foreach (var item in _early.Concat(_unproven).Concat(_backlog))
        {
            if (item.IsEntry)
            {
                entries.Add(item.Id);
            }
            else if (item.Stanza is not null)
            {
                stanzas.Add(item.Stanza);
            }
        }
        _early.Clear();
        _unproven.Clear();
        _backlog.Clear();
        return (entries, stanzas);
    }

    /// <summary>Writes a piece that is no stanza.</summary>
    public void WriteNonza(ReadOnlyMemory<byte> bytes)
    {
        if (Writable() is { } stream)
        {
            stream.Output.Write(bytes);
            _written = true;
        }
    }

    /// <summary>Sends what was written during this turn, with a question where one is due.</summary>
    public void Flush()
    {
        if (!_written || session.Stream is not { } stream)
        {
            return;
        }
        AskIfDue();
        _written = false;
        stream.Output.Flush();
    }

    /// <summary>Asks for proof of what was given a while ago, or of life; called once a second while there is a reason.</summary>
    public void Tick(bool isIdle)
    {
        if (isIdle)
        {
            Ask();
        }
        else
        {
            AskIfDue();
        }
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
        if (_backlog.Count == 0)
        {
            return;
        }
        _wantsPump = true;
        if (session.Stream is { } stream && stream.Output.Pending <= OutputBound)
        {
            _pump.Post();
        }
    }

    private void Queue(Outgoing item)
    {
        _backlog.Enqueue(item);
        RequestPump();
    }

    private async ValueTask PumpAsync()
    {
        _wantsPump = false;
        while (_backlog.Count > 0 && session.Stream is { } stream)
        {
            if (stream.Output.Pending > OutputBound)
            {
                RequestPump();
                return;
            }
            await WritePageAsync(stream.Output);
            Ask();
            _written = false;
            stream.Output.Flush();
        }
    }

    // A page ends where it has filled the output, so that large messages neither fill memory nor pass for a client that does not read.
    private async ValueTask WritePageAsync(Output output)
    {
        var page = new List<Outgoing>(Math.Min(_pageSize, _backlog.Count));
        page.AddRange(_backlog.Take(_pageSize)); // stays queued while the database is read: a failure then loses nothing
        var ids = page.Where(item => item.IsEntry).Select(item => item.Id).Order().ToArray();
        var entries = ids.Length == 0 ? [] : await Server.Mailboxes.ReadAsync(session.Account.Id, ids, CancellationToken.None);
        var byId = entries.ToDictionary(entry => entry.Id);
        var done = 0;
        foreach (var item in page)
        {
            if (output.Pending > OutputBound)
            {
                break;
            }
            done++;
            _backlog.Dequeue();
            if (!item.IsEntry)
            {
                WriteWaiting(item);
            }
            else if (byId.TryGetValue(item.Id, out var entry))
            {
                Expect(item);
                WriteEntry(item.Id, entry.Stanza, item.Form!, entry.Stamp);
            }
            else
            {
                Mailbox.Settle(item.Id); // gone from the log meanwhile
                Server.MarkChanged(session.Account);
            }
        }
        // What did not fit is read again: next time no more than what fits.
        _pageSize = done < page.Count ? Math.Max(1, done) : Math.Min(LargestPage, _pageSize * 2);
    }

    private void WriteWaiting(Outgoing item)
    {
        if (session.Management is null)
        {
            Uncount(item);
        }
        Expect(item);
        if (item.Stanza is not null)
        {
            Write(item.Stanza);
        }
        else
        {
            WriteEntry(0, item.Bytes, item.Form!, since: null);
        }
    }

    // One turn may answer thousands of small requests with something large: past the limit nothing more is written to this stream, for else
    // that would have to be kept until the stream is gone. What is owed goes out when the client resumes.
    private ClientStream? Writable()
    {
        if (session.Stream is not { } stream || _isCutOff)
        {
            return null;
        }
        if (stream.Output.Pending > OutputLimit)
        {
            _isCutOff = true;
            stream.End(new StreamError(StreamErrorCondition.ResourceConstraint, "The client does not read."), resumable: true);
            return null;
        }
        return stream;
    }

    // Without stream management only entries are waited for.
    private void Expect(Outgoing item)
    {
        if (item.IsEntry || session.Management is not null)
        {
            _unproven.Enqueue(item);
            _sinceAsked++;
        }
    }

    private void Write(Stanza stanza)
    {
        if (Writable() is not { } stream)
        {
            return;
        }
        stream.Output.Write((stanza, stream.IsFramed), static (output, state) => state.stanza.WriteTo(output, state.IsFramed));
        _written = true;
    }

    private void WriteEntry(long id, ReadOnlyMemory<byte> bytes, EntryForm form, DateTimeOffset? since)
    {
        if (Writable() is not { } stream)
        {
            return;
        }
        var stanzaId = id == 0 ? null : Server.EntryIds.Encode(session.Account.Id, id);
        var view = new EntryView(bytes, stanzaId, session.Account.Jid, session.Jid, since);
        stream.Output.Write((form, view, stream.IsFramed), static (output, state) => state.form.Write(output, state.view, state.IsFramed));
        _written = true;
    }

    private void Settle(Outgoing item)
    {
        if (item.IsEntry)
        {
            Mailbox.Settle(item.Id);
            Server.MarkChanged(session.Account);
        }
        else if (item.Proof == 0)
        {
            Uncount(item);
        }
    }

    private void Uncount(Outgoing item)
    {
        _others--;
        _otherBytes -= item.Weight;
    }

    private bool CountOther(Outgoing item)
    {
        if (_others < MostOthers && _otherBytes < MostOtherBytes)
        {
            _others++;
            _otherBytes += item.Weight;
            return true;
        }
        if (session.Stream is { } stream)
        {
            stream.End(new StreamError(StreamErrorCondition.ResourceConstraint, "The client does not confirm what it gets."), resumable: true);
        }
        else
        {
            session.Account.Post(new AccountAction(account => Server.Sessions.EndAsync(session)));
        }
        return false;
    }

    private void AskIfDue()
    {
        if (session.Stream is null || _unproven.Count == 0)
        {
            return;
        }
        var since = Server.Time.GetElapsedTime(_askedAt);
        var due = session.Management is { } management
            ? !management.Asked && _sinceAsked > 0 && (_sinceAsked >= AskAfter || since >= AskAtLeast)
            : _sinceAsked >= QuestionAfter || (_sinceAsked > 0 && since >= QuestionAtLeast);
        if (due)
        {
            Ask();
        }
    }

    private void Ask()
    {
        if (session.Stream is not { } stream)
        {
            return;
        }
        _askedAt = Server.Time.GetTimestamp();
        _sinceAsked = 0;
        stream.ExpectAnswer();
        if (session.Management is { } management)
        {
            management.Asked = true;
            WriteNonza(Nonzas.Request);
            _written = true;
            return;
        }
        _questions++;
        _unproven.Enqueue(Outgoing.Question(_questions));
        Write(ProofQuestion.Make(Server.Domain, session.Jid, _questions));
    }

    private sealed class PumpWork(Session session) : IAccountWork
    {
        private int _posted;

        public void Post()
        {
            if (Interlocked.Exchange(ref _posted, 1) == 0)
            {
                session.Account.Post(this);
            }
        }

        public ValueTask RunAsync(Account account)
        {
            Volatile.Write(ref _posted, 0);
            return session.HasEnded ? default : session.Delivery.PumpAsync();
        }

        public void Fail(Exception reason) => session.Stream?.End(new StreamError(StreamErrorCondition.InternalServerError), resumable: true);
    }
}
