using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Routing;

/// <summary>
/// A presence or iq on its way: out of the sender's account, and where it is for somebody else, into theirs. It needs no storage of its own,
/// and waits only behind messages of the same session that the other account has not committed yet (RFC 6120 §10.1).
/// </summary>
internal sealed class StanzaTransit(XmppServer server, Session sender, Stanza stanza, uint number) : MailboxWrite, IAccountWork
{
    private bool _leaving = true;
    private bool _waited;

    public Session Sender => sender;

    /// <summary>The stanza, from the sender's full JID once it has left.</summary>
    public Stanza Received { get; private set; } = stanza;

    public async ValueTask RunAsync(Account account)
    {
        if (_leaving)
        {
            _leaving = false;
            if (!account.Exists || sender.IsRevoked)
            {
                Finish(); // the account was removed while this was on its way
                return;
            }
            Received = Received with { From = sender.Jid };
            await LeaveAsync(account);
            return;
        }
        if (_waited)
        {
            account.EndUncommitted(sender.Jid);
        }
        else if (account.HasUncommitted(sender.Jid))
        {
            _waited = true;
            account.BeginUncommitted(sender.Jid);
            server.Mailboxes.Append(this);
            return;
        }
        await ArriveAsync(account);
        Finish();
    }

    public void Fail(Exception reason)
    {
        XmppServer.Refuse(sender, Received, new StanzaError(StanzaErrorCondition.InternalServerError));
        Finish();
    }

    /// <summary>All that the sender may be told about this stanza has been done.</summary>
    public void Finish() => sender.Finish(number);

    /// <summary>Posts it to the account that it is for.</summary>
    public void GoTo(BareJid account, Stanza? changed = null)
    {
        Received = changed ?? Received;
        _target = account;
        server.Router.Post(account, this);
    }

    public override void Committed() => server.Router.Post(_target!, this);

    public override void Failed(Exception reason) => server.Router.Post(_target!, this); // nothing was to be stored: only the order matters

    private BareJid? _target;

    private ValueTask LeaveAsync(Account account) => Received switch
    {
        Iq iq => server.Iqs.LeaveAsync(this, account, iq),
        Presence presence => server.Presences.LeaveAsync(this, account, presence),
        _ => throw new InvalidOperationException("A message has a way of its own."),
    };

    private ValueTask ArriveAsync(Account account) => Received switch
    {
        Iq iq => server.Iqs.ArriveAsync(this, account, iq),
        Presence presence => server.Presences.ArriveAsync(account, presence),
        _ => default,
    };
}
