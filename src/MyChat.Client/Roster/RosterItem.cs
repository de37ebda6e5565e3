using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>An item as the server tells it (RFC 6121 §2.1.2).</summary>
internal sealed record RosterItem(BareJid Jid)
{
    public string? Name { get; init; }

    /// <summary>What clients see of it: never <see cref="SubscriptionState.PendingIn"/>.</summary>
    public SubscriptionState State { get; init; }

    /// <summary>Groups are another client's doing; they are kept when an item is changed.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    public bool SeesMe => State.HasFlag(SubscriptionState.From);
    public bool SeenByMe => State.HasFlag(SubscriptionState.To);
    public bool IsAsked => State.HasFlag(SubscriptionState.PendingOut);

    /// <summary>Null for an item that names nobody.</summary>
    public static RosterItem? Read(Element item) => item.Name != RosterNames.Item || !Xmpp.Jids.Jid.TryParse(item["jid"], out var jid) ? null : new RosterItem(jid.Bare)
    {
        Name = string.IsNullOrEmpty(item["name"]) ? null : item["name"],
        State = ReadState(item),
        Groups = [.. item.Children(RosterNames.Group).Select(group => group.Text).Where(group => group.Length > 0).Distinct()],
    };

    /// <summary>All of it, for the store.</summary>
    public Element ToElement() => new(
        RosterNames.Item,
        ("jid", Jid.ToString()),
        ("name", Name),
        ("subscription", State.AttributeValue()),
        ("ask", IsAsked ? "subscribe" : null),
        ("approved", State.HasFlag(SubscriptionState.Approved) ? "true" : null),
        Groups.Select(group => new Element(RosterNames.Group, group)));

    /// <summary>What a client may set (§2.3.1).</summary>
    public Element ToSet() => new(
        RosterNames.Query,
        new Element(RosterNames.Item, ("jid", Jid.ToString()), ("name", Name), Groups.Select(group => new Element(RosterNames.Group, group))));

    public bool IsSameAs(RosterItem? other) =>
        other is not null && other.Jid.Equals(Jid) && other.Name == Name && other.State == State && other.Groups.SequenceEqual(Groups);

    private static SubscriptionState ReadState(Element item)
    {
        var state = item["subscription"] switch
        {
            "both" => SubscriptionState.Both,
            "to" => SubscriptionState.To,
            "from" => SubscriptionState.From,
            _ => SubscriptionState.None,
        };
        // §2.1.2.2: a request that was answered with yes waits no more, whatever the item says.
        if (item["ask"] == "subscribe" && !state.HasFlag(SubscriptionState.To))
        {
            state |= SubscriptionState.PendingOut;
        }
        return item["approved"] is "true" or "1" && !state.HasFlag(SubscriptionState.From) ? state | SubscriptionState.Approved : state;
    }
}
