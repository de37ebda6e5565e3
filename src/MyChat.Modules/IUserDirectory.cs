namespace MyChat.Modules;

/// <summary>What people may be found by (XEP-0055). The address is found always unless <paramref name="Hidden"/>.</summary>
public sealed record DirectoryCard(string? Nickname, string? FullName, bool Hidden);

/// <summary>Somebody who was found.</summary>
public sealed record DirectoryHit(string Localpart, string? Nickname, string? FullName);

/// <summary>Where people are looked up by a part of their address, nickname or name.</summary>
public interface IUserDirectory
{
    ValueTask<DirectoryCard> GetAsync(long account, CancellationToken cancellation);
    ValueTask SetAsync(long account, DirectoryCard card, CancellationToken cancellation);

    /// <summary>At most <paramref name="limit"/> accounts, by name, whose folded address, nickname or full name contains <paramref name="folded"/>, literally.</summary>
    ValueTask<IReadOnlyList<DirectoryHit>> SearchAsync(string folded, int limit, CancellationToken cancellation);
}
