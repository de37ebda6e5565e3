using System.Buffers;
using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Testing.Stores;

/// <summary>Whose a mailbox is.</summary>
public readonly record struct Owner(long Account, FullJid Jid);

/// <summary>A chat message on its way into the logs of both sides, past all but the store.</summary>
public abstract class ChatWrite : MailboxWrite
{
    protected ChatWrite(Owner from, Owner to, DateTimeOffset stamp, string body, string? id = null)
    {
        (SenderAccount, SenderKey) = (from.Account, PeerKeys.Of(from.Jid.Bare));
        (RecipientAccount, RecipientKey) = (to.Account, PeerKeys.Of(to.Jid.Bare));
        (Sides, Stamp) = (MailboxSides.Recipient | MailboxSides.Sender, stamp);
        var stanza = new ArrayBufferWriter<byte>();
        new Message { From = from.Jid, To = to.Jid.Bare, Type = MessageType.Chat, Id = id, Payload = new Payload(new Element(XNames.Body, body)) }.WriteTo(stanza);
        Stanza = stanza.WrittenMemory;
    }
}
