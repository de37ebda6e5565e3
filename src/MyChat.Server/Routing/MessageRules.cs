using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Routing;

/// <summary>What becomes of a message at its recipient.</summary>
public enum MessageOutcome
{
    /// <summary>Enter it into the log, then deliver.</summary>
    Store,
    /// <summary>Deliver to whoever is there, store nothing.</summary>
    Pass,
    /// <summary>Answer service-unavailable.</summary>
    Refuse,
    /// <summary>Say nothing.</summary>
    Drop,
}

/// <summary>What is stored is decided once, before the commit, by these tables (docs/routing.md); pure.</summary>
public static class MessageRules
{
    private const string Hints = "urn:xmpp:hints"; // XEP-0334
    private static readonly XName Store = new(Hints, "store");
    private static readonly XName NoStore = new(Hints, "no-store");
    private static readonly XName NoPermanentStore = new(Hints, "no-permanent-store");
    private static readonly XName Receipt = new("urn:xmpp:receipts", "received"); // XEP-0184
    private const string Markers = "urn:xmpp:chat-markers:0"; // XEP-0333
    private const string Encryption = "urn:xmpp:eme:0"; // XEP-0380
    private const string Omemo = "eu.siacs.conversations.axolotl"; // XEP-0384
    private const string Omemo2 = "urn:xmpp:omemo:2";

    /// <summary>RFC 6121 §8.5: a message for an account that exists.</summary>
    /// <param name="toResource">Whether it is addressed to a full JID.</param>
    /// <param name="resourceIsThere">Whether that resource is connected.</param>
    /// <param name="anyReceives">Whether any session gets what is sent to the bare JID.</param>
    public static MessageOutcome Decide(Message message, bool toResource, bool resourceIsThere, bool anyReceives)
    {
        switch (message.Type)
        {
            case MessageType.Error: // §8.5.2.1.1, §8.5.3.2.1: never answered
                return resourceIsThere ? MessageOutcome.Pass : MessageOutcome.Drop;
            case MessageType.Groupchat: // §8.5.2.1.1: only rooms speak so, and to occupants' full JIDs
                return resourceIsThere ? MessageOutcome.Pass : MessageOutcome.Refuse;
            case MessageType.Headline:
                return resourceIsThere || (!toResource && anyReceives) ? MessageOutcome.Pass : MessageOutcome.Drop;
            case MessageType.Normal when toResource && !resourceIsThere: // §8.5.3.2.1
                return MessageOutcome.Refuse;
        }
        if (IsStorable(message))
        {
            return MessageOutcome.Store;
        }
        if (resourceIsThere || anyReceives)
        {
            return MessageOutcome.Pass;
        }
        // Words that may not be kept come back; a chat state that nobody sees does not.
        return message.Payload.Child(XNames.Body) is null ? MessageOutcome.Drop : MessageOutcome.Refuse;
    }

    /// <summary>Whether a chat or normal message enters the logs (XEP-0313 §5.1.1, XEP-0160 §3, XEP-0334 §4).</summary>
    public static bool IsStorable(Message message)
    {
        if (message.Type is not (MessageType.Chat or MessageType.Normal))
        {
            return false;
        }
        var payload = message.Payload;
        var hinted = payload.Mentions("urn:xmpp:hints"u8);
        if (hinted && payload.Child(NoStore) is not null)
        {
            return false;
        }
        return payload.First == XNames.Body || payload.Child(XNames.Body) is not null || (hinted && payload.Child(Store) is not null)
            || payload.Elements.Any(IsWorthKeeping);
    }

    /// <summary>Whether nobody may keep it after delivery (XEP-0334 §4.3).</summary>
    public static bool IsTransient(Message message) =>
        message.Payload.Mentions("urn:xmpp:hints"u8) && message.Payload.Child(NoPermanentStore) is not null;

    private static bool IsWorthKeeping(Element element) =>
        element.Name == Receipt || element.Name.Ns is Markers or Encryption or Omemo or Omemo2;
}
