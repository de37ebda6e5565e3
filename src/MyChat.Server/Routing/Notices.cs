using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Routing;

/// <summary>Brings what an account itself says (not one of its sessions) to the sessions of its contacts. Nothing of it is stored.</summary>
internal sealed class Notices(XmppServer server)
{
    /// <summary>In the account that says it.</summary>
    public void Send(Account account, BareJid contact, Message word, Func<Session, bool> which)
    {
        var addressed = word with { From = account.Jid, To = contact };
        if (server.Router.IsLocalAccount(contact) && ModuleTable.Guard(server.Modules.OutboundGuards, account, contact, addressed) is null)
        {
            server.Router.FindLoaded(contact)?.Post(new AccountAction(recipient =>
            {
                Arrive(recipient, addressed, which);
                return default;
            }));
        }
    }

    private void Arrive(Account recipient, Message word, Func<Session, bool> which)
    {
        if (!recipient.Exists || ModuleTable.Guard(server.Modules.InboundGuards, recipient, word.From!, word) is not null)
        {
            return;
        }
        foreach (var session in recipient.Sessions.Available)
        {
            if (which(session))
            {
                session.Forward(word with { To = session.Jid });
            }
        }
    }
}
