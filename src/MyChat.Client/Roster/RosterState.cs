using System.Collections.Immutable;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>A roster as it was at one moment, and how it is kept in the store: a document for each item, and one for the version.</summary>
/// <param name="Version">The server's word for it (RFC 6121 §2.6), or null where it gives none.</param>
internal sealed record RosterState(string? Version, ImmutableDictionary<BareJid, RosterItem> Items)
{
    private const string ItemPrefix = "roster/";
    private const string VersionKey = "roster-version";

    public RosterItem? this[BareJid jid] => Items.GetValueOrDefault(jid);

    /// <summary>The whole roster, of an answer to a request.</summary>
    public static RosterState Read(Element query) => new(
        query["ver"],
        query.Elements.Select(RosterItem.Read).OfType<RosterItem>().DistinctBy(item => item.Jid).ToImmutableDictionary(item => item.Jid));

    /// <summary>After a push (§2.1.6), which has one item; null when it is none.</summary>
    public RosterState? Push(Element query)
    {
        if (query.Elements.ToArray() is not [var element] || RosterItem.Read(element) is not { } item)
        {
            return null;
        }
        var items = element["subscription"] == "remove" ? Items.Remove(item.Jid) : Items.SetItem(item.Jid, item);
        return new RosterState(query["ver"] ?? Version, items);
    }

    /// <summary>Null when no roster was kept.</summary>
    public static async ValueTask<RosterState?> LoadAsync(IClientStore store, CancellationToken cancellationToken)
    {
        var version = await store.ReadDocumentsAsync(VersionKey, cancellationToken).ConfigureAwait(false);
        if (!version.TryGetValue(VersionKey, out var name))
        {
            return null;
        }
        var items = await store.ReadDocumentsAsync(ItemPrefix, cancellationToken).ConfigureAwait(false);
        return new RosterState(
            name.Length == 0 ? null : name,
            items.Values.Select(Parse).OfType<RosterItem>().DistinctBy(item => item.Jid).ToImmutableDictionary(item => item.Jid));
    }

    /// <summary>Puts into a batch what is different from before.</summary>
    public void Save(RosterState? before, StoreBatch batch)
    {
        // An empty text: known, but without a version.
        batch.Documents[VersionKey] = Version ?? "";
        foreach (var item in Items.Values.Where(item => !item.IsSameAs(before?[item.Jid])))
        {
            batch.Documents[ItemPrefix + item.Jid] = item.ToElement().ToString();
        }
        foreach (var jid in (before?.Items.Keys ?? []).Where(jid => !Items.ContainsKey(jid)))
        {
            batch.Documents[ItemPrefix + jid] = null;
        }
    }

    private static RosterItem? Parse(string document)
    {
        try
        {
            return RosterItem.Read(Element.Parse(document, defaultNs: ""));
        }
        catch (XmlStreamException)
        {
            return null;
        }
    }
}
