using LinqToDB;
using LinqToDB.Data;
using Microsoft.Data.Sqlite;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Tests.Writer;

/// <summary>What can go wrong with a file.</summary>
public sealed class StoreWriterOnBrokenSqliteTests : IAsyncLifetime
{
    private readonly TestDatabase test = new(DatabaseKind.Sqlite);
    private long romeo;
    private long juliet;

    public async ValueTask InitializeAsync()
    {
        romeo = await test.Create("romeo");
        juliet = await test.Create("juliet");
    }

    public ValueTask DisposeAsync() => test.DisposeAsync();

    [Fact]
    public async Task A_full_disk_fails_the_writes_and_the_writer_goes_on()
    {
        var pages = test.Count("PRAGMA page_count");
        await test.Database.Writer.WriteAsync(session => session.Db.Execute($"PRAGMA max_page_count={pages + 4}"));
        var big = Enumerable.Range(0, 5).Select(_ => new TestWrite(romeo, juliet, new string('x', 100_000))).ToList();
        Task<int> command;
        await using (await test.HoldWriter())
        {
            test.Append(big);
            test.Append(TestWrite.Fence());
            command = test.Database.Writer.WriteAsync(session => session.Db.Insert(new MetaRow { Name = "beside", Value = 1 }));
        }
        foreach (var write in big)
        {
            Assert.Contains("full", (await write.Outcome)?.Message, StringComparison.Ordinal);
        }
        await Assert.ThrowsAnyAsync<Exception>(() => command);
        Assert.Equal(0, await test.CountFiled("SELECT count(*) FROM mailbox"));

        var small = new TestWrite(romeo, juliet);
        test.Append(small);
        Assert.Null(await small.Outcome);
        await test.Database.Writer.WriteAsync(session => session.Db.Execute("PRAGMA max_page_count=1000000"));
        var again = new TestWrite(romeo, juliet, new string('x', 100_000));
        test.Append(again);
        Assert.Null(await again.Outcome);
    }

    [Fact]
    public async Task A_broken_connection_is_opened_anew_for_the_next_batch()
    {
        var unlucky = Messages(3).ToList();
        Task<int> breaking;
        await using (await test.HoldWriter())
        {
            breaking = test.Database.Writer.WriteAsync(session => session.Db.Execute("PRAGMA query_only=ON"));
            test.Append(unlucky);
        }
        await Assert.ThrowsAsync<SqliteException>(() => breaking);
        Assert.All(await Task.WhenAll(unlucky.Select(write => write.Outcome)), reason =>
            Assert.Contains("readonly", reason?.Message, StringComparison.Ordinal));
        var later = Messages(3).ToList();
        test.Append(later);
        Assert.All(await Task.WhenAll(later.Select(write => write.Outcome)), Assert.Null);
        Assert.Equal(3, test.Count("SELECT count(*) FROM message"));
        Assert.Equal(2, await test.Database.Writer.WriteAsync(session => session.Db.Execute<int>("PRAGMA synchronous")));
    }

    private IEnumerable<TestWrite> Messages(int count) => Enumerable.Range(0, count).Select(_ => new TestWrite(romeo, juliet));
}
