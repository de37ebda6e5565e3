using LinqToDB;
using LinqToDB.Async;
using MyChat.Modules;
using MyChat.Storage.Schema;
using MyChat.Xmpp.Xeps;

namespace MyChat.Storage.Stores;

internal sealed class UserDirectory(Database database) : IUserDirectory
{
    /// <summary>What people are found by. Folded text has no line breaks, so nobody is found by the end of one field and the start of the next.</summary>
    public static string SearchText(string localpart, string? nickname, string? fullName) =>
        $"{JabberSearch.Fold(localpart)}\n{JabberSearch.Fold(nickname ?? "")}\n{JabberSearch.Fold(fullName ?? "")}";

    public async ValueTask<DirectoryCard> GetAsync(long account, CancellationToken cancellation) =>
        await database.ReadAsync(
            db => db.GetTable<AccountRow>()
                .Where(row => row.Id == account)
                .Select(row => new DirectoryCard(row.Nickname, row.FullName, row.Hidden))
                .FirstOrDefaultAsync(cancellation),
            cancellation) ?? new DirectoryCard(null, null, false);

    public async ValueTask SetAsync(long account, DirectoryCard card, CancellationToken cancellation) =>
        await database.WriteAsync(account, db =>
        {
            var accounts = db.GetTable<AccountRow>().Where(row => row.Id == account);
            var search = SearchText(accounts.Select(row => row.Localpart).First()!, card.Nickname, card.FullName); // WriteAsync saw the name
            return accounts
                .Set(row => row.Nickname, card.Nickname)
                .Set(row => row.FullName, card.FullName)
                .Set(row => row.Hidden, card.Hidden)
                .Set(row => row.Search, search)
                .Update();
        }, cancellation);

    public async ValueTask<IReadOnlyList<DirectoryHit>> SearchAsync(string folded, int limit, CancellationToken cancellation) =>
        await database.ReadAsync(
            db => db.GetTable<AccountRow>()
                .Where(row => row.Localpart != null && !row.Hidden && row.Search.Contains(folded))
                .OrderBy(row => row.Localpart)
                .Take(limit)
                .Select(row => new DirectoryHit(row.Localpart!, row.Nickname, row.FullName))
                .ToListAsync(cancellation),
            cancellation);
}
