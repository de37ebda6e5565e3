using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using MyChat.Client.Profiles;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>What a connected resource says of itself.</summary>
internal sealed record Resource(FullJid Jid, Availability Availability, int Priority, string? Status);

/// <summary>Who is online, by resource (RFC 6121 §4). Changed inside turns, read anywhere.</summary>
internal sealed class PresenceBook
{
    // Nobody has so many devices; somebody could pretend to.
    private const int MostResources = 64;
    private readonly ConcurrentDictionary<BareJid, ImmutableDictionary<string, Resource>> _resources = [];

    /// <summary>Takes presence of somebody who may be seen; false when it changes nothing.</summary>
    public bool Take(Presence presence)
    {
        if (presence.From is not FullJid from)
        {
            // Without a resource it speaks for all of them (servers do so for who has just been lost from view).
            return presence is { Type: PresenceType.Unavailable, From: BareJid bare } && _resources.TryRemove(bare, out _);
        }
        if (presence.Type == PresenceType.Unavailable)
        {
            return Remove(from);
        }
        var resources = _resources.GetValueOrDefault(from.Bare, ImmutableDictionary<string, Resource>.Empty);
        if (resources.Count >= MostResources && !resources.ContainsKey(from.Resourcepart))
        {
            return false;
        }
        var now = Read(from, presence);
        var isNew = !resources.TryGetValue(from.Resourcepart, out var before) || before != now;
        _resources[from.Bare] = resources.SetItem(from.Resourcepart, now);
        return isNew;
    }

    /// <summary>The one to go by: highest priority, then most reachable; null when offline.</summary>
    public Resource? Best(BareJid jid) => Of(jid).OrderByDescending(resource => resource.Priority).ThenBy(resource => resource.Availability).FirstOrDefault();

    public IReadOnlyCollection<Resource> Of(BareJid jid) => _resources.TryGetValue(jid, out var resources) ? [.. resources.Values] : [];

    public void Forget(BareJid jid) => _resources.TryRemove(jid, out _);

    public void Clear() => _resources.Clear();

    private bool Remove(FullJid from)
    {
        if (!_resources.TryGetValue(from.Bare, out var resources) || !resources.ContainsKey(from.Resourcepart))
        {
            return false;
        }
        if (resources.Count == 1)
        {
            Forget(from.Bare);
        }
        else
        {
            _resources[from.Bare] = resources.Remove(from.Resourcepart);
        }
        return true;
    }

    private static Resource Read(FullJid from, Presence presence)
    {
        _ = int.TryParse(
            presence.Payload.Child(XNames.Priority)?.Text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority);
        var availability = presence.Payload.Child(XNames.Show)?.Text.Trim() switch
        {
            "chat" => Availability.Chatty,
            "away" => Availability.Away,
            "xa" => Availability.ExtendedAway,
            "dnd" => Availability.Busy,
            _ => Availability.Online,
        };
        return new Resource(from, availability, Math.Clamp(priority, -128, 127), CleanText.Signature(presence.Payload.Child(XNames.Status)?.Text));
    }
}
