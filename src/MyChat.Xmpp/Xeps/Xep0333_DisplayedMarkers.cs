using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0333: Displayed Markers: names, and what a marker is.</summary>
public static class ChatMarkers
{
    public const string Ns = "urn:xmpp:chat-markers:0";
    public static readonly XName Markable = new(Ns, "markable");
    public static readonly XName Displayed = new(Ns, "displayed");

    /// <summary>Whether the sender wants to know that the message was seen.</summary>
    public static bool IsWanted(Message message) =>
        message.Id is not null && message.Type != MessageType.Error && message.Payload.Mentions("urn:xmpp:chat-markers:0"u8)
        && message.Payload.Child(Markable) is not null;

    /// <summary>The id of the last message that was seen, when this is a marker.</summary>
    public static string? Read(Message message) =>
        message.Type != MessageType.Error && message.Payload.Mentions("urn:xmpp:chat-markers:0"u8) ? message.Payload.Child(Displayed)?["id"] : null;

    public static Element Make(string id) => new(Displayed, ("id", id));
}
