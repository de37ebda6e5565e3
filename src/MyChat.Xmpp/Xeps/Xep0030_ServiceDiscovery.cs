using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>What an entity is (XEP-0030 §3.1): category and type as registered, a name for people, and its language.</summary>
public sealed record DiscoIdentity(string Category, string Type, string? Name = null, string? Lang = null);

/// <summary>XEP-0030: Service Discovery: names, and the two answers.</summary>
public static class Disco
{
    public const string InfoNs = "http://jabber.org/protocol/disco#info";
    public const string ItemsNs = "http://jabber.org/protocol/disco#items";
    public static readonly XName Info = new(InfoNs, "query");
    public static readonly XName Identity = new(InfoNs, "identity");
    public static readonly XName Feature = new(InfoNs, "feature");
    public static readonly XName Items = new(ItemsNs, "query");
    public static readonly XName Item = new(ItemsNs, "item");

    /// <summary>The answer to disco#info: each identity and feature once, features in order, then forms (XEP-0128).</summary>
    public static Element MakeInfo(IEnumerable<DiscoIdentity> identities, IEnumerable<string> features, params IEnumerable<Element> forms) => new(
        Info,
        identities.Distinct().Select(identity => new Element(
            Identity, (XNames.XmlLang, identity.Lang), ("category", identity.Category), ("type", identity.Type), ("name", identity.Name))),
        features.Distinct().Order(StringComparer.Ordinal).Select(feature => new Element(Feature, ("var", feature))),
        forms);

    /// <summary>The answer to disco#items, of items that are addresses.</summary>
    public static Element MakeItems(params IEnumerable<string> jids) => new(Items, jids.Select(jid => new Element(Item, ("jid", jid))));
}
