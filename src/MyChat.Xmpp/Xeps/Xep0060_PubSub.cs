using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0060: Publish-Subscribe: names, events, and the errors that have a condition of their own.</summary>
public static class PubSub
{
    public const string Ns = "http://jabber.org/protocol/pubsub";
    public const string OwnerNs = Ns + "#owner";
    public const string EventNs = Ns + "#event";
    public const string ErrorsNs = Ns + "#errors";
    public const string NodeConfigNs = Ns + "#node_config";
    public const string PublishOptionsNs = Ns + "#publish-options";

    public static readonly XName Root = new(Ns, "pubsub");
    public static readonly XName Publish = new(Ns, "publish");
    public static readonly XName PublishOptions = new(Ns, "publish-options");
    public static readonly XName Retract = new(Ns, "retract");
    public static readonly XName Items = new(Ns, "items");
    public static readonly XName Item = new(Ns, "item");
    public static readonly XName Create = new(Ns, "create");
    public static readonly XName Configure = new(Ns, "configure");

    public static readonly XName OwnerRoot = new(OwnerNs, "pubsub");
    public static readonly XName OwnerConfigure = new(OwnerNs, "configure");
    public static readonly XName OwnerDefault = new(OwnerNs, "default");
    public static readonly XName OwnerDelete = new(OwnerNs, "delete");

    public static readonly XName Event = new(EventNs, "event");
    public static readonly XName EventItems = new(EventNs, "items");
    public static readonly XName EventItem = new(EventNs, "item");
    public static readonly XName EventRetract = new(EventNs, "retract");
    public static readonly XName EventDelete = new(EventNs, "delete");

    /// <summary>The end of a feature that says: tell me what is published at the node of this name (§9.2).</summary>
    public const string Notify = "+notify";

    /// <summary>What subscribers are told of an item (§7.1.2.1).</summary>
    public static Element MakeItemEvent(string node, string id, Element payload) =>
        new(Event, new Element(EventItems, ("node", node), new Element(EventItem, ("id", id), payload)));

    /// <summary>What subscribers are told of an item that is gone (§7.2.2.1).</summary>
    public static Element MakeRetractEvent(string node, string id) =>
        new(Event, new Element(EventItems, ("node", node), new Element(EventRetract, ("id", id))));

    /// <summary>What subscribers are told of a node that is gone (§8.4.2).</summary>
    public static Element MakeDeleteEvent(string node) => new(Event, new Element(EventDelete, ("node", node)));

    /// <summary>An error with a condition of this XEP beside the usual one.</summary>
    public static StanzaError Error(StanzaErrorCondition condition, string specific, string? text = null) =>
        new(StanzaError.UsualType(condition), condition, text, new Element(new XName(ErrorsNs, specific)));

    /// <summary>What is asked for belongs to a feature that is not there, by its name in §10.</summary>
    public static StanzaError Unsupported(string feature) => new(
        StanzaErrorType.Cancel, StanzaErrorCondition.FeatureNotImplemented, null,
        new Element(new XName(ErrorsNs, "unsupported"), ("feature", feature)));
}
