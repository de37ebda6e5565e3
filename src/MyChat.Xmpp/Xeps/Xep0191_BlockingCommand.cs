using System.Diagnostics.CodeAnalysis;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0191: Blocking Command: names.</summary>
public static class Blocking
{
    public const string Ns = "urn:xmpp:blocking";
    public const string ErrorsNs = "urn:xmpp:blocking:errors";
    public static readonly XName List = new(Ns, "blocklist");
    public static readonly XName Block = new(Ns, "block");
    public static readonly XName Unblock = new(Ns, "unblock");
    public static readonly XName Item = new(Ns, "item");
    public static readonly XName Blocked = new(ErrorsNs, "blocked");

    /// <summary>The items of a list or a command; false with the error for an item that names nobody.</summary>
    public static bool TryReadItems(Element element, out IReadOnlyList<Jid> items, [NotNullWhen(false)] out StanzaError? error)
    {
        var read = new List<Jid>();
        (items, error) = (read, null);
        foreach (var item in element.Children(Item))
        {
            if (item["jid"] is not { } text)
            {
                error = new StanzaError(StanzaErrorCondition.BadRequest, "An item has a jid.");
                return false;
            }
            if (!Jid.TryParse(text, out var jid))
            {
                error = new StanzaError(StanzaErrorCondition.JidMalformed);
                return false;
            }
            if (!read.Contains(jid))
            {
                read.Add(jid);
            }
        }
        return true;
    }

    /// <summary>A list or a command with these items.</summary>
    public static Element Write(XName name, IEnumerable<Jid> items) =>
        new(name, items.Select(jid => new Element(Item, ("jid", jid.ToString()))));
}

/// <summary>Whom a user blocks; immutable.</summary>
public sealed class BlockList(IEnumerable<Jid> items)
{
    private readonly HashSet<Jid> items = [.. items];

    public static BlockList Empty { get; } = new([]);

    public IReadOnlyCollection<Jid> Items => items;

    /// <summary>Whether an address is blocked: itself, as a resource of its bare JID, or with its whole domain (XEP-0191 §5).</summary>
    public bool Covers(Jid jid) =>
        items.Count > 0 && (items.Contains(jid) || items.Contains(jid.Bare) || items.Contains(jid.Bare.Domain));

    public BlockList With(IEnumerable<Jid> more) => new(items.Concat(more));

    public BlockList Without(IEnumerable<Jid> fewer) => new(items.Except(fewer));
}
