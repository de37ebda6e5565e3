using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0359: Unique and Stable Stanza IDs: names, and which ids a client may not have put there.</summary>
public static class StanzaIds
{
    public const string Ns = "urn:xmpp:sid:0";
    public static readonly XName StanzaId = new(Ns, "stanza-id");
    public static readonly XName OriginId = new(Ns, "origin-id");

    /// <summary>
    /// The content without the stanza-ids that only the server of <paramref name="domain"/> gives (§3.2), and those by nobody (§3.7), which a
    /// lenient reader could take for them. What other domains gave stays (§3.3).
    /// </summary>
    public static Payload WithoutForged(Payload payload, string domain) =>
        payload.Mentions("urn:xmpp:sid:0"u8) ? payload.Without(element => IsForged(element, domain)) : payload;

    private static bool IsForged(Element element, string domain) =>
        element.Name == StanzaId && (!Jid.TryParse(element["by"], out var by) || by.Domainpart == domain);
}
