using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0297: Stanza Forwarding: names, and how to get at what is inside.</summary>
public static class StanzaForwarding
{
    public static readonly XName Forwarded = new(Ns.Forward, "forwarded");

    /// <summary>The message in an element that holds a &lt;forwarded/&gt;, and when it was sent; null when there is none that can be read.</summary>
    public static (Message Message, DateTimeOffset? Sent)? Read(Element wrapper)
    {
        if (wrapper.Child(Forwarded) is not { } forwarded || forwarded.Child(XNames.Message) is not { } inner
            || !TryReadAddress(inner["from"], out var from) || !TryReadAddress(inner["to"], out var to))
        {
            return null;
        }
        var message = new Message
        {
            From = from,
            To = to,
            Id = inner["id"],
            Type = TypeOf(inner["type"]),
            Lang = inner.Attribute(XNames.XmlLang),
            Payload = new Payload(inner.Elements),
        };
        return (message, forwarded.Child(DelayedDelivery.Delay) is { } delay ? DelayedDelivery.Stamp(delay) : null);
    }

    private static bool TryReadAddress(string? text, out Jid? jid)
    {
        jid = null;
        return text is null || Jid.TryParse(text, out jid);
    }

    // RFC 6121 §5.2.2: what is unknown is normal.
    private static MessageType TypeOf(string? type) => type switch
    {
        "chat" => MessageType.Chat,
        "groupchat" => MessageType.Groupchat,
        "headline" => MessageType.Headline,
        "error" => MessageType.Error,
        _ => MessageType.Normal,
    };
}
