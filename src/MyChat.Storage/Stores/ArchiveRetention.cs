using LinqToDB;
using LinqToDB.Async;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;
using MyChat.Storage.Writer;

namespace MyChat.Storage.Stores;

/// <summary>Finds and removes what is too old to be kept, a few entries at a time.</summary>
internal static class ArchiveRetention
{
    public static ValueTask<OldEntries> FindOldAsync(
        Database database, long account, RetentionRule rule, long after, int most, CancellationToken cancellation) =>
        database.ReadMailboxesAsync(async db =>
        {
            var state = await db.GetTable<AccountRow>().Where(row => row.Id == account && row.Localpart != null)
                .Select(row => new { row.Delivered, row.SettledAbove }).FirstOrDefaultAsync(cancellation);
            if (state is null)
            {
                return new OldEntries([], 0, null);
            }
            var log = ArchiveStore.Kept(db, account);
            // All up to this id are older than as many as are kept.
            var surplus = rule.MostEntries <= 0 ? 0 : await log.OrderByDescending(entry => entry.Id)
                .Skip(rule.MostEntries).Select(entry => entry.Id).FirstOrDefaultAsync(cancellation);
            var cut = rule.Before?.ToUnixTimeMilliseconds() ?? long.MinValue;
            // Times rise with ids, but for a little: where the first that is young enough stands, the search ends.
            var oldest = from entry in log.Where(entry => entry.Id > after).OrderBy(entry => entry.Id).Take(most)
                         join message in db.GetTable<MessageRow>() on entry.Id equals message.Id
                         select new { entry.Id, entry.Flags, message.Stamp, Bytes = MailboxSizes.Size(message.Stanza) };
            var settled = SettledIds.Read(state.SettledAbove).ToHashSet();
            var seen = (await oldest.ToListAsync(cancellation)).OrderBy(entry => entry.Id).ToList();
            var old = seen.TakeWhile(entry => entry.Id <= surplus || entry.Stamp < cut).ToList();
            var free = old
                .Where(entry => (entry.Flags & MailboxRow.Received) == 0 || entry.Id <= state.Delivered || settled.Contains(entry.Id))
                .ToList();
            return new OldEntries([.. free.Select(entry => entry.Id)], free.Sum(entry => entry.Bytes), old.Count == most ? old[^1].Id : null);
        }, cancellation);

    public static async ValueTask<long> RemoveAsync(Database database, long account, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await database.Writer.WriteAsync(session =>
        {
            var removed = MailboxSizes.Measure(session.Db, account, ids);
            session.Db.GetTable<AccountRow>().Where(row => row.Id == account)
                .Set(row => row.MailboxBytes, row => row.MailboxBytes > removed ? row.MailboxBytes - removed : 0)
                .Update();
            session.Mailboxes.Expunge(account, ids);
            return removed;
        });
    }
}
