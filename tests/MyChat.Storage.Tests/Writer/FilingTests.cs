using LinqToDB;
using LinqToDB.Async;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;
using MyChat.Storage.Writer;

namespace MyChat.Storage.Tests.Writer;

/// <summary>Messages are stored first and filed in the logs of both sides later.</summary>
public abstract class FilingTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly MailboxSides[] Kinds =
    [
        MailboxSides.Recipient | MailboxSides.Sender, MailboxSides.Recipient, MailboxSides.Sender,
        MailboxSides.Recipient | MailboxSides.Transient, MailboxSides.Recipient | MailboxSides.Sender | MailboxSides.Transient,
    ];

    private readonly TestDatabase test = new(kind);
    private long romeo;
    private long juliet;

    public async ValueTask InitializeAsync()
    {
        romeo = await test.Create("romeo");
        juliet = await test.Create("juliet");
    }

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_stored_is_filed_when_somebody_reads_a_log_and_not_before()
    {
        var writes = await AppendAsync(Kinds.Length);
        Assert.Equal(0, test.Count("SELECT count(*) FROM mailbox"));
        var waiting = await test.Mailboxes.UnsettledAsync(juliet, MailboxState.Empty, TestDatabase.Token);
        Assert.Equal(
            writes.Where(write => write.Sides.HasFlag(MailboxSides.Recipient)).Select(write => (write.Id, write.Sides.HasFlag(MailboxSides.Transient))),
            waiting.Select(entry => (entry.Id, entry.Transient)));
        Assert.Equal(4 + 3, test.Count("SELECT count(*) FROM mailbox"));
    }

    [Fact]
    public async Task So_many_are_filed_without_anybody_reading()
    {
        await AppendAsync(Filing.MostYoung + 10);
        Assert.InRange(test.Count("SELECT max(id)-(SELECT value FROM meta WHERE name='mailbox.filed') FROM message"), 0, Filing.MostYoung - 1);
        Assert.True(test.Count("SELECT count(*) FROM mailbox") > Filing.MostYoung);
    }

    [Fact]
    public async Task Small_batches_file_one_slice_of_the_accounts_after_the_other_and_each_entry_is_there_once_meanwhile()
    {
        const int Half = Filing.LeastYoung + (Filing.Slices / 2);
        var friends = new List<long>();
        for (var i = 0; i < Filing.Slices; i++)
        {
            friends.Add(await test.Create($"friend{i}"));
        }
        var ids = friends.ToDictionary(friend => friend, _ => new List<long>());
        for (var i = 0; i < Half; i++)
        {
            var write = new TestWrite(romeo, friends[i % friends.Count], $"<message id='{i}'/>");
            test.Append([write]);
            Assert.Null(await write.Outcome);
            ids[write.RecipientAccount].Add(write.Id);
        }
        Assert.InRange(test.Count("SELECT count(*) FROM mailbox"), 1, (2 * Half) - 1);
        Assert.Equal(0, test.Count("SELECT coalesce(max(value),0) FROM meta WHERE name='mailbox.filed'"));
        test.RefuseEntries(); // so what is read is what is filed and what is not
        foreach (var friend in friends)
        {
            var page = await test.Archive.QueryAsync(friend, new ArchiveQuery { Limit = 500 }, TestDatabase.Token);
            Assert.Equal(ids[friend], page.Entries.Select(entry => entry.Id));
        }
        test.AcceptEntries();
        Assert.Equal(2 * Half, (await EntriesAsync()).Distinct().Count());
        Assert.Equal(2 * Half, test.Count("SELECT count(*) FROM mailbox"));
    }

    [Fact]
    public async Task What_a_crash_left_unfiled_is_filed_at_the_next_start()
    {
        await AppendAsync(400);
        var before = await EntriesAsync();
        await test.Database.DisposeAsync();
        // As it stood before the last filing.
        test.Scalar("DELETE FROM mailbox WHERE id>100");
        test.Scalar("UPDATE meta SET value=50 WHERE name='mailbox.filed'"); // some of it by somebody else
        await test.Reopen();
        Assert.Equal(before, await EntriesAsync());
    }

    [Fact]
    public async Task What_cannot_be_filed_is_found_nevertheless()
    {
        var writes = await AppendAsync(100);
        // Stands in for a full disk: every entry is refused, messages are not.
        test.RefuseEntries();
        var waiting = await test.Mailboxes.UnsettledAsync(juliet, MailboxState.Empty, TestDatabase.Token);
        Assert.Equal(0, test.Count("SELECT count(*) FROM mailbox"));
        var received = writes.Where(write => write.Sides.HasFlag(MailboxSides.Recipient)).ToList();
        Assert.Equal(received.Select(write => write.Id), waiting.Select(entry => entry.Id));
        var read = await test.Mailboxes.ReadAsync(juliet, [.. received.Select(write => write.Id)], TestDatabase.Token);
        Assert.Equal(received.Select(write => write.Stanza.ToArray()), read.Select(entry => entry.Stanza.ToArray()));
        var sent = await test.Archive.QueryAsync(romeo, new ArchiveQuery { Limit = 500 }, TestDatabase.Token);
        Assert.Equal(writes.Where(write => write.Sides.HasFlag(MailboxSides.Sender)).Select(write => write.Id), sent.Entries.Select(entry => entry.Id));
        test.AcceptEntries();
        Assert.Equal(100 * 7 / 5, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task Nothing_is_left_unfiled_at_the_end()
    {
        await AppendAsync(50);
        await test.Database.DisposeAsync();
        Assert.Equal(0, test.Count("SELECT count(*) FROM message WHERE id>coalesce((SELECT max(value) FROM meta WHERE name='mailbox.filed'),0)"));
        await test.Reopen();
    }

    [Fact]
    public async Task What_the_fourth_version_left_is_not_filed_again()
    {
        await AppendAsync(60);
        var before = await EntriesAsync();
        await test.Database.DisposeAsync();
        test.Scalar("DELETE FROM meta WHERE name='mailbox.filed'");
        foreach (var column in new[] { "flags", "origin", "sender_key", "recipient_key" })
        {
            test.Scalar($"ALTER TABLE message DROP COLUMN {column}");
        }
        test.Scalar($"DELETE FROM {test.Quoted("VersionInfo")} WHERE {test.Quoted("Version")}>=5");
        await test.Reopen();
        Assert.Equal(before, await EntriesAsync());
        await AppendAsync(5);
        Assert.Equal(before.Count + 7, (await EntriesAsync()).Count);
    }

    private async Task<List<TestWrite>> AppendAsync(int count)
    {
        var writes = Enumerable.Range(0, count).Select(i => new TestWrite(romeo, juliet, $"<message id='{i}'/>", Kinds[i % Kinds.Length])).ToList();
        test.Append(writes);
        foreach (var write in writes)
        {
            Assert.Null(await write.Outcome);
        }
        return writes;
    }

    private async Task<List<(long Account, long Id, int Flags, long Sender, long Peer)>> EntriesAsync()
    {
        var rows = await test.Database.ReadMailboxesAsync(
            db => db.GetTable<MailboxRow>().OrderBy(row => row.Account).ThenBy(row => row.Id).ToListAsync(), TestDatabase.Token);
        return [.. rows.Select(row => (row.Account, row.Id, row.Flags, row.Sender, row.Peer))];
    }
}

public sealed class FilingOnSqliteTests() : FilingTests(DatabaseKind.Sqlite);
public sealed class FilingOnMariaDbTests() : FilingTests(DatabaseKind.MariaDb);
public sealed class FilingOnPostgresTests() : FilingTests(DatabaseKind.Postgres);
