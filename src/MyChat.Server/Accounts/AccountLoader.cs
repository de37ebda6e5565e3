using MyChat.Server.Mailboxes;

namespace MyChat.Server.Accounts;

/// <summary>Brings an account from the database into memory.</summary>
internal sealed class AccountLoader(XmppServer server)
{
    public sealed record Loaded(long Id, Roster Roster, Mailbox Mailbox);

    public async ValueTask<Loaded?> LoadAsync(Account account)
    {
        var record = await server.Stores.Accounts.FindAsync(account.Jid.Localpart!, CancellationToken.None);
        if (record is null)
        {
            return null;
        }
        var items = await server.Stores.Rosters.LoadAsync(record.Id, CancellationToken.None);
        var unsettled = await server.Stores.Mailboxes.UnsettledAsync(record.Id, record.Mailbox, CancellationToken.None);
        return new Loaded(record.Id, new Roster(record.Id, record.RosterVersion, items), new Mailbox(record.Id, record.Mailbox, unsettled));
    }

    public async ValueTask LoadModulesAsync(Account account)
    {
        foreach (var load in server.Modules.AccountLoaders)
        {
            await load(server, account);
        }
    }
}
