using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0280: Message Carbons: names, and which messages are copied.</summary>
public static class Carbons
{
    public const string Ns = "urn:xmpp:carbons:2";
    public static readonly XName Enable = new(Ns, "enable");
    public static readonly XName Disable = new(Ns, "disable");
    public static readonly XName Private = new(Ns, "private");
    public static readonly XName Sent = new(Ns, "sent");
    public static readonly XName Received = new(Ns, "received");

    private const string ReceiptsNs = "urn:xmpp:receipts"; // XEP-0184
    private const string MarkersNs = "urn:xmpp:chat-markers:0"; // XEP-0333
    private const string InvitationNs = "jabber:x:conference"; // XEP-0249
    private static readonly XName RoomUser = new("http://jabber.org/protocol/muc#user", "x"); // XEP-0045
    private static readonly XName RoomInvitation = new("http://jabber.org/protocol/muc#user", "invite");

    /// <summary>Whether the user's other sessions get a copy (§6.1; and XEP-0334 §4.4: the sender may not want that).</summary>
    /// <param name="received">Whether this is the recipient's side.</param>
    public static bool IsEligible(Message message, bool received)
    {
        var payload = message.Payload;
        if (message.Type is MessageType.Error or MessageType.Groupchat || IsPrivate(message))
        {
            return false;
        }
        if (payload.Mentions("http://jabber.org/protocol/muc#user"u8) && payload.Child(RoomUser) is { } room)
        {
            // A room gives what an occupant says in private to each of the user's clients itself.
            return room.Child(RoomInvitation) is not null || (!received && message.Type == MessageType.Chat);
        }
        return message.Type == MessageType.Chat
            || (message.Type == MessageType.Normal && payload.First == XNames.Body)
            || payload.Elements.Any(element => IsForPeople(element, message.Type));
    }

    private static bool IsPrivate(Message message)
    {
        var payload = message.Payload;
        return (payload.Mentions("urn:xmpp:carbons:2"u8) && payload.Child(Private) is not null)
            // The hint is for full JIDs only.
            || (message.To is FullJid && payload.Mentions("urn:xmpp:hints"u8) && payload.Child(MessageProcessingHints.NoCopy) is not null);
    }

    private static bool IsForPeople(Element element, MessageType type) =>
        element.Name.Ns is ReceiptsNs or ChatStates.Ns or MarkersNs or InvitationNs || (type == MessageType.Normal && element.Name == XNames.Body);
}
