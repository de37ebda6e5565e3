using LinqToDB;
using Microsoft.Extensions.Logging.Abstractions;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;
using MyChat.Storage.Writer;

namespace MyChat.Storage.Tests.Writer;

public abstract class StoreWriterTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly TestDatabase test = new(kind);
    private long romeo;
    private long juliet;

    private long Commits => test.Database.Writer.Commits;

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
    public async Task What_arrives_during_a_commit_is_committed_together()
    {
        var writes = Messages(300).ToList();
        long before;
        await using (await test.HoldWriter())
        {
            before = Commits;
            test.Append(writes);
        }
        await AllCommitted(writes);
        Assert.Equal(1 + 3, Commits - before); // the holder's own, then 128 + 128 + 44
        Assert.Equal(300, test.Count("SELECT count(*) FROM message"));
        Assert.Equal(600, await test.CountFiled("SELECT count(*) FROM mailbox"));
    }

    [Fact]
    public async Task A_batch_ends_at_a_megabyte()
    {
        var writes = Enumerable.Range(0, 8).Select(_ => new TestWrite(romeo, juliet, new string('x', 262_144))).ToList();
        long before;
        await using (await test.HoldWriter())
        {
            before = Commits;
            test.Append(writes);
        }
        await AllCommitted(writes);
        Assert.Equal(1 + 2, Commits - before);
    }

    [Fact]
    public async Task Outcomes_are_told_once_and_in_order_of_arrival_and_ids_ascend()
    {
        var told = new List<TestWrite>();
        var writes = Enumerable.Range(0, 1000)
            .Select(i => i % 7 == 0
                ? new TestWrite(0, 0, "", MailboxSides.None) { Told = told.Add }
                : new TestWrite(romeo, juliet) { Told = told.Add })
            .ToList();
        test.Append(writes);
        await AllCommitted(writes);
        Assert.Equal(writes, told);
        Assert.All(writes, write => Assert.Equal(1, write.Times));
        var ids = writes.Where(write => write.Sides != MailboxSides.None).Select(write => write.Id).ToList();
        Assert.Equal(ids.Order().Distinct(), ids);
        Assert.Equal(ids.Last(), test.Count("SELECT max(id) FROM message"));
    }

    [Fact]
    public async Task A_message_is_on_disk_when_it_is_told_committed()
    {
        var rows = -1L;
        var write = new TestWrite(romeo, juliet) { Told = told => rows = test.Count($"SELECT count(*) FROM message WHERE id={told.Id}") };
        test.Append(write, TestWrite.Fence());
        Assert.Null(await write.Outcome);
        await test.Database.Writer.WriteAsync(_ => 0); // after it: Told has ended
        Assert.Equal(1, rows);
    }

    [Fact]
    public async Task A_fence_alone_costs_no_transaction()
    {
        var before = Commits;
        var fence = TestWrite.Fence();
        test.Append(fence);
        Assert.Null(await fence.Outcome);
        Assert.Equal(before, Commits);
        Assert.Equal(0, fence.Id);
    }

    [Fact]
    public async Task A_command_sees_the_messages_before_it_and_none_after()
    {
        Task<int> seen;
        var writes = Messages(40).ToList();
        await using (await test.HoldWriter())
        {
            test.Append(writes.Take(25));
            seen = test.Database.Writer.WriteAsync(session => session.Db.GetTable<MessageRow>().Count());
            test.Append(writes.Skip(25));
        }
        Assert.Equal(25, await seen);
        await AllCommitted(writes);
    }

    [Fact]
    public async Task A_command_that_fails_takes_nothing_with_it()
    {
        var before = new TestWrite(romeo, juliet);
        var after = new TestWrite(romeo, juliet);
        Task<int> failing;
        Task<int> good;
        await using (await test.HoldWriter())
        {
            test.Append(before);
            failing = test.Database.Writer.WriteAsync<int>(session =>
            {
                session.Db.Insert(new MetaRow { Name = "half", Value = 1 });
                throw new InvalidOperationException("on purpose");
            });
            good = test.Database.Writer.WriteAsync(session => session.Db.Insert(new MetaRow { Name = "whole", Value = 1 }));
            test.Append(after);
        }
        Assert.Equal("on purpose", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal(1, await good);
        await AllCommitted([before, after]);
        Assert.Equal(0, test.Count("SELECT count(*) FROM meta WHERE name='half'"));
        Assert.Equal(1, test.Count("SELECT count(*) FROM meta WHERE name='whole'"));
    }

    [Fact]
    public async Task Of_a_refused_batch_only_the_guilty_row_fails()
    {
        test.RefuseAtInsert("guilty");
        var told = new List<TestWrite>();
        var writes = Enumerable.Range(0, 100)
            .Select(i => new TestWrite(romeo, juliet, i == 37 ? "guilty" : "<message/>") { Told = told.Add }).ToList();
        Task<int> command;
        await using (await test.HoldWriter())
        {
            test.Append(writes.Take(38));
            command = test.Database.Writer.WriteAsync(session => session.Db.Insert(new MetaRow { Name = "beside", Value = 1 }));
            test.Append(writes.Skip(38));
        }
        Assert.NotNull(await writes[37].Outcome);
        await AllCommitted(writes.Where(write => write != writes[37]));
        Assert.Equal(1, await command);
        Assert.Equal(writes, told);
        Assert.Equal(99, test.Count("SELECT count(*) FROM message"));
        Assert.Equal(198, await test.CountFiled("SELECT count(*) FROM mailbox"));
    }

    [Fact]
    public async Task An_id_that_is_taken_fails_alone()
    {
        var first = new TestWrite(romeo, juliet);
        test.Append(first);
        await first.Outcome;
        test.Scalar($"INSERT INTO message(id,stamp,sender,recipient,stanza) VALUES ({first.Id + 3},0,1,0,{test.SomeBytes})");
        var writes = Messages(5).ToList();
        await using (await test.HoldWriter())
        {
            test.Append(writes);
        }
        Assert.NotNull(await writes[2].Outcome);
        await AllCommitted(writes.Where(write => write != writes[2]));
    }

    protected async Task ARefusalAtCommitIsFoundOut()
    {
        // A deferred constraint speaks at COMMIT, when the writer cannot know at once whether the batch is stored.
        test.RefuseAtCommit("guilty");
        var writes = Messages(9).Append(new TestWrite(romeo, juliet, "guilty")).Concat(Messages(3)).ToList();
        await using (await test.HoldWriter())
        {
            test.Append(writes);
        }
        Assert.NotNull(await writes[9].Outcome);
        await AllCommitted(writes.Where(write => write != writes[9]));
        Assert.Equal(12, test.Count("SELECT count(*) FROM message"));
    }

    [Fact]
    public async Task A_completion_that_throws_harms_nobody_else()
    {
        var rude = new TestWrite(romeo, juliet) { Told = _ => throw new InvalidOperationException("rude") };
        var next = new TestWrite(romeo, juliet);
        await using (await test.HoldWriter())
        {
            test.Append(rude, next);
        }
        await AllCommitted([rude, next]);
        await AllCommitted(Appended(1));
    }

    [Fact]
    public async Task Senders_are_asked_to_wait_while_the_queue_is_long()
    {
        var held = await test.HoldWriter();
        Assert.True(test.Mailboxes.HasRoom);
        test.Append(Messages(WriteQueue.MaxWrites));
        Assert.False(test.Mailboxes.HasRoom);
        var room = test.Mailboxes.WaitForRoomAsync(TestDatabase.Token).AsTask();
        using var impatient = new CancellationTokenSource();
        var given = test.Mailboxes.WaitForRoomAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.False(room.IsCompleted);
        await held.DisposeAsync();
        await room;
        Assert.True(test.Mailboxes.HasRoom);
    }

    [Fact]
    public async Task Senders_are_asked_to_wait_while_the_queue_is_heavy()
    {
        await using (await test.HoldWriter())
        {
            test.Append(Enumerable.Range(0, 16).Select(_ => new TestWrite(romeo, juliet, new string('x', 1024 * 1024))));
            Assert.False(test.Mailboxes.HasRoom);
        }
        await test.Mailboxes.WaitForRoomAsync(TestDatabase.Token);
    }

    [Fact]
    public async Task Closing_commits_what_is_queued_and_refuses_what_comes_later()
    {
        var writes = Messages(500).ToList();
        test.Append(writes);
        var closed = test.Mailboxes;
        await test.Reopen();
        await AllCommitted(writes);
        Assert.Equal(500, test.Count("SELECT count(*) FROM message"));
        var late = new TestWrite(romeo, juliet);
        closed.Append(late);
        Assert.IsType<StorageException>(await late.Outcome);
    }

    [Fact]
    public async Task Ids_are_not_given_twice_though_the_highest_rows_are_gone()
    {
        var writes = Appended(3);
        await AllCommitted(writes);
        var last = writes[^1].Id;
        await test.Mailboxes.SaveStateAsync(romeo, MailboxState.Empty, writes.ConvertAll(write => write.Id), TestDatabase.Token);
        await test.Mailboxes.SaveStateAsync(juliet, MailboxState.Empty, writes.ConvertAll(write => write.Id), TestDatabase.Token);
        Assert.Equal(0, test.Count("SELECT count(*) FROM message"));
        await test.Reopen();
        var next = Appended(1);
        await AllCommitted(next);
        Assert.True(next[0].Id > last);
    }

    [Fact]
    public async Task The_mark_of_ids_is_on_disk_before_an_id_is_given()
    {
        await test.Database.DisposeAsync();
        test.Scalar("UPDATE meta SET value=10 WHERE name='message.reserved'");
        test.Scalar($"INSERT INTO message(id,stamp,sender,recipient,stanza) VALUES (77,0,{romeo},0,{test.SomeBytes})");
        var provider = test.Options.CreateProvider();
        provider.Prepare();
        var marks = new List<(long Id, long Mark)>();
        await using (var writer = new StoreWriter(provider, new DatabaseLink(NullLogger.Instance), NullLogger.Instance, idBlock: 10))
        {
            for (var i = 0; i < 40; i++)
            {
                var write = new TestWrite(romeo, juliet);
                writer.Append(write);
                Assert.Null(await write.Outcome);
                marks.Add((write.Id, test.Count("SELECT value FROM meta WHERE name='message.reserved'")));
            }
        }
        Assert.Equal(Enumerable.Range(78, 40), marks.Select(mark => (int)mark.Id));
        Assert.All(marks, mark => Assert.InRange(mark.Mark, mark.Id, mark.Id + 10));
        Assert.InRange(marks.DistinctBy(mark => mark.Mark).Count(), 4, 5);
    }

    private List<TestWrite> Appended(int count)
    {
        var writes = Messages(count).ToList();
        test.Append(writes);
        return writes;
    }

    private IEnumerable<TestWrite> Messages(int count) => Enumerable.Range(0, count).Select(_ => new TestWrite(romeo, juliet));

    private static async Task AllCommitted(IEnumerable<TestWrite> writes)
    {
        foreach (var write in writes)
        {
            Assert.Null(await write.Outcome);
        }
    }
}

public sealed class StoreWriterOnSqliteTests() : StoreWriterTests(DatabaseKind.Sqlite)
{
    [Fact]
    public Task A_refusal_at_commit_is_found_out_like_any_other() => ARefusalAtCommitIsFoundOut();
}

public sealed class StoreWriterOnMariaDbTests() : StoreWriterTests(DatabaseKind.MariaDb);

public sealed class StoreWriterOnPostgresTests() : StoreWriterTests(DatabaseKind.Postgres)
{
    [Fact]
    public Task A_refusal_at_commit_is_found_out_like_any_other() => ARefusalAtCommitIsFoundOut();
}
