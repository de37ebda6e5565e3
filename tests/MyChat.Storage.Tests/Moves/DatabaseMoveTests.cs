using MyChat.Storage.Moves;
using MyChat.Storage.Schema;
using MyChat.Storage.Transfer;

namespace MyChat.Storage.Tests.Moves;

public sealed class DatabaseMoveTests
{
    private static CancellationToken Token => TestDatabase.Token;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, DatabaseKind.MariaDb)]
    [InlineData(DatabaseKind.MariaDb, DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Postgres, DatabaseKind.Sqlite)]
    public async Task A_move_carries_all_and_goes_on_where_it_was_cut_off(DatabaseKind from, DatabaseKind to)
    {
        await using var source = new TestDatabase(from);
        await TestContent.FillAsync(source);
        var sums = await TestContent.SumsAsync(source.Database);
        await source.Database.DisposeAsync();
        await using var target = new TestDatabase(to);
        await target.Database.DisposeAsync();
        using var cut = new CancellationTokenSource();
        var cutter = new Watcher(progress =>
        {
            if (progress.Step == "mailboxes")
            {
                cut.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DatabaseMove.RunAsync(source.Options, target.Options, false, cutter, cut.Token));
        if (to != DatabaseKind.Sqlite)
        {
            Assert.Contains("half filled", Assert.Throws<StorageException>(() => Database.Open(target.Options)).Message, StringComparison.Ordinal);
        }
        var first = long.MaxValue;
        var watcher = new Watcher(progress => first = progress.Step == "messages" ? Math.Min(first, progress.Done) : first);

        var summary = await DatabaseMove.RunAsync(source.Options, target.Options, false, watcher, Token);

        Assert.True(summary.IsResumed);
        Assert.Equal(406, first); // the messages were there already
        Assert.Equal((2, 406), (summary.Rows["account"], summary.Rows["message"]));
        await source.Reopen();
        await target.Reopen();
        Assert.Equal(sums, await TestContent.SumsAsync(target.Database));
        Assert.Equal(sums, await TestContent.SumsAsync(source.Database));
        Assert.True(await target.Create("newcomer") > 3, "a number was given again");
        if (to == DatabaseKind.Postgres)
        {
            // Its planner knows what came; else the first questions would go through whole tables.
            Assert.Equal(406L, target.Scalar("SELECT reltuples::bigint FROM pg_class WHERE oid='message'::regclass"));
        }
    }

    [Fact]
    public async Task What_changed_since_the_cut_is_noticed_at_the_end()
    {
        await using var source = new TestDatabase(DatabaseKind.Sqlite);
        await TestContent.FillAsync(source);
        await source.Database.DisposeAsync();
        await using var target = new TestDatabase(DatabaseKind.Postgres);
        await target.Database.DisposeAsync();
        using var cut = new CancellationTokenSource();
        var cutter = new Watcher(progress =>
        {
            if (progress.Step == "mailboxes")
            {
                cut.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DatabaseMove.RunAsync(source.Options, target.Options, false, cutter, cut.Token));
        source.Scalar("UPDATE message SET stanza=x'01' WHERE id=(SELECT min(id) FROM message)");

        var refusal = await Assert.ThrowsAsync<StorageException>(() => DatabaseMove.RunAsync(source.Options, target.Options, false, null, Token));
        Assert.Contains("differ in messages", refusal.Message, StringComparison.Ordinal);
        var summary = await DatabaseMove.RunAsync(source.Options, target.Options, mayReplace: true, null, Token);
        Assert.Equal(406, summary.Rows["message"]);
        await source.Reopen();
        await target.Reopen();
    }

    [Fact]
    public async Task Where_it_is_already_or_where_others_are_it_does_not_go()
    {
        await using var source = new TestDatabase(DatabaseKind.Sqlite);
        await source.Create("romeo");
        await using var target = new TestDatabase(DatabaseKind.Sqlite);
        await target.Create("juliet");
        await source.Database.DisposeAsync();
        await target.Database.DisposeAsync();
        await Assert.ThrowsAsync<StorageException>(() => DatabaseMove.RunAsync(source.Options, source.Options, true, null, Token));
        await Assert.ThrowsAsync<StorageException>(() => DatabaseMove.RunAsync(source.Options, target.Options, false, null, Token));
        await source.Reopen();
        await target.Reopen();
        Assert.NotNull(await target.Accounts.FindAsync("juliet", Token));
    }

    [Fact]
    public async Task Rows_come_in_the_order_of_their_keys_and_after_a_key_only_those_above_it()
    {
        await using var test = new TestDatabase(DatabaseKind.Sqlite);
        await TestContent.FillAsync(test);
        await using var snapshot = await Snapshot.OpenAsync(test.Database.Provider, Token);
        foreach (var table in TableCatalog.Kept)
        {
            var all = await TableReader.ReadAsync(snapshot.Connection, table, null, Token).ToListAsync(Token);
            for (var i = 0; i < all.Count; i += 1 + (all.Count / 7))
            {
                var rest = await TableReader.ReadAsync(snapshot.Connection, table, TableReader.KeyOf(table, all[i]), Token).ToListAsync(Token);
                Assert.Equal(all[(i + 1)..], rest);
            }
        }
    }

    private sealed class Watcher(Action<OperationProgress> told) : IProgress<OperationProgress>
    {
        public void Report(OperationProgress value) => told(value);
    }
}
