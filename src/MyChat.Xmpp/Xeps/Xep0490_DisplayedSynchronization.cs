using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0490: Message Displayed Synchronization: names, and what a read state looks like.</summary>
public static class DisplayedSynchronization
{
    public const string Ns = "urn:xmpp:mds:displayed:0";
    public const string ServerAssistNs = "urn:xmpp:mds:server-assist:0";
    public static readonly XName Displayed = new(Ns, "displayed");

    /// <summary>The configuration that the node must have (§4.2): for the owner alone, an item for each chat.</summary>
    public static NodeConfiguration Configuration { get; } = NodeConfiguration.Default with
    {
        Access = NodeAccess.Whitelist,
        MaxItems = null,
        SendLast = SendLastItem.Never,
    };

    /// <summary>The read state of a chat: everything up to the message with this stanza-id, which <paramref name="by"/> gave (§4.1).</summary>
    public static Element Make(string stanzaId, string by) =>
        new(Displayed, new Element(StanzaIds.StanzaId, ("by", by), ("id", stanzaId)));

    /// <summary>The one stanza-id of a read state and who gave it; null when it has none or several (§4.1).</summary>
    public static (string Id, string By)? Read(Element displayed) =>
        displayed.Name == Displayed && displayed.Children(StanzaIds.StanzaId).ToArray() is [var only] && only["id"] is { } id && only["by"] is { } by
            ? (id, by)
            : null;
}
