using System.Data.Common;
using System.Globalization;
using LinqToDB;
using LinqToDB.Data;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;
using MyChat.Storage.Stores;
using MyChat.Storage.Writer;
using MyChat.Xmpp.Jids;

namespace MyChat.Storage.Portable;

/// <summary>The accounts of a file while it is read: they are kept, many by one commit, but have no names until all are there.</summary>
internal sealed class ImportedAccounts(Database database, DateTimeOffset now)
{
    /// <summary>As many accounts go by one commit, or as many bytes.</summary>
    private const int Batch = 64;
    private const int BatchBytes = 1024 * 1024;

    private const int NamesPerStatement = 200;

    private static readonly BulkCopyOptions ByParameters = new() { BulkCopyType = BulkCopyType.MultipleRows, UseParameters = true };

    private readonly AccountStore store = new(database);
    private readonly List<(long Id, BareJid Jid)> begun = [];
    private readonly HashSet<BareJid> known = [];
    private readonly List<(AccountRow Row, ImportedAccount Account)> finished = [];
    private readonly Queue<long> spare = new();
    private int finishedBytes;

    public int Count => begun.Count;

    /// <summary>Their addresses, in the order of the file.</summary>
    public IReadOnlyList<string> Names => [.. begun.Select(account => account.Jid.ToString()!)];

    /// <summary>Begins with an account; returns its number.</summary>
    /// <exception cref="StorageException">Its name is taken, or was in the file before.</exception>
    public async Task<long> BeginAsync(BareJid jid)
    {
        if (!known.Add(jid) || await store.FindAsync(jid.Localpart!, CancellationToken.None) is not null) // a user's address has a name
        {
            throw Taken(jid);
        }
        if (spare.Count == 0)
        {
            // Twice as many each time: most files have one user.
            var count = Math.Clamp(begun.Count, 1, Batch);
            foreach (var number in await database.Writer.WriteAsync(session => Insert(session.Db, count), needsMailboxes: false))
            {
                spare.Enqueue(number);
            }
        }
        var id = spare.Dequeue();
        begun.Add((id, jid));
        return id;
    }

    /// <summary>Keeps an account, whose messages and nodes are kept already.</summary>
    public async Task FinishAsync(ImportedAccount account, long id, MailboxState mailbox)
    {
        var row = account.Row(id);
        (row.Localpart, row.Delivered, row.SettledAbove, row.MailboxBytes) = (null, mailbox.Delivered, SettledIds.Write(mailbox.SettledAbove), mailbox.Bytes);
        finished.Add((row, account));
        finishedBytes += account.Bytes;
        if (finished.Count == Batch || finishedBytes > BatchBytes)
        {
            await FlushAsync();
        }
    }

    /// <summary>Gives all of them their names, at once.</summary>
    /// <exception cref="StorageException">Somebody took one meanwhile.</exception>
    public async Task NameAsync()
    {
        await FlushAsync();
        await AccountDeletion.DeleteAllAsync(database.Writer, [.. spare]);
        spare.Clear();
        await database.Writer.WriteAsync(session =>
        {
            foreach (var some in begun.Chunk(NamesPerStatement))
            {
                var wanted = some.Select(account => account.Jid.Localpart).ToArray();
                if (session.Db.GetTable<AccountRow>().FirstOrDefault(row => wanted.Contains(row.Localpart)) is { } taken)
                {
                    throw Taken(some.First(account => account.Jid.Localpart == taken.Localpart).Jid);
                }
                Name(session.Connection, some);
            }
            return true;
        });
    }

    /// <summary>Nothing of them is left.</summary>
    public Task RemoveAsync() => AccountDeletion.DeleteAllAsync(database.Writer, [.. begun.Select(account => account.Id), .. spare]);

    private async Task FlushAsync()
    {
        if (finished.Count == 0)
        {
            return;
        }
        await database.Writer.WriteAsync(session =>
        {
            foreach (var (row, account) in finished)
            {
                session.Db.Update(row);
                AccountStore.InsertKeys(session.Db, row.Id, account.Keys);
            }
            session.Db.BulkCopy(ByParameters, finished.SelectMany(one => one.Account.Roster(one.Row.Id)));
            session.Db.BulkCopy(ByParameters, finished.SelectMany(one => one.Account.Documents(one.Row.Id)));
            return true;
        }, needsMailboxes: false, finishedBytes);
        finished.Clear();
        finishedBytes = 0;
    }

    private List<long> Insert(DataConnection db, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => db.InsertWithInt64Identity(new AccountRow { Created = now.ToUnixTimeMilliseconds() }))];

    private static void Name(DbConnection connection, IReadOnlyList<(long Id, BareJid Jid)> accounts)
    {
        using var command = connection.CreateCommand();
        var cases = accounts.Select((account, i) =>
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{i}", account.Jid.Localpart);
            command.Parameters.Add(parameter);
            return string.Create(CultureInfo.InvariantCulture, $"WHEN {account.Id} THEN @p{i}");
        });
        command.CommandText = $"UPDATE account SET localpart = CASE id {string.Join(' ', cases)} END WHERE id IN ({string.Join(',', accounts.Select(account => account.Id))})";
        command.ExecuteNonQuery();
    }

    private static StorageException Taken(BareJid jid) => new($"{jid} exists already; nothing was imported");
}
