using MyChat.Server.Mailboxes;
using MyChat.Server.Modules;

namespace MyChat.Server.Accounts;

/// <summary>Brings an account from the database into memory.</summary>
internal sealed class AccountLoader(IAccountStore accounts, IRosterStore rosters, IMailboxStore mailboxes, ModuleTable modules)
{
    public sealed record Loaded(long Id, Roster Roster, Mailbox Mailbox);

    public async ValueTask<Loaded?> LoadAsync(Account account)
    {
        var record = await accounts.FindAsync(account.Jid.Localpart!, CancellationToken.None);
        if (record is null)
        {
            return null;
        }
        var items = await rosters.LoadAsync(record.Id, CancellationToken.None);
        var unsettled = await mailboxes.UnsettledAsync(record.Id, record.Mailbox, CancellationToken.None);
        return new Loaded(record.Id, new Roster(record.RosterVersion, items), new Mailbox(record.Id, record.Mailbox, unsettled));
    }

    public async ValueTask LoadModulesAsync(Account account)
    {
        foreach (var load in modules.AccountLoaders)
        {
            await load(account);
        }
    }
}
