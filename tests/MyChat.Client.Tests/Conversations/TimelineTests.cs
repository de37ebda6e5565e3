using CsCheck;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Tests.Conversations;

public sealed class TimelineTests : IAsyncLifetime
{
    private static readonly BareJid Juliet = BareJid.Parse("juliet@verona.lit");
    private readonly MemoryStore _store = new();
    private ChatClient? _client;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }
    }

    /// <summary>A conversation of so many messages of Juliet's, numbered from 1, of which the last ones are unread.</summary>
    private async Task<Conversation> Start(int messages, int unread)
    {
        var batch = new StoreBatch { Documents = { [ConversationState.Key(Juliet)] = new ConversationState { ReadUpTo = messages - unread }.ToJson() } };
        for (var i = 1; i <= messages; i++)
        {
            batch.Messages.Add(Message(i));
        }
        await _store.CommitAsync(batch, default);
        _client = new ChatClient(
            new ChatOptions
            {
                Account = BareJid.Parse("romeo@verona.lit"),
                Credentials = new Credentials("secret"),
                Dial = (_, _) => throw new IOException("No network."),
            },
            _store);
        await _client.StartAsync();
        return _client.Conversations[Juliet];
    }

    private static ChatMessage Message(int i) =>
        new($"{i}", Juliet, i) { IsMine = false, Body = $"{i}", State = MessageState.Received, Time = DateTimeOffset.UnixEpoch };

    private static (int First, int Last) Range(Timeline view)
    {
        var orders = view.Items.Select(message => (int)message.Order).ToList();
        Assert.Equal(Enumerable.Range(orders[0], orders.Count), orders); // no gaps
        Assert.True(orders.Count <= Timeline.MaxItems);
        return (orders[0], orders[^1]);
    }

    [Fact]
    public async Task It_opens_at_the_first_unread_message_with_some_before_it()
    {
        var conversation = await Start(1000, 150);
        Assert.Equal(150, conversation.Summary.Unread);
        using var view = await conversation.OpenAsync();
        Assert.Equal("851", view.FirstUnreadKey);
        Assert.Equal((831, 910), Range(view));
        Assert.True(view is { HasOlder: true, HasNewer: true });
    }

    [Fact]
    public async Task Room_that_is_made_for_others_leaves_in_view_what_is_in_view()
    {
        using var view = await (await Start(1000, 150)).OpenAsync();
        var (keys, newer) = (view.Items.Select(message => message.Key).ToList(), view.HasNewer);
        // From the highest down, as room is made; then some only.
        view.Show([.. view.Items.Reverse().Select(message => message with { Order = message.Order - 500 })]);
        Assert.Equal(keys, view.Items.Select(message => message.Key));
        Assert.Equal((831L - 500, 910L - 500, newer), (view.Items[0].Order, view.Items[^1].Order, view.HasNewer));
        view.Show([.. view.Items.Take(10).Reverse().Select(message => message with { Order = message.Order - 500 })]);
        Assert.Equal(keys.TakeLast(70), view.Items.TakeLast(70).Select(message => message.Key));
    }

    [Fact]
    public async Task It_opens_at_the_end_when_all_is_read()
    {
        using var view = await (await Start(100, 0)).OpenAsync();
        Assert.Null(view.FirstUnreadKey);
        Assert.Equal((41, 100), Range(view));
        Assert.True(view is { HasOlder: true, HasNewer: false });
    }

    [Fact]
    public async Task Loading_at_one_end_drops_the_other_past_the_bound()
    {
        using var view = await (await Start(1000, 0)).OpenAsync();
        for (var i = 0; i < 6; i++)
        {
            await view.LoadOlderAsync();
        }
        Assert.Equal((581, 880), Range(view));
        Assert.True(view is { HasOlder: true, HasNewer: true });
        await view.LoadNewerAsync();
        Assert.Equal((641, 940), Range(view));
        await view.LoadNewerAsync();
        await view.LoadNewerAsync();
        Assert.Equal((701, 1000), Range(view));
        Assert.False(view.HasNewer);
        await view.GoToAsync("300");
        Assert.Equal((280, 359), Range(view));
        await view.GoToAsync("no such key");
        Assert.Equal((280, 359), Range(view));
        await view.GoToEndAsync();
        Assert.Equal((941, 1000), Range(view));
    }

    [Fact]
    public async Task It_reaches_the_very_beginning_and_says_so()
    {
        using var view = await (await Start(120, 0)).OpenAsync();
        await view.LoadOlderAsync();
        Assert.Equal((1, 120), Range(view));
        await view.LoadOlderAsync();
        Assert.False(view.HasOlder);
        Assert.Equal((1, 120), Range(view));
    }

    [Fact]
    public async Task A_new_message_is_appended_where_the_end_is_shown_and_only_there()
    {
        var conversation = await Start(1000, 0);
        using var view = await conversation.OpenAsync();
        using var above = await conversation.OpenAsync();
        await above.GoToAsync("300");
        var changes = 0;
        view.Changed += () => changes++;
        var sent = await conversation.SendAsync("new");
        Assert.Equal(sent, view.Items[^1]);
        Assert.Equal((280, 359), Range(above));
        Assert.True(above.HasNewer);
        Assert.True(SpinWait.SpinUntil(() => changes > 0, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Whatever_comes_in_whatever_order_a_view_is_a_run_of_what_is_kept() =>
        Gen.Int[1, 400].Array[1, 400].Sample(orders => Run([.. orders.Distinct()]).GetAwaiter().GetResult(), iter: 60);

    private static async Task Run(int[] orders)
    {
        var store = new MemoryStore();
        await using var client = new ChatClient(
            new ChatOptions
            {
                Account = BareJid.Parse("romeo@verona.lit"),
                Credentials = new Credentials("secret"),
                Dial = (_, _) => throw new IOException("No network."),
            },
            store);
        var conversation = client.Conversations[Juliet];
        using var view = await conversation.OpenAsync();
        foreach (var order in orders)
        {
            using var turn = await conversation.Context.EnterAsync(default);
            await store.CommitAsync(new StoreBatch { Messages = { Message(order) } }, default);
            conversation.Show(Message(order));
        }
        var kept = orders.Order().Select(order => $"{order}").ToList();
        Assert.Equal(kept.TakeLast(Timeline.MaxItems), view.Items.Select(message => message.Body));
        Assert.Equal(kept.Count > Timeline.MaxItems, view.HasOlder);
        await view.LoadOlderAsync();
        Assert.Equal(kept.TakeLast(Timeline.MaxItems + Timeline.PageItems).Take(Timeline.MaxItems), view.Items.Select(message => message.Body));
    }
}
