using System.Text.Json;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using MyChat.Server.Accounts;
using MyChat.Storage.Schema;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Storage.Stores;

internal sealed class RosterStore(Database database) : IRosterStore
{
    public async ValueTask<IReadOnlyList<RosterItem>> LoadAsync(long account, CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(
            db => db.GetTable<RosterRow>().Where(row => row.Account == account).OrderBy(row => row.Jid).ToListAsync(cancellation), cancellation);
        return rows.ConvertAll(row => new RosterItem(BareJid.Parse(row.Jid))
        {
            Name = row.Name,
            Groups = JsonSerializer.Deserialize<string[]>(row.GroupNames) ?? [],
            State = (SubscriptionState)row.State,
            Listed = row.Listed,
            Request = row.Request,
        });
    }

    public async ValueTask SaveAsync(long account, RosterItem item, long rosterVersion, CancellationToken cancellation)
    {
        var row = new RosterRow
        {
            Account = account,
            Jid = item.Jid.ToString()!, // an address always has a text
            Name = item.Name,
            GroupNames = JsonSerializer.Serialize(item.Groups),
            State = (int)item.State,
            Listed = item.Listed,
            Request = item.Request,
        };
        await database.WriteAsync(account, db =>
        {
            db.InsertOrReplace(row);
            return SetVersion(db, account, rosterVersion);
        }, cancellation, item.Request?.Length ?? 0);
    }

    public async ValueTask RemoveAsync(long account, BareJid contact, long rosterVersion, CancellationToken cancellation)
    {
        var jid = contact.ToString();
        await database.WriteAsync(account, db =>
        {
            db.GetTable<RosterRow>().Delete(row => row.Account == account && row.Jid == jid);
            return SetVersion(db, account, rosterVersion);
        }, cancellation);
    }

    private static int SetVersion(DataConnection db, long account, long version) =>
        db.GetTable<AccountRow>().Where(row => row.Id == account).Set(row => row.RosterVersion, version).Update();
}
