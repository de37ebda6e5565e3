using System.Text;
using MyChat.Modules;
using MyChat.Storage.Stores;
using MyChat.Xmpp.Xeps;

namespace MyChat.Storage.Tests.Stores;

public abstract class NodeStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly NodeConfiguration Many = NodeConfiguration.Default with { MaxItems = null };

    private readonly TestDatabase test = new(kind);
    private long romeo;

    private static CancellationToken Token => TestDatabase.Token;

    private NodeStore Nodes => new(test.Database);

    public async ValueTask InitializeAsync() => romeo = await test.Create("romeo");

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private ValueTask<Node> Publish(Node node, string id, string payload, int keep = 100) =>
        Nodes.PublishAsync(romeo, node, Item(id, payload), keep, Token);

    private static NodeItem Item(string id, string payload) => new(id, TestDatabase.Noon, Encoding.UTF8.GetBytes(payload));

    private async Task<string[]> Read(Node node, int most = 100, long bytes = 100_000) =>
        [.. (await Nodes.ReadNewestAsync(node, most, bytes, Token)).Select(item => $"{item.Id}={Encoding.UTF8.GetString(item.Payload)}")];

    [Fact]
    public async Task A_node_and_its_items_outlive_a_restart()
    {
        var made = new NodeConfiguration
        {
            Access = NodeAccess.Whitelist,
            PersistItems = true,
            MaxItems = 7,
            SendLast = SendLastItem.Never,
            NotifyRetract = false,
            NotifyDelete = false,
        };
        var node = await Publish(new Node(0, "urn:节点:😀", made, 0), "罗密欧@verona.lit", "<a>你好</a>");
        await Publish(new Node(0, "other", Many, 0), "1", "<b/>");
        await test.Reopen();
        var loaded = await Nodes.LoadAsync(romeo, Token);
        Assert.Equal(["other", "urn:节点:😀"], loaded.Select(found => found.Name));
        Assert.Equal(node, loaded[1]);
        Assert.Equal(made, loaded[1].Configuration);
        Assert.Equal(Encoding.UTF8.GetByteCount("<a>你好</a>"), loaded[1].Bytes);
        Assert.Equal(["罗密欧@verona.lit=<a>你好</a>"], await Read(loaded[1]));
        Assert.Equal(TestDatabase.Noon, (await Nodes.FindAsync(loaded[1], "罗密欧@verona.lit", Token))?.Published);
    }

    [Fact]
    public async Task An_item_published_again_is_the_newest_and_takes_the_place_of_the_former()
    {
        var node = await Publish(new Node(0, "n", Many, 0), "a", "11");
        node = await Publish(node, "b", "222");
        node = await Publish(node, "a", "4444");
        Assert.Equal(["b=222", "a=4444"], await Read(node));
        Assert.Equal(["b", "a"], await Nodes.ListAsync(node, Token));
        Assert.Equal(7, node.Bytes);
        Assert.Equal(node, Assert.Single(await Nodes.LoadAsync(romeo, Token)));
    }

    [Fact]
    public async Task Names_differ_by_case_and_spaces()
    {
        var node = await Publish(new Node(0, "n", Many, 0), "a", "1");
        node = await Publish(node, "A", "2");
        node = await Publish(node, "a ", "3");
        await Publish(new Node(0, "N", Many, 0), "a", "4");
        Assert.Equal(["a=1", "A=2", "a =3"], await Read(node));
        Assert.Equal(2, (await Nodes.LoadAsync(romeo, Token)).Count);
    }

    [Fact]
    public async Task Only_the_newest_items_are_kept()
    {
        var node = new Node(0, "n", Many, 0);
        for (var i = 0; i < 5; i++)
        {
            node = await Publish(node, $"{i}", "xx", keep: 3);
        }
        Assert.Equal(["2=xx", "3=xx", "4=xx"], await Read(node));
        Assert.Equal(6, node.Bytes);
        node = await Nodes.SaveAsync(romeo, node with { Configuration = NodeConfiguration.Default }, 1, Token);
        Assert.Equal(["4=xx"], await Read(node));
        Assert.Equal(2, node.Bytes);
    }

    [Fact]
    public async Task The_newest_are_read_by_number_and_by_size_but_one_at_least()
    {
        var node = new Node(0, "n", Many, 0);
        foreach (var id in new[] { "a", "b", "c" })
        {
            node = await Publish(node, id, "1234567890");
        }
        Assert.Equal(["b=1234567890", "c=1234567890"], await Read(node, most: 2));
        Assert.Equal(["b=1234567890", "c=1234567890"], await Read(node, bytes: 29));
        Assert.Equal(["c=1234567890"], await Read(node, bytes: 0));
        Assert.Empty(await Read(await Nodes.SaveAsync(romeo, new Node(0, "empty", Many, 0), 1, Token)));
    }

    [Fact]
    public async Task An_item_is_retracted_once()
    {
        var node = await Publish(new Node(0, "n", Many, 0), "a", "11");
        node = await Publish(node, "b", "222");
        Assert.Null(await Nodes.RetractAsync(romeo, node, "c", Token));
        node = await Nodes.RetractAsync(romeo, node, "a", Token) ?? throw new InvalidOperationException("It was there.");
        Assert.Equal(3, node.Bytes);
        Assert.Equal(["b=222"], await Read(node));
        Assert.Null(await Nodes.RetractAsync(romeo, node, "a", Token));
        Assert.Null(await Nodes.FindAsync(node, "a", Token));
    }

    [Fact]
    public async Task A_node_goes_with_its_items_and_all_go_with_the_account()
    {
        var gone = await Publish(new Node(0, "gone", Many, 0), "a", "1");
        await Publish(new Node(0, "stays", Many, 0), "a", "1");
        await Publish(new Node(0, "stays too", Many, 0), "a", "1");
        var juliet = await test.Create("juliet");
        var hers = await Nodes.PublishAsync(juliet, new Node(0, "stays", Many, 0), Item("a", "hers"), 1, Token);
        await Nodes.DeleteAsync(romeo, gone, Token);
        Assert.Equal(3, test.Count("SELECT COUNT(*) FROM node_item"));
        await test.Accounts.DeleteAsync(romeo, Token);
        Assert.Equal(1, test.Count("SELECT COUNT(*) FROM node_item"));
        Assert.Equal(1, test.Count("SELECT COUNT(*) FROM node"));
        Assert.Equal(["a=hers"], await Read(hers));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Publish(new Node(0, "late", Many, 0), "a", "1"));
    }

    [Fact]
    public async Task Those_are_found_who_have_something_to_tell_that_others_may_read()
    {
        await Publish(new Node(0, "nick", Many, 0), "a", "1");
        foreach (var (name, configuration) in new[]
        {
            ("private", Many with { Access = NodeAccess.Whitelist }),
            ("silent", Many with { SendLast = SendLastItem.Never }),
            ("open", Many with { Access = NodeAccess.Open }),
        })
        {
            await Nodes.PublishAsync(await test.Create(name), new Node(0, "nick", configuration, 0), Item("a", "1"), 1, Token);
        }
        await Nodes.SaveAsync(await test.Create("empty"), new Node(0, "nick", Many, 0), 1, Token);
        string[] all = ["romeo", "private", "silent", "open", "empty", "nobody"];
        Assert.Equal(["open", "romeo"], (await Nodes.FindOwnersAsync(all, ["nick", "mood"], Token)).Order());
        Assert.Equal(["open"], await Nodes.FindOwnersAsync([.. all.Skip(1)], ["nick"], Token));
        Assert.Empty(await Nodes.FindOwnersAsync(all, ["mood"], Token));
    }

    [Fact]
    public async Task Names_may_be_as_long_as_is_allowed()
    {
        var node = await Publish(new Node(0, new string('n', 1024), Many, 0), new string('i', 2047), "1");
        Assert.Equal([new string('i', 2047) + "=1"], await Read(node));
        Assert.Equal(node, Assert.Single(await Nodes.LoadAsync(romeo, Token)));
    }
}

public sealed class NodeStoreOnSqliteTests() : NodeStoreTests(DatabaseKind.Sqlite);
public sealed class NodeStoreOnMariaDbTests() : NodeStoreTests(DatabaseKind.MariaDb);
public sealed class NodeStoreOnPostgresTests() : NodeStoreTests(DatabaseKind.Postgres);
