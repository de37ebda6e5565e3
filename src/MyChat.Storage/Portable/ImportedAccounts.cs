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

    private readonly List<(long Id, string Localpart)> begun = [];
    private readonly HashSet<string> localparts = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly List<Finished> finished = [];
    private readonly Queue<long> spare = new();
    private int finishedBytes;

    private sealed record Finished(AccountRow Row, ImportedAccount Account);

    /// <summary>Their addresses, in the order of the file.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Begins with an account; returns its number.</summary>
    /// <exception cref="StorageException">Its name is taken, or was in the file before.</exception>
    public async Task<long> BeginAsync(BareJid jid)
    {
        var localpart = jid.Localpart!; // whoever reads a user has made sure
        if (!localparts.Add(localpart) || await new AccountStore(database).FindAsync(localpart, CancellationToken.None) is not null)
        {
            throw Taken(jid.ToString()!);
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
        begun.Add((id, localpart));
        names.Add(jid.ToString()!);
        return id;
    }

    /// <summary>Keeps an account, whose messages and nodes are kept already.</summary>
    public async Task FinishAsync(ImportedAccount account, long id, MailboxState mailbox)
    {
        var row = account.Row(id);
        (row.Localpart, row.Delivered, row.SettledAbove, row.MailboxBytes) = (null, mailbox.Delivered, SettledIds.Write(mailbox.SettledAbove), mailbox.Bytes);
        finished.Add(new Finished(row, account));
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
                var wanted = some.Select(account => account.Localpart).ToArray();
                if (session.Db.GetTable<AccountRow>().FirstOrDefault(row => wanted.Contains(row.Localpart)) is { } taken)
                {
                    throw Taken(names[begun.FindIndex(account => account.Localpart == taken.Localpart)]);
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

    private static void Name(DbConnection connection, IReadOnlyList<(long Id, string Localpart)> accounts)
    {
        using var command = connection.CreateCommand();
        var cases = accounts.Select((account, i) =>
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{i}", account.Localpart);
            command.Parameters.Add(parameter);
            return string.Create(CultureInfo.InvariantCulture, $"WHEN {account.Id} THEN @p{i}");
        });
        command.CommandText = $"UPDATE account SET localpart = CASE id {string.Join(' ', cases)} END WHERE id IN ({string.Join(',', accounts.Select(account => account.Id))})";
        command.ExecuteNonQuery();
    }

    private static StorageException Taken(string jid) => new($"{jid} exists already; nothing was imported");
}
