using System.Text;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Tests.Conversations;

/// <summary>What a conversation keeps on the device. No server is needed for that.</summary>
public sealed class ConversationTests : IAsyncLifetime
{
    private static readonly BareJid Juliet = BareJid.Parse("juliet@verona.lit");
    private static readonly BareJid Nurse = BareJid.Parse("nurse@verona.lit");
    private readonly MemoryStore _store = new();
    private ChatClient _client = null!;

    public async ValueTask InitializeAsync() => _client = await Open();

    public async ValueTask DisposeAsync() => await _client.DisposeAsync();

    private Conversation With(BareJid jid) => _client.Conversations[jid];

    private async Task<ChatClient> Open()
    {
        var client = new ChatClient(
            new ChatOptions
            {
                Account = BareJid.Parse("romeo@verona.lit"),
                Credentials = new Credentials("secret"),
                Dial = (_, _) => throw new IOException("No network."),
            },
            _store);
        await client.StartAsync();
        return client;
    }

    private async Task Restart()
    {
        await _client.DisposeAsync();
        _client = await Open();
    }

    [Fact]
    public async Task Draft_pin_mute_and_order_outlast_a_restart()
    {
        await With(Nurse).SendAsync("old");
        await With(Juliet).SendAsync("new");
        await With(Nurse).SetDraftAsync("half a");
        Assert.Equal([Juliet, Nurse], _client.Conversations.All.Select(summary => summary.Jid));
        await With(Nurse).PinAsync(true);
        await With(Juliet).MuteAsync(DateTimeOffset.MaxValue);
        await Restart();
        Assert.Equal([Nurse, Juliet], _client.Conversations.All.Select(summary => summary.Jid));
        Assert.Equal(("half a", true, "old"), (With(Nurse).Summary.Draft, With(Nurse).Summary.IsPinned, With(Nurse).Summary.Last!.Body));
        Assert.Equal(DateTimeOffset.MaxValue, With(Juliet).Summary.MutedUntil);
    }

    [Fact]
    public async Task A_conversation_is_listed_while_it_has_a_message_a_draft_or_a_pin()
    {
        Assert.Empty(_client.Conversations.All);
        await With(Juliet).SetDraftAsync("x");
        Assert.Single(_client.Conversations.All);
        await With(Juliet).SetDraftAsync("");
        Assert.Empty(_client.Conversations.All);
        await With(Juliet).PinAsync(true);
        await With(Juliet).HideAsync();
        Assert.Empty(_client.Conversations.All);
        await With(Juliet).SendAsync("x");
        await With(Juliet).HideAsync();
        await Restart();
        Assert.Empty(_client.Conversations.All);
        await With(Juliet).SendAsync("y");
        Assert.Equal("y", Assert.Single(_client.Conversations.All).Last!.Body);
    }

    [Fact]
    public async Task Clearing_empties_what_is_shown_and_can_be_taken_back()
    {
        await With(Juliet).SendAsync("one");
        await With(Juliet).SendAsync("two");
        using var view = await With(Juliet).OpenAsync();
        await With(Juliet).ClearAsync();
        Assert.Empty(view.Items);
        Assert.True(view.IsCleared);
        await With(Juliet).SendAsync("three");
        Assert.Equal(["three"], view.Items.Select(message => message.Body));
        Assert.Equal(["one", "two", "three"], (await All(With(Juliet))).Select(message => message.Body));
        await With(Juliet).ShowAgainAsync();
        Assert.Equal(["one", "two", "three"], view.Items.Select(message => message.Body));
        Assert.False(view.IsCleared);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("\u0000\u0007\uFFFE")]
    public async Task Nothing_cannot_be_sent(string body) => await Assert.ThrowsAsync<ArgumentException>(() => With(Juliet).SendAsync(body));

    [Fact]
    public async Task A_body_may_have_64_KiB_of_UTF_8_and_no_more()
    {
        await With(Juliet).SendAsync(new string('窗', Conversation.MaxBodyBytes / 3));
        await Assert.ThrowsAsync<ArgumentException>(() => With(Juliet).SendAsync(new string('窗', (Conversation.MaxBodyBytes / 3) + 1)));
        // What escapes make longer than a server takes.
        await Assert.ThrowsAsync<ArgumentException>(() => With(Juliet).SendAsync(new string('&', Conversation.MaxBodyBytes)));
        Assert.Single(await All(With(Juliet)));
    }

    [Fact]
    public async Task What_XML_cannot_hold_is_taken_out_and_the_rest_is_as_it_was()
    {
        var sent = await With(Juliet).SendAsync(" a\u0000b\uD83Dc\U0001F339\uDF39\r\n\td ");
        Assert.Equal(" abc\U0001F339\r\n\td ", sent.Body);
        Assert.Equal(sent.Body.Length, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(sent.Body)).Length);
    }

    [Fact]
    public async Task A_deleted_message_is_gone_and_the_one_before_is_the_last()
    {
        await With(Juliet).SendAsync("one");
        var two = await With(Juliet).SendAsync("two");
        using var view = await With(Juliet).OpenAsync();
        await With(Nurse).DeleteAsync(two.Key); // not hers
        Assert.Equal(2, view.Items.Count);
        await With(Juliet).DeleteAsync(two.Key);
        Assert.Equal("one", With(Juliet).Summary.Last!.Body);
        Assert.Equal(["one"], view.Items.Select(message => message.Body));
        Assert.Equal("one", Assert.Single(await _store.ReadQueuedAsync(default)).Body);
    }

    private static async Task<List<ChatMessage>> All(Conversation conversation)
    {
        var all = new List<ChatMessage>();
        await foreach (var page in conversation.ReadAllAsync())
        {
            all.AddRange(page);
        }
        return all;
    }
}
