using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Conversations;

/// <summary>A message as it concerns a conversation, whoever brought it: directly, or as a carbon of another device's (XEP-0280).</summary>
/// <param name="Contact">With whom the conversation is.</param>
/// <param name="IsMine">Written by the user, on another device.</param>
/// <param name="IsCarbon">A copy: whoever got the message itself answers it.</param>
/// <param name="Sent">When it was sent, when the server says so (XEP-0203).</param>
/// <param name="StanzaId">The id that the user's server gave it (XEP-0359), where that can be believed.</param>
internal sealed record Envelope(Message Message, BareJid Contact, bool IsMine, bool IsCarbon, DateTimeOffset? Sent, string? StanzaId)
{
    /// <summary>Null for what nobody is to be shown: a forged carbon, above all.</summary>
    /// <param name="givesIds">Whether the server announces XEP-0359: only then does it take forged ids out (§5, rule 3).</param>
    public static Envelope? Open(Message message, BareJid account, bool givesIds)
    {
        if (message.Defect is not null)
        {
            return null;
        }
        var carbon = message.Payload.Mentions("urn:xmpp:carbons:2"u8)
            ? message.Payload.Child(Carbons.Sent) ?? message.Payload.Child(Carbons.Received)
            : null;
        if (carbon is not null)
        {
            // XEP-0280 §11: a carbon comes from one's own bare JID, and anything else is somebody who pretends.
            return message.From is null || message.From.Equals(account) ? OpenCarbon(carbon, account, givesIds) : null;
        }
        var from = (message.From ?? account).Bare;
        return new Envelope(
            message, from, from.Equals(account), IsCarbon: false, DelayedDelivery.Read(message.Payload, account), Id(message, account, givesIds));
    }

    /// <summary>What the user's own archive has (XEP-0313 §4.2); null for what concerns no conversation.</summary>
    /// <param name="id">The archive's id, which is the one of XEP-0359 (XEP-0313 §3).</param>
    public static Envelope? OpenArchived(Element result, string id, BareJid account)
    {
        if (StanzaForwarding.Read(result) is not ({ Type: MessageType.Chat or MessageType.Normal } message, { } sent))
        {
            return null;
        }
        var (from, to) = ((message.From ?? account).Bare, (message.To ?? account).Bare);
        var isMine = from.Equals(account);
        return isMine || to.Equals(account) ? new Envelope(message, isMine ? to : from, isMine, IsCarbon: true, sent, id) : null;
    }

    private static Envelope? OpenCarbon(Element carbon, BareJid account, bool givesIds)
    {
        if (StanzaForwarding.Read(carbon) is not var (message, sent))
        {
            return null;
        }
        var isMine = carbon.Name == Carbons.Sent;
        var (mine, theirs) = isMine ? (message.From, message.To) : (message.To, message.From);
        if (theirs is null || !account.Equals(mine?.Bare))
        {
            return null;
        }
        // What the user writes to itself comes as received.
        isMine |= theirs.Bare.Equals(account);
        return new Envelope(
            message, theirs.Bare, isMine, IsCarbon: true, sent ?? DelayedDelivery.Read(message.Payload, account), Id(message, account, givesIds));
    }

    private static string? Id(Message message, BareJid account, bool givesIds) => givesIds && message.Payload.Mentions("urn:xmpp:sid:0"u8)
        ? message.Payload.Elements
            .FirstOrDefault(element => element.Name == StanzaIds.StanzaId && BareJid.TryParse(element["by"], out var by) && by.Equals(account))?["id"]
        : null;
}
