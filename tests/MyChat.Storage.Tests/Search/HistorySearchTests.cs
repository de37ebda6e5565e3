using MyChat.Server.Mailboxes;
using MyChat.Storage.Search;
using MyChat.Xmpp.Search;

namespace MyChat.Storage.Tests.Search;

public abstract class HistorySearchTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly SearchScene scene = new(kind);

    public async ValueTask InitializeAsync() => await scene.Begin();

    public async ValueTask DisposeAsync()
    {
        await scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Words_of_every_script_are_found_before_and_after_they_are_indexed()
    {
        string[] said =
        [
            "But soft! What light through yonder window breaks?", "全文搜索引擎", "我的iPhone手机坏了", "ＡＢＣ １２３", "Hauptstraße 5", "好的👍🏽",
            "Write to romeo@verona.lit", "100% of it's \"quoted\" \\ _ '; DROP TABLE message; --", "カタカナとひらがな", "한국어 검색", "Привет, мир",
        ];
        (string Text, int[] Found)[] searches =
        [
            ("light", [0]), ("LIGHT window", [0]), ("yond", [0]), ("yond ", []), ("\"what light\"", [0]), ("\"light what\"", []),
            ("搜索", [1]), ("文搜索引", [1]), ("擎", [1]), ("手机", [2]), ("iphone手机", [2]), ("搜手", []), ("abc", [3]), ("123 abc", [3]), ("strasse", []),
            ("HAUPTSTRASSE", [4]), ("👍", [5]), ("romeo@verona.lit", [6]), ("lit@verona", []), ("100% of", [7]), ("%", []), ("_", []), ("'", []),
            ("'; DROP TABLE message; --", [7]), ("ひらがな", [8]), ("검색", [9]), ("привет", [10]), ("nothing of the kind", []),
        ];
        await scene.Say(said);
        for (var round = 0; round < 2; round++)
        {
            foreach (var (text, found) in searches)
            {
                Assert.Equal((text, found.Select(i => said[i]).ToArray()), (text, (await scene.Find(text)).ToArray()), Compare);
                Assert.Equal((text, found.Select(i => said[i]).ToArray()), (text, (await scene.Find(text, scene.Romeo)).ToArray()), Compare);
            }
            await scene.Chatter();
            await scene.CatchUp();
            await scene.AssertWhole(scene.Juliet);
            Assert.NotEqual(0, scene.Test.Count($"SELECT count(*) FROM search_segment WHERE account={scene.Juliet}"));
        }
    }

    [Fact]
    public async Task Nobody_finds_what_others_said()
    {
        await scene.Say("a secret 秘密");
        await scene.Say(scene.Romeo, scene.Mercutio, ["another secret"]);
        await scene.Chatter();
        await scene.CatchUp();
        Assert.Equal(["a secret 秘密"], await scene.Find("secret", scene.Juliet));
        Assert.Equal(["another secret"], await scene.Find("secret", scene.Mercutio));
        Assert.Equal(["a secret 秘密", "another secret"], await scene.Find("secret", scene.Romeo));
        Assert.Empty(await scene.Find("秘密", scene.Mercutio));
        Assert.Empty(await scene.Find("secret", account: 4711));
    }

    [Fact]
    public async Task What_is_gone_from_the_log_is_not_found_and_leaves_the_index_in_time()
    {
        var ids = await scene.Say("one swallow", "two swallows");
        var chatter = await scene.Chatter();
        await scene.CatchUp();
        await scene.Test.Mailboxes.SaveStateAsync(scene.Juliet, MailboxState.Empty, [ids[0]], TestDatabase.Token);
        Assert.Equal(["two swallows"], await scene.Find("swallow"));
        Assert.Equal(["one swallow", "two swallows"], await scene.Find("swallow", scene.Romeo));
        Assert.Equal(0, await scene.Index.CleanAsync(TestDatabase.Token));
        await scene.Test.Mailboxes.SaveStateAsync(scene.Juliet, MailboxState.Empty, [.. ids, .. chatter], TestDatabase.Token);
        Assert.Equal(1, await scene.Index.CleanAsync(TestDatabase.Token));
        Assert.Equal(0, scene.Test.Count($"SELECT count(*) FROM search_block WHERE account={scene.Juliet}"));
        await scene.AssertWhole(scene.Romeo);
    }

    [Fact]
    public async Task An_account_takes_its_index_along()
    {
        await scene.Chatter();
        await scene.CatchUp();
        await scene.Test.Accounts.DeleteAsync(scene.Juliet, TestDatabase.Token);
        Assert.Equal(0, scene.Test.Count($"SELECT count(*) FROM search_segment WHERE account={scene.Juliet}"));
        Assert.Equal(0, scene.Test.Count($"SELECT count(*) FROM search_block WHERE account={scene.Juliet}"));
        Assert.Equal(AccountIndexer.LargeSegment, (await scene.PageThrough(new SearchRequest { Text = "chatter" }, scene.Romeo)).Count);
    }

    [Fact]
    public async Task What_only_waits_for_delivery_is_not_found()
    {
        var write = new TestWrite(scene.Romeo, scene.Juliet, SearchScene.Stanza("forget this"), MailboxSides.Recipient | MailboxSides.Transient);
        scene.Test.Append(write);
        await write.Outcome;
        Assert.Empty(await scene.Find("forget"));
        await scene.Chatter();
        await scene.CatchUp();
        Assert.Empty(await scene.Find("forget"));
    }

    [Fact]
    public async Task Searches_find_what_a_plain_look_through_the_log_finds()
    {
        // Enough for two levels of segments, and for common and rare words; from a fixed seed.
        var random = new Random(20260517);
        string[] words = ["soft", "light", "lightly", "window", "全文", "文搜索", "索引", "我", "👍", "Straße", "a", "b", "zephyr", "２０２６", "，", ". "];
        var said = Enumerable.Range(0, 10_400).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 7))
            .Select(_ => words[(int)(words.Length * Math.Pow(random.NextDouble(), 2))] + (random.Next(3) == 0 ? "" : " ")))).ToArray();
        var indexer = scene.NewIndexer();
        var ids = new List<long>();
        foreach (var some in said.Chunk(1300))
        {
            ids.AddRange(await scene.Say(some));
            scene.Demand.Add(scene.Juliet);
            await indexer.CatchUpAsync(TestDatabase.Token);
        }
        await scene.AssertWhole(scene.Juliet);
        await scene.AssertWhole(scene.Romeo);
        var texts = said.Select(SearchText.Read).ToArray();
        for (var i = 0; i < 40; i++)
        {
            var query = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => words[random.Next(words.Length)] + (random.Next(2) == 0 ? " " : "")));
            var request = new SearchRequest
            {
                Text = query,
                FromEnd = random.Next(2) == 0,
                Limit = random.Next(200, 2000),
                After = random.Next(3) == 0 ? ids[random.Next(ids.Count)] : 0,
                Before = random.Next(3) == 0 ? ids[random.Next(ids.Count)] : long.MaxValue,
            };
            var parsed = SearchQuery.Parse(query);
            var expected = ids.Where((id, at) => id > request.After && id < request.Before && parsed.Matches(texts[at])).ToList();
            var found = await scene.PageThrough(request, i % 2 == 0 ? scene.Juliet : scene.Romeo);
            Assert.True(expected.SequenceEqual(found), $"'{query}' {request}: {found.Count} found, {expected.Count} expected");
        }
    }

    private static bool Compare((string Text, string[] Found) one, (string Text, string[] Found) other) =>
        one.Text == other.Text && one.Found.SequenceEqual(other.Found);
}

public sealed class HistorySearchOnSqliteTests() : HistorySearchTests(DatabaseKind.Sqlite);
public sealed class HistorySearchOnMariaDbTests() : HistorySearchTests(DatabaseKind.MariaDb);
public sealed class HistorySearchOnPostgresTests() : HistorySearchTests(DatabaseKind.Postgres);
