using System.Collections.Immutable;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Roster;

/// <summary>All contacts at one moment; sorted when somebody looks.</summary>
internal sealed class ContactList
{
    public static readonly ContactList Empty = new(ImmutableDictionary<BareJid, Contact>.Empty);
    private readonly ImmutableDictionary<BareJid, Contact> _contacts;
    private readonly Lazy<IReadOnlyList<Contact>> _all;
    private readonly Lazy<IReadOnlyList<Contact>> _friends;

    private ContactList(ImmutableDictionary<BareJid, Contact> contacts)
    {
        _contacts = contacts;
        _all = new Lazy<IReadOnlyList<Contact>>(() =>
        [
            .. _contacts.Values
                .Where(contact => contact.Friendship != Friendship.None)
                .OrderBy(contact => contact.Name, StringComparer.CurrentCultureIgnoreCase)
                .ThenBy(contact => contact.Jid.ToString(), StringComparer.Ordinal),
        ]);
        _friends = new Lazy<IReadOnlyList<Contact>>(() => [.. All.Where(contact => contact.Friendship == Friendship.Friends)]);
    }

    public IReadOnlyList<Contact> All => _all.Value;

    public IReadOnlyList<Contact> Friends => _friends.Value;

    public int OnlineCount => Friends.Count(friend => friend.IsOnline);

    public Contact? Find(BareJid jid) => _contacts.GetValueOrDefault(jid);

    public ContactList With(params IEnumerable<Contact> contacts) => new(_contacts.SetItems(contacts.Select(contact => KeyValuePair.Create(contact.Jid, contact))));

    public ContactList Without(IEnumerable<BareJid> jids) => new(_contacts.RemoveRange(jids));
}
