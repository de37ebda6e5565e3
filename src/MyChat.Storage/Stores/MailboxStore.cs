using LinqToDB;
using LinqToDB.Async;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Stores;

internal sealed class MailboxStore(Database database) : IMailboxStore
{
    private const int IdsPerQuery = 256;

    public bool HasRoom => database.Writer.HasRoom;

    public void Append(MailboxWrite write) => database.Writer.Append(write);

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => database.Writer.WaitForRoomAsync(cancellation);

    public async ValueTask<IReadOnlyList<UnsettledEntry>> UnsettledAsync(long account, MailboxState state, CancellationToken cancellation)
    {
        var rows = await database.ReadMailboxesAsync(db =>
        {
            var received = from entry in db.Log()
                           where entry.Account == account && entry.Id > state.Delivered && (entry.Flags & MailboxRow.Received) != 0
                           from sender in db.GetTable<AccountRow>().LeftJoin(sender => sender.Id == entry.Sender)
                           orderby entry.Id
                           select new { entry.Id, entry.Flags, Sender = sender.Localpart != null ? entry.Sender : 0 };
            return received.ToListAsync(cancellation);
        }, cancellation);
        var settled = state.SettledAbove.ToHashSet();
        return rows.Where(row => !settled.Contains(row.Id))
            .Select(row => new UnsettledEntry(row.Id, row.Sender, (row.Flags & MailboxRow.Transient) != 0)).ToList();
    }

    public async ValueTask<IReadOnlyList<MailboxEntry>> ReadAsync(long account, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var entries = new List<MailboxEntry>(ids.Count);
        foreach (var some in ids.Distinct().Order().Chunk(IdsPerQuery))
        {
            // The messages know whose they are, filed or not: what comes live goes on from here without waiting for the log.
            var rows = await database.ReadAsync(
                db => db.GetTable<MessageRow>()
                    .Where(message => some.Contains(message.Id) && (message.Recipient == account || message.Sender == account))
                    .OrderBy(message => message.Id)
                    .Select(message => new { message.Id, message.Stamp, message.Recipient, message.Stanza }).ToListAsync(cancellation),
                cancellation);
            entries.AddRange(rows.Select(row => new MailboxEntry(
                row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.Stamp), row.Recipient == account, row.Stanza)));
        }
        return entries;
    }

    public async ValueTask<long> SaveStateAsync(long account, MailboxState state, IReadOnlyList<long> expunged, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await database.Writer.WriteAsync(session =>
        {
            var removed = expunged.Count == 0 ? 0 : MailboxSizes.Measure(session.Db, account, expunged);
            if (!session.Mailboxes.SaveState(account, state with { Bytes = Math.Max(0, state.Bytes - removed) }))
            {
                throw Database.Gone(account);
            }
            session.Mailboxes.Expunge(account, expunged);
            return removed;
        }, needsMailboxes: expunged.Count > 0);
    }
}
