using System.Diagnostics;
using MyChat.Storage.Schema;
using MyChat.Storage.Writer;
using MyChat.Testing.Servers;

namespace MyChat.Storage.Tests.Writer;

/// <summary>A link to the database that breaks or hangs loses nothing, doubles nothing, and ends nothing.</summary>
public abstract class LostLinkTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly TestDatabase test = new(kind, isLinkFaulty: true);
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

    [Theory]
    [InlineData(CommitFault.CutBefore)]
    [InlineData(CommitFault.CutAfter)]
    public async Task A_link_cut_during_commit_neither_doubles_nor_loses(CommitFault fault)
    {
        var writes = Messages(100).ToList();
        test.Link.FailCommits(fault);
        test.Append(writes);
        await AllCommitted(writes);
        Assert.Equal(1, test.Link.FaultyCommits);
        Assert.Equal(100, test.Count("SELECT count(*) FROM message"));
        Assert.Equal(200, await test.CountFiled("SELECT count(*) FROM mailbox"));
        Assert.All(writes, write => Assert.Equal(1, write.Times));
        OneOutage();
    }

    [Theory]
    [InlineData(CommitFault.CutBefore)]
    [InlineData(CommitFault.CutAfter)]
    public async Task A_command_that_is_cut_off_at_commit_is_done_once(CommitFault fault)
    {
        test.Link.FailCommits(fault);
        var made = await test.Accounts.CreateAsync("mercutio", [], TestDatabase.Noon, TestDatabase.Token);
        Assert.Equal(1, test.Link.FaultyCommits);
        Assert.Equal(made?.Id, (await test.Accounts.FindAsync("mercutio", TestDatabase.Token))?.Id);
        Assert.Equal(1, test.Count("SELECT count(*) FROM account WHERE localpart='mercutio'"));
    }

    [Theory]
    [InlineData(CommitFault.HangBefore)]
    [InlineData(CommitFault.HangAfter)]
    public async Task A_connection_that_hangs_in_commit_is_given_up_and_neither_doubles_nor_loses(CommitFault fault)
    {
        (test.Options.ConnectSeconds, test.Options.CommandSeconds) = (1, 1);
        await test.Reopen();
        var writes = Messages(50).ToList();
        test.Link.FailCommits(fault);
        test.Append(writes);
        await AllCommitted(writes);
        Assert.Equal(1, test.Link.FaultyCommits);
        Assert.Equal(50, test.Count("SELECT count(*) FROM message"));
        OneOutage();
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_told_and_senders_are_asked_to_wait()
    {
        test.Link.Refuse();
        test.Link.Cut();
        var writes = Messages(WriteQueue.MaxWrites).ToList();
        test.Append(writes);
        Assert.False(test.Mailboxes.HasRoom);
        await Logged("lost");
        Assert.All(writes, write => Assert.Equal(0, write.Times));
        test.Link.Accept();
        await test.Mailboxes.WaitForRoomAsync(TestDatabase.Token);
        await AllCommitted(writes);
        Assert.Equal(writes.Count, test.Count("SELECT count(*) FROM message"));
        OneOutage();
    }

    [Fact]
    public async Task A_read_waits_until_the_database_is_back()
    {
        test.Link.Refuse();
        test.Link.Cut();
        var reads = Enumerable.Range(0, 10).Select(_ => test.Accounts.FindAsync("romeo", TestDatabase.Token).AsTask()).ToList();
        await Logged("lost");
        using var impatient = new CancellationTokenSource();
        var given = test.Accounts.FindAsync("romeo", impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.All(reads, read => Assert.False(read.IsCompleted));
        test.Link.Accept();
        Assert.All(await Task.WhenAll(reads), found => Assert.Equal(romeo, found?.Id));
        OneOutage();
    }

    [Fact]
    public async Task An_idle_connection_that_was_ended_is_nobodys_trouble()
    {
        await test.Accounts.FindAsync("romeo", TestDatabase.Token);
        test.Link.Cut();
        Assert.Equal(romeo, (await test.Accounts.FindAsync("romeo", TestDatabase.Token))?.Id);
        Assert.Empty(test.Log.All);
    }

    [Fact]
    public async Task A_read_whose_connection_hangs_is_done_again()
    {
        (test.Options.ConnectSeconds, test.Options.CommandSeconds) = (1, 1);
        await test.Reopen();
        await test.Accounts.FindAsync("romeo", TestDatabase.Token);
        test.Link.Hang();
        var read = test.Accounts.FindAsync("romeo", TestDatabase.Token).AsTask();
        await Logged("lost");
        Assert.False(read.IsCompleted);
        test.Link.Flow();
        Assert.Equal(romeo, (await read)?.Id);
    }

    [Fact]
    public async Task A_database_that_hangs_altogether_keeps_the_writes_waiting_and_nothing_is_lost()
    {
        (test.Options.ConnectSeconds, test.Options.CommandSeconds) = (1, 1);
        await test.Reopen();
        test.Link.Hang();
        var writes = Messages(200).ToList();
        test.Append(writes);
        var read = test.Accounts.FindAsync("romeo", TestDatabase.Token).AsTask();
        await Logged("lost");
        Assert.All(writes, write => Assert.Equal(0, write.Times));
        test.Link.Flow();
        await AllCommitted(writes);
        Assert.Equal(romeo, (await read)?.Id);
        Assert.Equal(200, test.Count("SELECT count(*) FROM message"));
    }

    [Fact]
    public async Task A_link_cut_again_and_again_under_load_neither_doubles_nor_loses()
    {
        var random = new Random(20260517);
        var writes = Messages(4000).ToList();
        for (var next = 0; next < writes.Count;)
        {
            var some = writes.Skip(next).Take(random.Next(1, 300)).ToList();
            next += some.Count;
            test.Append(some);
            await some[random.Next(some.Count)].Outcome;
            test.Link.Cut();
        }
        await AllCommitted(writes);
        Assert.Equal(writes.Count, test.Count("SELECT count(*) FROM message"));
        Assert.Equal(2 * writes.Count, await test.CountFiled("SELECT count(*) FROM mailbox"));
        var ids = writes.ConvertAll(write => write.Id);
        Assert.Equal(ids.Order().Distinct(), ids);
    }

    [Fact]
    public async Task A_database_that_another_server_used_meanwhile_is_not_written_to()
    {
        test.Link.Refuse();
        test.Link.Cut();
        var write = new TestWrite(romeo, juliet);
        test.Append(write);
        await Logged("lost");
        test.Scalar($"UPDATE meta SET value=value+1 WHERE name='{MetaRow.ReservedIds}'");
        test.Link.Accept();
        var reason = Assert.IsType<StorageException>(await write.Outcome);
        Assert.Contains("another server", reason.Message, StringComparison.Ordinal);
        var later = new TestWrite(romeo, juliet);
        test.Append(later);
        Assert.IsType<StorageException>(await later.Outcome);
        Assert.Equal(0, test.Count("SELECT count(*) FROM message"));
        Assert.Equal(reason.Message, await test.Database.Ended);
    }

    [Fact]
    public async Task The_end_does_not_wait_for_a_database_that_is_away()
    {
        test.Link.Refuse();
        test.Link.FailCommits(CommitFault.CutAfter);
        var inDoubt = new TestWrite(romeo, juliet);
        test.Append(inDoubt);
        await Logged("lost");
        var queued = new TestWrite(romeo, juliet);
        test.Append(queued);
        var command = test.Documents.SetAsync(romeo, "private", "", [1], TestDatabase.Token).AsTask();
        var elapsed = Stopwatch.StartNew();
        await test.Database.DisposeAsync();
        Assert.InRange(elapsed.Elapsed.TotalSeconds, 0, 8);
        await Assert.ThrowsAsync<StorageException>(() => command);
        Assert.IsType<StorageException>(await queued.Outcome);
        Assert.Equal(0, inDoubt.Times); // it is stored, and nobody may say that it is not
        Assert.Equal(1, test.Count("SELECT count(*) FROM message"));
        test.Link.Accept();
        await test.Reopen();
    }

    private async Task Logged(string word)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestDatabase.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!test.Log.All.Any(line => line.Contains(word, StringComparison.Ordinal)))
        {
            await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>The log said once that the database was lost, and once that it was back.</summary>
    private void OneOutage()
    {
        Assert.Single(test.Log.All, line => line.Contains("The database is lost", StringComparison.Ordinal));
        Assert.Single(test.Log.All, line => line.Contains("The database is back", StringComparison.Ordinal));
        Assert.DoesNotContain(test.Log.All, line => line.Contains(DatabaseProcess.Password, StringComparison.Ordinal));
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

public sealed class LostLinkToMariaDbTests() : LostLinkTests(DatabaseKind.MariaDb);
public sealed class LostLinkToPostgresTests() : LostLinkTests(DatabaseKind.Postgres);
