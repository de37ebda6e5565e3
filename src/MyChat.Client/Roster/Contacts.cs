using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Roster;

/// <summary>
/// The roster as a user sees it (RFC 6121 §2, §3). A friend is subscription <c>both</c>: a request pre-approves its answer, agreeing asks back.
/// Commands need a connection: they throw <see cref="XmppException"/> without one, <see cref="StanzaErrorException"/> when the server refuses.
/// </summary>
public sealed class Contacts
{
    private readonly ClientContext _context;

    internal Contacts(ClientContext context) => _context = context;

    /// <summary>Everybody with any <see cref="Contact.Friendship"/> but None, by name. From the store until the roster was fetched.</summary>
    public IReadOnlyList<Contact> All => throw new NotImplementedException();

    /// <summary>Those with <see cref="Friendship.Friends"/>.</summary>
    public IReadOnlyList<Contact> Friends => throw new NotImplementedException();

    public int OnlineCount => throw new NotImplementedException();

    /// <summary>Whether the roster (from the server or the store) is known at all.</summary>
    public bool IsLoaded => throw new NotImplementedException();

    /// <summary>Whoever this is: a contact, or a stranger with <see cref="Friendship.None"/> and a name made of the address.</summary>
    public Contact this[BareJid jid] => throw new NotImplementedException();

    /// <summary>Asks to become friends, with a note.</summary>
    public Task AskAsync(BareJid jid, string? note, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Takes back a request that waits.</summary>
    public Task TakeBackAsync(BareJid jid, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Completes half a friendship: asks, approves, or both.</summary>
    public Task CompleteAsync(BareJid jid, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Deletes a friend, on both sides (RFC 6121 §2.5).</summary>
    public Task DeleteAsync(BareJid jid, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Calls somebody by a name of the user's own; null takes it away.</summary>
    public Task RenameAsync(BareJid jid, string? alias, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Blocks (XEP-0191): neither messages nor requests nor presence any more.</summary>
    public Task BlockAsync(BareJid jid, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public Task UnblockAsync(BareJid jid, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Who is blocked.</summary>
    public IReadOnlyList<BareJid> Blocked => throw new NotImplementedException();
}
