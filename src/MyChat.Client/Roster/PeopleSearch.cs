using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Roster;

/// <summary>Somebody who was found.</summary>
public sealed record FoundPerson(BareJid Jid, string Name, Friendship Friendship, bool IsSelf)
{
    public string? PictureHash { get; init; }
}

/// <summary>Finds people by part of a name or address (XEP-0055).</summary>
public sealed class PeopleSearch
{
    private readonly ClientContext _context;

    internal PeopleSearch(ClientContext context) => _context = context;

    /// <summary>Whether the server can search; false also while that is unknown. Without it one adds friends by their address.</summary>
    public bool IsOffered => throw new NotImplementedException();

    /// <summary>The server's limit may leave some out.</summary>
    /// <exception cref="Connections.StanzaErrorException">The server refuses: <c>not-acceptable</c>, the text is too short.</exception>
    public Task<IReadOnlyList<FoundPerson>> FindAsync(string text, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
