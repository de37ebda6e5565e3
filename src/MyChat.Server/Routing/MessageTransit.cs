using System.Buffers;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Server.Modules;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Routing;

/// <summary>
/// A message on its way: out of the sender's account, into the recipient's, through the commit, to the sessions. The one object is the work of
/// each account in turn and the write of the log, so that the way can be read here from top to bottom; docs/routing.md draws it.
/// </summary>
public sealed class MessageTransit : MailboxWrite, IAccountWork
{
    private enum Step { Leaving, Arriving, Delivering, CopyingSent, Abandoned, Over }

    // What was written anew (StanzaIds) may have grown by its escapes; clients take about 1 MB.
    private const int MostPayloadBytes = 524_288;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    private readonly uint _number;
    private readonly List<Session> _given = [];
    private OwnMessages.Span? _own; // null once it is committed or refused
    private Step _step = Step.Leaving;
    private bool _appended;

    internal MessageTransit(XmppServer server, Session sender, Message message, uint number, OwnMessages.Span? own = null)
    {
        (Server, Sender, Message, _number, _own) = (server, sender, message, number, own);
    }

    public XmppServer Server { get; }

    /// <summary>The session that sent it.</summary>
    public Session Sender { get; }

    /// <summary>The message as it is now; a handler of the stage Mark may put another in its place.</summary>
    public Message Message { get; set; }

    /// <summary>The account in which the current stage runs.</summary>
    public Account Account { get; private set; } = null!;

    /// <summary>The sessions of <see cref="Account"/> that have been given the message or a copy.</summary>
    public IReadOnlyList<Session> Given => _given;

    /// <summary>Whether it was refused or dropped.</summary>
    public bool IsOver => _step == Step.Over;

    /// <summary>Answers the sender with an error, and goes no further.</summary>
    public void Refuse(StanzaError error)
    {
        XmppServer.Refuse(Sender, Message, error);
        Drop();
    }

    /// <summary>Goes no further, silently.</summary>
    public void Drop()
    {
        _step = Step.Over;
        Finish();
    }

    /// <summary>Changes whose logs it enters; for the stage Decide.</summary>
    public void Enter(MailboxSides sides) => Sides = sides;

    /// <summary>Gives the message in a form to a session of <see cref="Account"/>; only the first form counts.</summary>
    public void CopyTo(Session session, EntryForm form)
    {
        if (_given.Contains(session))
        {
            return;
        }
        _given.Add(session); // what a filter holds back is given too: no other form of it follows
        if (!Server.Modules.MaySendNow(session, new Forwarding(IsStoredHere ? null : Message, form)))
        {
            return;
        }
        if (IsStoredHere)
        {
            session.Delivery.Offer(Id, Stanza, form);
        }
        else if (form == EntryForm.Direct)
        {
            session.Delivery.Forward(Message);
        }
        else
        {
            session.Delivery.OfferUnstored(Stanza.IsEmpty ? Serialize(Message) : Stanza, form);
        }
    }

    private bool IsStoredHere => Id != 0 && Account.Id == RecipientAccount
        ? Sides.HasFlag(MailboxSides.Recipient)
        : Id != 0 && Sides.HasFlag(MailboxSides.Sender);

    public ValueTask RunAsync(Account account)
    {
        Account = account;
        switch (_step)
        {
            case Step.Leaving:
                Leave();
                break;
            case Step.Arriving:
                Arrive();
                break;
            case Step.Delivering:
                Deliver();
                break;
            case Step.CopyingSent:
                Server.Modules.Run(Direction.Outbound, MessageStage.Copy, this);
                break;
            case Step.Abandoned:
                Account.EndUncommitted((FullJid)Message.From!);
                break;
        }
        return default;
    }

    public void Fail(Exception reason)
    {
        if (_step is Step.Leaving or Step.Arriving)
        {
            Refuse(new StanzaError(StanzaErrorCondition.InternalServerError));
        }
    }

    // ---- the sender's side

    private void Leave()
    {
        if (!Account.Exists || Sender.IsRevoked)
        {
            Drop(); // the account was removed while this was on its way
            return;
        }
        var to = Message.To ?? Account.Jid; // RFC 6120 §8.1.1.1
        Message = Message with { From = Sender.Jid, To = to };
        if (Message.Defect is { } defect)
        {
            Refuse(new StanzaError(defect));
            return;
        }
        if (ModuleTable.Guard(Server.Modules.OutboundGuards, Account, to, Message) is { } error)
        {
            Refuse(error);
            return;
        }
        if (!Server.Router.IsLocalAccount(to))
        {
            // RFC 6120 §10.4 and §10.5.1: no other servers are asked yet, and the server itself takes no messages.
            Refuse(new StanzaError(Server.Router.IsLocal(to) ? StanzaErrorCondition.ServiceUnavailable : StanzaErrorCondition.RemoteServerNotFound));
            return;
        }
        var sent = Message.Payload.Utf8.Length;
        Server.Modules.Run(Direction.Outbound, MessageStage.Mark, this);
        if (IsOver)
        {
            return;
        }
        if (Message.Payload.Utf8.Length > Math.Max(MostPayloadBytes, 2L * sent))
        {
            Refuse(new StanzaError(StanzaErrorCondition.PolicyViolation, "Written anew, the message is too long."));
            return;
        }
        (SenderAccount, SenderKey) = (Account.Id, Account.PeerKey);
        Sides = Keeps(Account, to) ? MailboxSides.Sender : MailboxSides.None;
        _step = Step.Arriving;
        Server.Router.Post(to.Bare, this);
    }

    // ---- the recipient's side, before the commit

    private void Arrive()
    {
        if (!Account.Exists)
        {
            // RFC 6121 §8.5.1
            Bounce(Message.Type is MessageType.Error or MessageType.Headline ? MessageOutcome.Drop : MessageOutcome.Refuse);
            return;
        }
        if (ModuleTable.Guard(Server.Modules.InboundGuards, Account, Message.From!, Message) is { } error)
        {
            Bounce(MessageOutcome.Refuse, error);
            return;
        }
        var resource = Message.To!.Resourcepart;
        var isThere = resource is not null && Account.Sessions.Find(resource) is not null;
        var outcome = MessageRules.Decide(Message, resource is not null, isThere, Account.Sessions.Receiving.Any());
        if (outcome is MessageOutcome.Refuse or MessageOutcome.Drop)
        {
            Bounce(outcome);
            return;
        }
        (RecipientAccount, RecipientKey) = (Account.Id, Account.PeerKey);
        Sides = outcome == MessageOutcome.Store ? SidesFor() : MailboxSides.None;
        Server.Modules.Run(Direction.Inbound, MessageStage.Decide, this);
        if (!IsOver)
        {
            Commit();
        }
    }

    private MailboxSides SidesFor()
    {
        var recipient = MailboxSides.Recipient | (Keeps(Account, Message.From!) ? MailboxSides.None : MailboxSides.Transient);
        if (MessageRules.IsTransient(Message))
        {
            return recipient | MailboxSides.Transient;
        }
        return Account.Id == SenderAccount ? recipient : recipient | Sides; // to oneself: one entry
    }

    private void Commit()
    {
        var stores = Sides != MailboxSides.None;
        if (stores && LimitReached() is { } error)
        {
            Refuse(error);
            return;
        }
        if (!stores && !Account.HasUncommitted((FullJid)Message.From!))
        {
            Deliver();
            return;
        }
        // Without sides it stores nothing, and still keeps its place behind what the same session sent before.
        Stamp = Server.Time.GetUtcNow();
        Stanza = stores ? Serialize(Message) : default;
        _appended = true;
        _step = Step.Delivering;
        Account.BeginUncommitted((FullJid)Message.From!);
        Server.Mailboxes.Append(this);
    }

    private StanzaError? LimitReached()
    {
        var limits = Server.Options.Limits;
        if (limits.MailboxMegabytesPerAccount > 0 && Account.Mailbox.Bytes >= limits.MailboxMegabytesPerAccount * 1_048_576L)
        {
            return new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, "The recipient's mailbox is full.");
        }
        if (limits.UndeliveredPerSenderAndAccount > 0
            && Account.Mailbox.UnsettledFrom(SenderAccount) + Account.UncommittedOf(Sender.Jid) >= limits.UndeliveredPerSenderAndAccount)
        {
            return new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, "The recipient has too many messages of yours waiting.");
        }
        return null;
    }

    // ---- the commit; called by the writer

    public override void Committed()
    {
        Finish();
        if (Sides.HasFlag(MailboxSides.Sender) && SenderAccount != RecipientAccount)
        {
            Sender.Account.Mailbox.AddSent(Stanza.Length);
            Server.MarkChanged(Sender.Account);
        }
        if (Sender.Account.Sessions.Count > 1)
        {
            Sender.Account.Post(CopyForSender());
        }
        Server.Router.Post(Message.To!.Bare, this);
    }

    public override void Failed(Exception reason)
    {
        XmppServer.Refuse(Sender, Message, new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.InternalServerError, "The message could not be stored."));
        Finish();
        _step = Step.Abandoned;
        Server.Router.Post(Message.To!.Bare, this);
    }

    // ---- the recipient's side, after the commit

    private void Deliver()
    {
        if (_appended)
        {
            Account.EndUncommitted((FullJid)Message.From!);
        }
        else
        {
            Finish();
            if (Sender.Account.Sessions.Count > 1)
            {
                Sender.Account.Post(CopyForSender());
            }
        }
        if (!Account.Exists)
        {
            return; // removed meanwhile, and its log with it
        }
        if (Sides.HasFlag(MailboxSides.Recipient))
        {
            Account.Mailbox.Add(Id, SenderAccount, Sides.HasFlag(MailboxSides.Transient));
            Account.Mailbox.AddBytes(Stanza.Length);
            Server.MarkChanged(Account);
        }
        foreach (var session in Targets())
        {
            CopyTo(session, EntryForm.Direct);
        }
        Server.Modules.Run(Direction.Inbound, MessageStage.Copy, this);
        if (_given.Count == 0)
        {
            Server.Modules.Run(Direction.Inbound, MessageStage.Undelivered, this);
        }
    }

    // RFC 6121 §8.5.2.1.1: all resources that want it; §8.5.3: the one it is for, and for one that is gone, as to the bare JID.
    private IEnumerable<Session> Targets()
    {
        if (Message.To!.Resourcepart is { } resource && Account.Sessions.Find(resource) is { } session)
        {
            return [session];
        }
        return Message.Type is MessageType.Groupchat or MessageType.Error ? [] : Account.Sessions.Receiving;
    }

    private MessageTransit CopyForSender() => new(Server, Sender, Message, _number)
    {
        _step = Step.CopyingSent,
        Sides = Sides,
        SenderAccount = SenderAccount,
        RecipientAccount = RecipientAccount,
        Stanza = Stanza,
        Stamp = Stamp,
        Id = Sides == MailboxSides.None ? 0 : Id,
    };

    private void Finish()
    {
        if (Interlocked.Exchange(ref _own, null) is { } own)
        {
            Sender.OwnMessages.Finish(own);
        }
        Sender.Finish(_number);
    }

    private void Bounce(MessageOutcome outcome, StanzaError? error = null)
    {
        if (outcome == MessageOutcome.Drop)
        {
            Drop();
        }
        else
        {
            Refuse(error ?? new StanzaError(StanzaErrorCondition.ServiceUnavailable));
        }
    }

    // XEP-0441 §2.3
    private bool Keeps(Account account, Jid peer) =>
        (account.HistoryPreferences ?? Server.HistoryDefault).Keeps(peer, account.Roster.Find(peer.Bare) is { Listed: true });

    internal static byte[] Serialize(Message message)
    {
        var output = _scratch ??= new ArrayBufferWriter<byte>(1024);
        output.ResetWrittenCount();
        message.WriteTo(output);
        var bytes = output.WrittenSpan.ToArray();
        if (output.Capacity > 64 * 1024)
        {
            _scratch = null;
        }
        return bytes;
    }
}
