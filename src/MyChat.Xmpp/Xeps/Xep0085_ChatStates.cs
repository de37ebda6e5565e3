using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0085: Chat State Notifications: names, and which messages are nothing else.</summary>
public static class ChatStates
{
    public const string Ns = "http://jabber.org/protocol/chatstates";

    /// <summary>Whether a message tells a chat state.</summary>
    public static bool IsIn(Message message) =>
        message.Payload.Mentions("http://jabber.org/protocol/chatstates"u8) && message.Payload.Elements.Any(element => element.Name.Ns == Ns);

    /// <summary>Whether a message tells a chat state and nothing that a user would read (§5.5): besides it only thread, hints and ids.</summary>
    public static bool IsAlone(Message message) =>
        message.Type != MessageType.Error && IsIn(message) && message.Payload.Elements.All(IsStateOrAddition);

    private static bool IsStateOrAddition(Element element) =>
        element.Name.Ns is Ns or MessageProcessingHints.Ns or StanzaIds.Ns || element.Name == XNames.Thread;
}
