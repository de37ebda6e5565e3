using System.Security;
using LinqToDB;
using LinqToDB.Async;
using Microsoft.Extensions.Logging.Abstractions;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;
using MyChat.Storage.Search;
using MyChat.Xmpp.Search;

namespace MyChat.Storage.Tests.Search;

/// <summary>A database with three people who talk and search.</summary>
internal sealed class SearchScene(DatabaseKind kind) : IAsyncDisposable
{
    public TestDatabase Test { get; } = new(kind);
    public long Romeo { get; private set; }
    public long Juliet { get; private set; }
    public long Mercutio { get; private set; }

    public SearchDemand Demand { get; } = new();
    public HistorySearch Search => new(Test.Database, Demand);
    public SearchIndex Index => new(Test.Database);
    public SearchIndexer NewIndexer() => new(Test.Database, Demand, TimeProvider.System, NullLogger<SearchIndexer>.Instance);

    public async Task Begin()
    {
        Romeo = await Test.Create("romeo");
        Juliet = await Test.Create("juliet");
        Mercutio = await Test.Create("mercutio");
    }

    /// <summary>Romeo says these to Juliet.</summary>
    public Task<IReadOnlyList<long>> Say(params IReadOnlyList<string> bodies) => Say(Romeo, Juliet, bodies);

    public async Task<IReadOnlyList<long>> Say(long sender, long recipient, IReadOnlyList<string> bodies)
    {
        var writes = bodies.Select(body => new TestWrite(sender, recipient, Stanza(body))).ToList();
        Test.Append(writes);
        Assert.All(await Task.WhenAll(writes.Select(write => write.Outcome)), Assert.Null);
        return [.. writes.Select(write => write.Id)];
    }

    /// <summary>Says nothing of note so often that all before it is indexed.</summary>
    public Task<IReadOnlyList<long>> Chatter(int count = AccountIndexer.LargeSegment) =>
        Say([.. Enumerable.Range(0, count).Select(i => $"chatter number {i} 闲聊")]);

    public Task CatchUp() => NewIndexer().CatchUpAsync(TestDatabase.Token);

    public async Task<IReadOnlyList<string>> Find(string text, long? account = null) =>
        [.. (await Page(new SearchRequest { Text = text }, account)).Entries.Select(Body)];

    public async Task<SearchPage> Page(SearchRequest request, long? account = null) =>
        await Search.QueryAsync(account ?? Juliet, request, TestDatabase.Token);

    /// <summary>All pages one after the other.</summary>
    public async Task<IReadOnlyList<long>> PageThrough(SearchRequest request, long account)
    {
        var all = new List<long>();
        while (true)
        {
            var page = await Page(request, account);
            var ids = page.Entries.Select(entry => entry.Id).ToList();
            all.InsertRange(request.FromEnd ? 0 : all.Count, ids);
            if (page.IsComplete)
            {
                return all;
            }
            Assert.NotEmpty(ids);
            request = request.FromEnd ? request with { Before = ids[0] } : request with { After = ids[^1] };
        }
    }

    public static string Body(MailboxEntry entry) => MessageWords.Read(entry.Stanza.Span);

    public static string Stanza(string body) =>
        $"<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='chat'><body>{SecurityElement.Escape(body)}</body></message>";

    /// <summary>Looks at the index itself: every entry of the account up to its end is listed once, in segments that follow each other.</summary>
    public async Task AssertWhole(long account)
    {
        var rows = await new SegmentStore(Test.Database).ReadAsync(account, TestDatabase.Token);
        var listed = new List<long>();
        foreach (var row in rows)
        {
            var blocks = await new SegmentStore(Test.Database).ReadBlocksAsync(row, TestDatabase.Token);
            Assert.Equal(row.Blocks, blocks.Count);
            foreach (var block in blocks)
            {
                SegmentReader.Collect(block, row.FirstId, [1], isPrefix: true, listed); // by peer: each entry has one
            }
        }
        var last = rows.Count == 0 ? 0 : rows[^1].LastId;
        var log = await Test.Database.ReadAsync(
            db => db.GetTable<MailboxRow>().Where(row => row.Account == account && row.Id <= last).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(),
            TestDatabase.Token);
        Assert.Equal(log, listed);
        Assert.Equal(listed.Count, rows.Sum(row => row.Messages));
        Assert.Equal(rows.Sum(row => row.Blocks), Test.Count($"SELECT count(*) FROM search_block WHERE account={account}"));
    }

    public async ValueTask DisposeAsync() => await Test.DisposeAsync();
}
