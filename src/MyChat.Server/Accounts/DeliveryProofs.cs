using MyChat.Server.Streams;

namespace MyChat.Server.Accounts;

/// <summary>
/// What a session was given and has not proved to have, in order, and how it is asked: by stream management's count (XEP-0198), or without
/// that by questions whose answer proves what was given before.
/// </summary>
internal sealed class DeliveryProofs(Session session, SessionOutput output, OtherStanzas others)
{
    private const int AskAfter = 8;
    private const int QuestionAfter = 50;
    private static readonly TimeSpan AskAtLeast = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuestionAtLeast = TimeSpan.FromSeconds(5);

    // What is no entry is only kept for a resumption: nobody waits for its proof, and an answer to each presence would cost as much as the presence.
    private const int AskAfterBytes = 16 * 1024;
    private static readonly TimeSpan AskAboutOthersAtLeast = TimeSpan.FromSeconds(30);

    private readonly Queue<Outgoing> _unproven = new();
    private readonly Queue<Outgoing> _early = new(); // given before stream management was enabled
    private int _entriesSinceAsked;
    private int _otherBytesSinceAsked;
    private int _questions;
    private int _answeredQuestions;
    private long _askedAt;

    private XmppServer Server => session.Server;

    /// <summary>How many wait for proof.</summary>
    public int Count => _unproven.Count;

    /// <summary>How many of the entries that the client asked for itself wait, for proof or to be given.</summary>
    public int Recalled { get; set; }

    /// <summary>Whether it is time to ask for proof. Safe from anywhere, as a hint.</summary>
    public bool IsDue
    {
        get
        {
            var since = Server.Time.GetElapsedTime(_askedAt);
            return session.Management is { } management
                ? !management.Asked
                    && (_entriesSinceAsked >= AskAfter || (_entriesSinceAsked > 0 && since >= AskAtLeast)
                        || _otherBytesSinceAsked >= AskAfterBytes || (_otherBytesSinceAsked > 0 && since >= AskAboutOthersAtLeast))
                : _entriesSinceAsked >= QuestionAfter || (_entriesSinceAsked > 0 && since >= QuestionAtLeast);
        }
    }

    /// <summary>The client is being given this. Without stream management only entries are waited for.</summary>
    public void Expect(Outgoing item)
    {
        if (item.IsEntry)
        {
            _entriesSinceAsked++;
        }
        else if (session.Management is not null)
        {
            _otherBytesSinceAsked += item.Weight;
        }
        else
        {
            return;
        }
        _unproven.Enqueue(item);
    }

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
        var management = session.Management!; // only then it can
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
        if (_unproven.Count == 0)
        {
            (_entriesSinceAsked, _otherBytesSinceAsked) = (0, 0);
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
        if (session.Management is not null || output.IsCutOff || !output.IsEmpty)
        {
            return;
        }
        while (_unproven.TryDequeue(out var item))
        {
            Settle(item);
        }
    }

    /// <summary>Takes out all that is not proved, in order.</summary>
    public List<Outgoing> TakeAll()
    {
        List<Outgoing> all = [.. _early, .. _unproven];
        _early.Clear();
        _unproven.Clear();
        return all;
    }

    public void AskIfDue()
    {
        if (session.Stream is not null && _unproven.Count > 0 && IsDue)
        {
            Ask();
        }
    }

    public void Ask()
    {
        if (session.Stream is not { } stream)
        {
            return;
        }
        _askedAt = Server.Time.GetTimestamp();
        (_entriesSinceAsked, _otherBytesSinceAsked) = (0, 0);
        stream.ExpectAnswer();
        if (session.Management is { } management)
        {
            management.Asked = true;
            output.WriteNonza(Nonzas.Request);
            return;
        }
        _questions++;
        _unproven.Enqueue(Outgoing.Question(_questions));
        output.Write(ProofQuestion.Make(Server.Domain, session.Jid, _questions));
    }

    /// <summary>The session has this, or there is nothing any more that it could have.</summary>
    public void Settle(Outgoing item)
    {
        if (item.IsEntry)
        {
            Recalled -= item.IsRecalled ? 1 : 0;
            session.Account.Mailbox.Settle(item.Id);
            Server.MarkChanged(session.Account);
        }
        else if (item.Proof == 0)
        {
            others.Remove(item);
        }
    }
}
