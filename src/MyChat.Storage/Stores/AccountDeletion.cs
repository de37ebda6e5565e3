using LinqToDB;
using LinqToDB.Data;
using MyChat.Storage.Schema;
using MyChat.Storage.Writer;

namespace MyChat.Storage.Stores;

/// <summary>
/// Deletes an account in steps, so that a large mailbox does not hold up everybody's messages. The first takes the name
/// away, and with it all but the mailbox; an account without a name that is found when the database opens is one whose
/// deletion was cut off.
/// </summary>
internal static class AccountDeletion
{
    private const int EntriesPerStep = 500;
    private const int BlocksPerStep = 50;
    private const int AccountsPerStep = 500;

    public static async Task DeleteAsync(StoreWriter writer, long account)
    {
        await writer.WriteAsync(session => TakeName(session.Db, account));
        await FinishAsync(writer, account);
    }

    /// <summary>Finishes what was cut off: deletions, and imports that did not come to their end.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="left">Told how many are left.</param>
    public static async Task FinishAllAsync(StoreWriter writer, Action<int> left)
    {
        var unfinished = await writer.WriteAsync(session =>
            session.Db.GetTable<AccountRow>().Where(row => row.Localpart == null).Select(row => row.Id).ToList());
        await DeleteAllAsync(writer, unfinished, left);
    }

    /// <summary>Deletes accounts that have no name any more, or had none yet: those without a mailbox hundreds at a time.</summary>
    public static async Task DeleteAllAsync(StoreWriter writer, IReadOnlyList<long> accounts, Action<int>? left = null)
    {
        for (var done = 0; done < accounts.Count; done += AccountsPerStep)
        {
            left?.Invoke(accounts.Count - done);
            long[] some = [.. accounts.Skip(done).Take(AccountsPerStep)];
            foreach (var large in await writer.WriteAsync(session => RemoveSmall(session.Db, some)))
            {
                await FinishAsync(writer, large);
            }
        }
    }

    private static async Task FinishAsync(StoreWriter writer, long account)
    {
        // What is on its way to this account and passes the writer before it hears of this, the steps below remove.
        writer.Close(account);
        while (await writer.WriteAsync(session => RemoveEntries(session, account)))
        {
        }
        while (await writer.WriteAsync(session => RemoveNode(session.Db, account)))
        {
        }
        await writer.WriteAsync(session => session.Db.GetTable<SearchSegmentRow>().Delete(row => row.Account == account));
        while (await writer.WriteAsync(session => RemoveBlocks(session.Db, account)))
        {
        }
        await writer.WriteAsync(session => session.Db.GetTable<AccountRow>().Delete(row => row.Id == account));
    }

    private static int TakeName(DataConnection db, long account)
    {
        RemoveParts(db, [account]);
        return db.GetTable<AccountRow>()
            .Where(row => row.Id == account)
            .Set(row => row.Localpart, (string?)null)
            .Set(row => row.Nickname, (string?)null)
            .Set(row => row.FullName, (string?)null)
            .Set(row => row.Search, "")
            .Update();
    }

    private static void RemoveParts(DataConnection db, long[] accounts)
    {
        db.GetTable<CredentialRow>().Delete(row => accounts.Contains(row.Account));
        db.GetTable<RosterRow>().Delete(row => accounts.Contains(row.Account));
        db.GetTable<DocumentRow>().Delete(row => accounts.Contains(row.Account));
    }

    /// <summary>Removes those of some accounts that have nothing by the piece; returns the others.</summary>
    private static List<long> RemoveSmall(DataConnection db, long[] accounts)
    {
        RemoveParts(db, accounts);
        var large = db.GetTable<AccountRow>()
            .Where(account => accounts.Contains(account.Id) && (db.GetTable<MailboxRow>().Any(row => row.Account == account.Id)
                || db.GetTable<NodeRow>().Any(row => row.Account == account.Id)
                || db.GetTable<SearchSegmentRow>().Any(row => row.Account == account.Id)
                || db.GetTable<SearchBlockRow>().Any(row => row.Account == account.Id)))
            .Select(account => account.Id).ToList();
        var small = accounts.Except(large).ToArray();
        db.GetTable<AccountRow>().Delete(row => small.Contains(row.Id));
        return large;
    }

    /// <summary>Whether there may be more.</summary>
    private static bool RemoveEntries(WriterSession session, long account)
    {
        var ids = session.Db.GetTable<MailboxRow>()
            .Where(row => row.Account == account).OrderBy(row => row.Id).Select(row => row.Id).Take(EntriesPerStep).ToList();
        session.Mailboxes.Expunge(account, ids);
        return ids.Count == EntriesPerStep;
    }

    /// <summary>Removes one node with its items; whether there was one.</summary>
    private static bool RemoveNode(DataConnection db, long account)
    {
        var node = db.GetTable<NodeRow>().Where(row => row.Account == account).Select(row => row.Id).Take(1).ToList();
        foreach (var id in node)
        {
            db.GetTable<NodeItemRow>().Delete(row => row.Node == id);
            db.GetTable<NodeRow>().Delete(row => row.Id == id);
        }
        return node.Count > 0;
    }

    /// <summary>Removes some of the account's index for searching; whether there may be more.</summary>
    private static bool RemoveBlocks(DataConnection db, long account)
    {
        var numbers = db.GetTable<SearchBlockRow>()
            .Where(row => row.Account == account).OrderBy(row => row.Number).Select(row => row.Number).Take(BlocksPerStep).ToList();
        var last = numbers.LastOrDefault();
        return numbers.Count > 0 && db.GetTable<SearchBlockRow>().Delete(row => row.Account == account && row.Number <= last) == BlocksPerStep;
    }
}
