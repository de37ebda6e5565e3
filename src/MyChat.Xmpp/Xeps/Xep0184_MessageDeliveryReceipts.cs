using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0184: Message Delivery Receipts: names, and what a receipt is.</summary>
public static class Receipts
{
    public const string Ns = "urn:xmpp:receipts";
    public static readonly XName Request = new(Ns, "request");
    public static readonly XName Received = new(Ns, "received");

    /// <summary>Whether the sender wants to know that the message arrived. A receipt is never acknowledged (§5.5), and without id nothing can be.</summary>
    public static bool IsWanted(Message message) =>
        message.Id is not null && message.Type != MessageType.Error && message.Payload.Mentions("urn:xmpp:receipts"u8)
        && message.Payload.Child(Request) is not null && message.Payload.Child(Received) is null;

    /// <summary>The id of the message that arrived, when this is a receipt.</summary>
    public static string? Read(Message message) =>
        message.Type != MessageType.Error && message.Payload.Mentions("urn:xmpp:receipts"u8) ? message.Payload.Child(Received)?["id"] : null;

    public static Element Make(string id) => new(Received, ("id", id));
}
