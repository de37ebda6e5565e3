using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0049: Private XML Storage: names, and what may be stored.</summary>
public static class PrivateXml
{
    public const string Ns = "jabber:iq:private";
    public static readonly XName Query = new(Ns, "query");

    /// <summary>Whether an element may be stored: it has a namespace of its own, and none of the protocol's (§2.3).</summary>
    public static bool MayHold(XName name) => name.Ns.Length > 0 && !name.Ns.StartsWith("jabber:", StringComparison.Ordinal);

    /// <summary>Whether an element says no more than its name, which is what a client gets back for what was never stored.</summary>
    public static bool IsBlank(Element element) => element.Attributes.Count == 0 && element.Content.Count == 0;
}
