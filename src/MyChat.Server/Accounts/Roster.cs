using System.Globalization;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Accounts;

/// <summary>A loaded roster (RFC 6121 §2): what clients see of it, and the requests of strangers that they do not.</summary>
/// <param name="account">Part of the version's name, so that a name registered anew does not meet a version that a client kept.</param>
public sealed class Roster(long account, long version, IEnumerable<RosterItem> items)
{
    private readonly Dictionary<BareJid, RosterItem> _items = items.ToDictionary(item => item.Jid);

    /// <summary>Grows by one with each change that clients see.</summary>
    public long Version { get; private set; } = version;

    /// <summary>The version as clients get it: an opaque word (RFC 6121 §2.1.1).</summary>
    public string VersionName => string.Create(CultureInfo.InvariantCulture, $"{account}-{Version}");

    public int Count => _items.Count;
    public IEnumerable<RosterItem> Items => _items.Values;
    public IEnumerable<RosterItem> Listed => _items.Values.Where(item => item.Listed);

    public RosterItem? Find(BareJid jid) => _items.GetValueOrDefault(jid);

    /// <summary>The contacts that receive this user's presence.</summary>
    public IEnumerable<BareJid> Subscribers =>
        _items.Values.Where(item => item.State.HasFlag(SubscriptionState.From)).Select(item => item.Jid);

    /// <summary>The contacts whose presence this user receives.</summary>
    public IEnumerable<BareJid> Subscriptions =>
        _items.Values.Where(item => item.State.HasFlag(SubscriptionState.To)).Select(item => item.Jid);

    internal void Put(RosterItem item, long version)
    {
        _items[item.Jid] = item;
        Version = version;
    }

    internal void Remove(BareJid jid, long version)
    {
        _items.Remove(jid);
        Version = version;
    }
}
