using MyChat.Server.Mailboxes;
using MyChat.Server.Streams;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Accounts;

/// <summary>
/// What a session is given, in order, and what it proved to have. While its connection takes what comes, everything is written at once. When
/// it does not (the link is slow or lost, or the session just came and old messages wait), new things queue behind in the backlog. A slow
/// reader so costs a few bytes a message and slows nobody.
/// </summary>
internal sealed class SessionDelivery
{
    private readonly Session _session;
    private readonly SessionOutput _output;
    private readonly OtherStanzas _others;
    private readonly DeliveryProofs _proofs;
    private readonly DeliveryBacklog _backlog;

    public SessionDelivery(Session session)
    {
        _session = session;
        _output = new SessionOutput(session);
        _others = new OtherStanzas(session);
        _proofs = new DeliveryProofs(session, _output, _others);
        _backlog = new DeliveryBacklog(session, _output, _proofs, _others);
    }

    private Mailbox Mailbox => _session.Account.Mailbox;

    /// <summary>Whether the session waits for something that only <see cref="Tick"/> can move on.</summary>
    public bool NeedsTick => _proofs.IsDue;

    /// <summary>How many entries that the client asked for itself it has not proved to have.</summary>
    public int Recalled => _proofs.Recalled;

    /// <summary>How many stanzas were sent since stream management was enabled.</summary>
    public uint Sent => unchecked(_session.Management!.Acknowledged + (uint)_proofs.Count);

    private bool IsBehind => !_backlog.IsEmpty || _output.IsFull;

    /// <summary>Writes a stanza of the server's own.</summary>
    public void Send(Stanza stanza)
    {
        var item = Outgoing.Of(stanza);
        if (_session.Management is null || _others.Add(item))
        {
            _proofs.Expect(item);
            _output.Write(stanza);
        }
    }

    /// <summary>Writes somebody else's stanza, or queues it behind what waits.</summary>
    public void Forward(Stanza stanza)
    {
        var item = Outgoing.Of(stanza);
        if (!IsBehind)
        {
            Send(stanza);
        }
        else if (_others.Add(item))
        {
            _backlog.Add(item);
        }
    }

    /// <summary>Takes charge of a stored message, and writes it now if the link keeps up.</summary>
    public void Offer(long id, ReadOnlyMemory<byte> bytes, EntryForm form) => Offer(Outgoing.Entry(id, form), bytes, since: null);

    /// <summary>
    /// Gives an entry that the client asked for itself. The session takes charge of it as of any other: what it got so is not offered to it
    /// again as waiting, and is delivered once it proves to have it.
    /// </summary>
    public void Recall(MailboxEntry entry, EntryForm form)
    {
        _proofs.Recalled++;
        Offer(Outgoing.Recalled(entry.Id, form), entry.Stanza, entry.Stamp);
    }

    /// <summary>Gives a message that is not stored, in a form.</summary>
    public void OfferUnstored(ReadOnlyMemory<byte> bytes, EntryForm form)
    {
        var item = Outgoing.Unstored(bytes, form);
        if (IsBehind)
        {
            if (_others.Add(item))
            {
                _backlog.Add(item);
            }
            return;
        }
        if (_session.Management is null || _others.Add(item))
        {
            _proofs.Expect(item);
            _output.WriteEntry(0, bytes, form, since: null);
        }
    }

    /// <summary>Takes charge of messages that wait in the log, to be given in pages.</summary>
    public void OfferWaiting(IEnumerable<long> ids)
    {
        var items = new List<Outgoing>();
        foreach (var id in ids)
        {
            Mailbox.Hold(id);
            items.Add(Outgoing.Entry(id, EntryForm.Direct));
        }
        _backlog.Add(items);
    }

    /// <inheritdoc cref="DeliveryProofs.Enable"/>
    public void Enable(StreamManagement management) => _proofs.Enable(management);

    /// <inheritdoc cref="DeliveryProofs.Acknowledge"/>
    public bool Acknowledge(uint h) => _proofs.Acknowledge(h);

    /// <inheritdoc cref="DeliveryProofs.Prove"/>
    public void Prove(int question) => _proofs.Prove(question);

    /// <inheritdoc cref="DeliveryProofs.ProveFlushed"/>
    public void ProveFlushed() => _proofs.ProveFlushed();

    /// <summary>The stream was resumed, as the client is told first: what is not acknowledged goes out again, before what waited.</summary>
    public void Restart(ReadOnlyMemory<byte> resumed)
    {
        _output.Reopen();
        WriteNonza(resumed);
        var waiting = _backlog.TakeAll();
        _session.Management!.Asked = false; // it was resumed by it
        _backlog.Add(_proofs.TakeAll().Where(item => item.Proof == 0).Concat(waiting));
    }

    /// <summary>The session ended: gives back the entries it held, and the stanzas that the client may never have seen.</summary>
    public (List<long> Entries, List<Stanza> Stanzas) Abandon()
    {
        var entries = new List<long>();
        var stanzas = new List<Stanza>();
        foreach (var item in _proofs.TakeAll().Concat(_backlog.TakeAll()))
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
        return (entries, stanzas);
    }

    /// <summary>Writes a piece that is no stanza.</summary>
    public void WriteNonza(ReadOnlyMemory<byte> bytes) => _output.WriteNonza(bytes);

    /// <summary>Sends what was written during this turn, with a question where one is due.</summary>
    public void Flush()
    {
        if (_output.HasWritten && _session.Stream is not null)
        {
            _proofs.AskIfDue();
            _output.Flush();
        }
    }

    /// <summary>Asks for proof of what was given a while ago, or of life; called once a second while there is a reason.</summary>
    public void Tick(bool isIdle)
    {
        if (isIdle)
        {
            _proofs.Ask();
        }
        else
        {
            _proofs.AskIfDue();
        }
    }

    /// <summary>The socket has taken everything. Safe from anywhere.</summary>
    public void Drained() => _backlog.Drained();

    private void Offer(Outgoing item, ReadOnlyMemory<byte> bytes, DateTimeOffset? since)
    {
        Mailbox.Hold(item.Id);
        if (IsBehind)
        {
            _backlog.Add(item);
            return;
        }
        _proofs.Expect(item);
        _output.WriteEntry(item.Id, bytes, item.Form!, since); // an entry has a form
    }
}
