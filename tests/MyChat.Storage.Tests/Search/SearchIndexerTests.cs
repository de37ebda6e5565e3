using MyChat.Server.Mailboxes;
using MyChat.Storage.Search;

namespace MyChat.Storage.Tests.Search;

public abstract class SearchIndexerTests(DatabaseKind kind) : IAsyncLifetime
{
    private const int Small = AccountIndexer.SmallSegment;
    private const int Large = AccountIndexer.LargeSegment;

    private readonly SearchScene scene = new(kind);

    public async ValueTask InitializeAsync() => await scene.Begin();

    public async ValueTask DisposeAsync()
    {
        await scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Few_messages_need_no_index()
    {
        await scene.Chatter(Large - 1);
        await scene.CatchUp();
        Assert.Equal(0, scene.Test.Count("SELECT count(*) FROM search_segment"));
        Assert.False(await scene.NewIndexer().StepAsync(TestDatabase.Token));
        Assert.Single(await scene.Find("\"number 17\""));
    }

    [Fact]
    public async Task Who_searches_has_an_index_sooner()
    {
        await scene.Chatter(Small + 1);
        Assert.Single(await scene.Find("\"number 17\""));
        await scene.CatchUp();
        Assert.Equal(Small, scene.Test.Count("SELECT sum(messages) FROM search_segment"));
        await scene.AssertWhole(scene.Juliet);
        Assert.Single(await scene.Find("\"number 17\""));
        Assert.False(scene.Demand.IsThere); // what was left to read is little
    }

    [Fact]
    public async Task An_indexer_that_dies_at_any_step_is_followed_by_one_that_goes_on()
    {
        await scene.Chatter(Large);
        for (var life = 0; life < 12; life++)
        {
            // Each does one step more than the one before, and dies.
            var indexer = scene.NewIndexer();
            for (var step = 0; step <= life; step++)
            {
                await indexer.StepAsync(TestDatabase.Token);
            }
            await scene.AssertWhole(scene.Juliet);
            if (life == 5)
            {
                await scene.Test.Reopen();
                await scene.Chatter(Large / 2);
            }
            scene.Demand.Add(scene.Juliet);
        }
        await scene.CatchUp();
        await scene.AssertWhole(scene.Juliet);
        await scene.AssertWhole(scene.Romeo);
        Assert.Equal(Large + (Large / 2), scene.Test.Count($"SELECT sum(messages) FROM search_segment WHERE account={scene.Juliet}"));
    }

    [Fact]
    public async Task Segments_become_few_again()
    {
        for (var i = 0; i < AccountIndexer.MergeAt; i++)
        {
            await scene.Chatter(Small);
            scene.Demand.Add(scene.Juliet);
            await scene.CatchUp();
        }
        Assert.Equal(1, scene.Test.Count($"SELECT count(*) FROM search_segment WHERE account={scene.Juliet}"));
        Assert.Equal(1, scene.Test.Count($"SELECT level FROM search_segment WHERE account={scene.Juliet}"));
        await scene.AssertWhole(scene.Juliet);
        Assert.Equal(AccountIndexer.MergeAt, (await scene.Find("\"number 255\"")).Count);
    }

    [Fact]
    public async Task Blocks_that_a_crash_left_behind_are_no_part_of_the_index()
    {
        await scene.Chatter();
        await scene.CatchUp();
        var end = scene.Test.Count($"SELECT max(first_block+blocks) FROM search_segment WHERE account={scene.Juliet}");
        for (var i = 0; i < 3; i++)
        {
            scene.Test.Scalar($"INSERT INTO search_block(account,number,data) VALUES ({scene.Juliet},{end + i},{scene.Test.SomeBytes})");
        }
        Assert.Single(await scene.Find("\"number 17\""));
        await scene.Chatter();
        await scene.CatchUp();
        await scene.AssertWhole(scene.Juliet);
        Assert.Equal(2, (await scene.Find("\"number 17\"")).Count);
    }

    [Fact]
    public async Task A_database_of_an_older_program_is_indexed_from_its_first_message()
    {
        await scene.Say("the oldest of all");
        await scene.Chatter();
        await scene.Test.Database.DisposeAsync();
        scene.Test.Scalar("DROP TABLE search_segment");
        scene.Test.Scalar("DROP TABLE search_block");
        scene.Test.Scalar($"DELETE FROM {scene.Test.Quoted("VersionInfo")} WHERE {scene.Test.Quoted("Version")}>=3");
        await scene.Test.Reopen();
        await scene.CatchUp();
        await scene.AssertWhole(scene.Juliet);
        Assert.Equal(1, scene.Test.Count($"SELECT count(*) FROM search_segment WHERE account={scene.Juliet}"));
        Assert.Equal(["the oldest of all"], await scene.Find("oldest"));
    }

    [Fact]
    public async Task An_index_that_is_thrown_away_is_made_anew_by_the_indexer_that_runs()
    {
        var indexer = scene.NewIndexer();
        await scene.Chatter();
        await indexer.CatchUpAsync(TestDatabase.Token);
        await scene.Index.RebuildAsync(TestDatabase.Token);
        Assert.Equal(0, scene.Test.Count("SELECT count(*) FROM search_block"));
        Assert.Single(await scene.Find("\"number 17\""));
        await indexer.CatchUpAsync(TestDatabase.Token);
        Assert.Equal(2, scene.Test.Count("SELECT count(*) FROM search_segment"));
        await scene.AssertWhole(scene.Juliet);
        await scene.AssertWhole(scene.Romeo);
    }

    [Fact]
    public async Task The_index_of_who_searches_is_made_before_all_others()
    {
        await scene.Say(scene.Romeo, scene.Mercutio, [.. Enumerable.Repeat("chatter", Large)]);
        var indexer = scene.NewIndexer();
        await scene.Chatter(Large + 1);
        Assert.True(await indexer.StepAsync(TestDatabase.Token)); // reads the beginning of the log: the other two are due
        Assert.Empty(await scene.Find("nowhere"));
        Assert.True(await indexer.StepAsync(TestDatabase.Token));
        Assert.Equal(scene.Juliet, scene.Test.Count("SELECT min(account) FROM search_segment"));
        Assert.Equal(scene.Juliet, scene.Test.Count("SELECT max(account) FROM search_segment"));
        Assert.Empty(await scene.Find("nowhere"));
        Assert.False(scene.Demand.IsThere);
        await indexer.CatchUpAsync(TestDatabase.Token);
        await scene.AssertWhole(scene.Romeo);
        await scene.AssertWhole(scene.Juliet);
        await scene.AssertWhole(scene.Mercutio);
    }

    [Fact]
    public async Task Nothing_is_indexed_for_an_account_that_is_being_deleted()
    {
        await scene.Chatter();
        scene.Test.Scalar($"UPDATE account SET localpart=NULL WHERE id={scene.Juliet}");
        await scene.CatchUp();
        Assert.Equal(0, scene.Test.Count($"SELECT count(*) FROM search_segment WHERE account={scene.Juliet}"));
        Assert.Equal(1, scene.Test.Count($"SELECT count(*) FROM search_segment WHERE account={scene.Romeo}"));
    }
}

public sealed class SearchIndexerOnSqliteTests() : SearchIndexerTests(DatabaseKind.Sqlite)
{
    [Fact]
    public async Task A_search_that_looks_at_too_much_in_vain_says_so()
    {
        await using var scene = new SearchScene(DatabaseKind.Sqlite);
        await scene.Begin();
        await scene.Say([.. Enumerable.Repeat("甲乙 乙丙", HistorySearch.MostLooks + AccountIndexer.SmallSegment)]);
        await scene.CatchUp();
        await Assert.ThrowsAsync<SearchTooBroadException>(() => scene.Page(new SearchRequest { Text = "甲乙丙" }));
        await scene.Say("甲乙丙");
        var page = await scene.Page(new SearchRequest { Text = "甲乙丙", FromEnd = true });
        Assert.Equal(["甲乙丙"], page.Entries.Select(SearchScene.Body));
        Assert.False(page.IsComplete);
    }
}

public sealed class SearchIndexerOnMariaDbTests() : SearchIndexerTests(DatabaseKind.MariaDb);
public sealed class SearchIndexerOnPostgresTests() : SearchIndexerTests(DatabaseKind.Postgres);
