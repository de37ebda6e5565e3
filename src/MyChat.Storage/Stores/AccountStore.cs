using System.Runtime.CompilerServices;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;
using MyChat.Storage.Writer;
using MyChat.Xmpp.Sasl;

namespace MyChat.Storage.Stores;

internal sealed class AccountStore(Database database) : IAccountStore
{
    private const int PageSize = 256;

    public ValueTask<AccountRecord?> FindAsync(string localpart, CancellationToken cancellation) => database.ReadAsync(async db =>
    {
        const string Sql = "SELECT id, created, roster_version, delivered, settled_above, mailbox_bytes FROM account WHERE localpart = @localpart";
        var row = await db.OneOrNullAsync<AccountRow>(Sql, cancellation, new DataParameter("localpart", localpart));
        return row is null ? null : Record(row, localpart);
    }, cancellation);

    public ValueTask<ScramKeys?> FindKeysAsync(string localpart, ScramHash hash, CancellationToken cancellation) => database.ReadAsync(async db =>
    {
        const string Sql =
            """
            SELECT salt, iterations, stored_key, server_key FROM account JOIN credential ON account = id
            WHERE localpart = @localpart AND hash = @hash
            """;
        var row = await db.OneOrNullAsync<CredentialRow>(
            Sql, cancellation, new DataParameter("localpart", localpart), new DataParameter("hash", Name(hash)));
        return row is null ? null : new ScramKeys(hash, row.Salt, row.Iterations, row.StoredKey, row.ServerKey);
    }, cancellation);

    public async ValueTask<AccountRecord?> CreateAsync(
        string localpart, IReadOnlyList<ScramKeys> keys, DateTimeOffset created, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(localpart);
        cancellation.ThrowIfCancellationRequested();
        return await database.Writer.WriteAsync(session =>
        {
            var db = session.Db;
            if (db.GetTable<AccountRow>().Any(row => row.Localpart == localpart))
            {
                return null;
            }
            var row = new AccountRow
            {
                Localpart = localpart,
                Created = created.ToUnixTimeMilliseconds(),
                Search = UserDirectory.SearchText(localpart, null, null),
            };
            row.Id = db.InsertWithInt64Identity(row);
            InsertKeys(db, row.Id, keys);
            return Record(row, localpart);
        }, needsMailboxes: false);
    }

    public async ValueTask SetKeysAsync(long account, IReadOnlyList<ScramKeys> keys, CancellationToken cancellation) =>
        await database.WriteAsync(account, db =>
        {
            db.GetTable<CredentialRow>().Delete(row => row.Account == account);
            return InsertKeys(db, account, keys);
        }, cancellation);

    public async ValueTask DeleteAsync(long account, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested(); // once begun it is finished
        await AccountDeletion.DeleteAsync(database.Writer, account);
    }

    public async IAsyncEnumerable<AccountRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // By pages, so that a slow consumer holds no connection.
        var last = "";
        List<AccountRow> page;
        do
        {
            var after = last;
            page = await database.ReadAsync(db => db.GetTable<AccountRow>()
                .Where(row => row.Localpart != null && string.CompareOrdinal(row.Localpart, after) > 0)
                .OrderBy(row => row.Localpart).Take(PageSize).ToListAsync(cancellation), cancellation);
            foreach (var row in page)
            {
                last = row.Localpart!; // the query leaves out those without
                yield return Record(row, last);
            }
        }
        while (page.Count == PageSize);
    }

    private static AccountRecord Record(AccountRow row, string localpart) => new(
        row.Id, localpart, DateTimeOffset.FromUnixTimeMilliseconds(row.Created), row.RosterVersion,
        new MailboxState(row.Delivered, SettledIds.Read(row.SettledAbove), row.MailboxBytes));

    internal static int InsertKeys(DataConnection db, long account, IReadOnlyList<ScramKeys> keys)
    {
        foreach (var key in keys)
        {
            db.Insert(new CredentialRow
            {
                Account = account,
                Hash = Name(key.Hash),
                Salt = key.Salt,
                Iterations = key.Iterations,
                StoredKey = key.StoredKey,
                ServerKey = key.ServerKey,
            });
        }
        return keys.Count;
    }

    private static string Name(ScramHash hash) => hash switch
    {
        ScramHash.Sha1 => "SHA-1",
        ScramHash.Sha256 => "SHA-256",
        _ => throw new ArgumentOutOfRangeException(nameof(hash)),
    };
}
