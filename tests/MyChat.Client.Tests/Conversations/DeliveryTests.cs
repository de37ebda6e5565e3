using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Testing.Faults;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Tests.Conversations;

/// <summary>Messages between real clients on the real server: how far they come, and what each side is shown.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_message_is_sent_delivered_and_read_and_each_is_shown()
    {
        var (romeo, juliet) = await _world.Friends();
        var (his, hers) = (romeo.With(juliet), juliet.With(romeo));
        var format = new MessageFormat("kai", 14, Bold: true, Italic: false, Underline: true, "#aB0102");
        var states = new List<MessageState>();
        using var view = await his.OpenAsync();
        view.Changed += () => states.Add(view.Items[^1].State);
        IncomingMessage? told = null;
        juliet.Client.MessageReceived += message => told = message;

        var sent = await his.SendAsync("  Soft! \u0001<&>\n窗 ", format);
        Assert.Equal(("  Soft! <&>\n窗 ", MessageState.Queued, true), (sent.Body, sent.State, sent.IsMine));
        await romeo.Sees(() => his.Summary.Last!.State == MessageState.Delivered);
        await juliet.Sees(() => hers.Summary.Unread == 1 && told is not null);
        var got = hers.Summary.Last!;
        Assert.Equal((sent.Body, format, MessageState.Received, sent.Id), (got.Body, got.Format, got.State, got.Id));
        Assert.NotNull(got.StanzaId);
        Assert.Equal((hers, got), (told!.Conversation, told.Message));
        Assert.Equal(1, juliet.Client.Conversations.UnreadCount);

        await hers.MarkReadAsync();
        Assert.Equal((0, 0), (hers.Summary.Unread, juliet.Client.Conversations.UnreadCount));
        await romeo.Sees(() => his.Summary.Last!.State == MessageState.Read);
        await romeo.Sees(() => states.Count > 0 && states[^1] == MessageState.Read);
        Assert.Equal(states.Order(), states); // never back
    }

    [Fact]
    public async Task A_stranger_is_told_neither_that_a_message_arrived_nor_that_it_was_read_nor_who_types()
    {
        var (romeo, tybalt) = (await _world.Enter("romeo"), await _world.Enter("tybalt"));
        await tybalt.With(romeo).SendAsync("Turn thee");
        await romeo.Sees(() => romeo.With(tybalt).Summary.Unread == 1);
        romeo.With(tybalt).SetTyping(true);
        await romeo.With(tybalt).MarkReadAsync();
        await romeo.With(tybalt).SendAsync("I do but keep the peace");
        await tybalt.Sees(() => tybalt.With(romeo).Summary.Unread == 1);
        var first = await tybalt.Message(romeo, "Turn thee");
        Assert.Equal(MessageState.Sent, first.State);
    }

    [Fact]
    public async Task Who_does_not_want_to_tell_tells_nothing()
    {
        var (romeo, juliet) = await _world.Friends();
        await juliet.Client.Self.SetPreferencesAsync(new Preferences { SendReadMarkers = false, SendReceipts = false, SendTyping = false });
        await romeo.With(juliet).SendAsync("Soft!");
        await juliet.Sees(() => juliet.With(romeo).Summary.Unread == 1);
        juliet.With(romeo).SetTyping(true);
        await juliet.With(romeo).MarkReadAsync();
        await juliet.With(romeo).SendAsync("Ay me");
        await romeo.Sees(() => romeo.With(juliet).Summary.Unread == 1);
        Assert.Equal(MessageState.Sent, (await romeo.Message(juliet, "Soft!")).State);
        Assert.False(romeo.With(juliet).Summary.IsTyping);
    }

    [Fact]
    public async Task Another_device_shows_what_this_one_sent_and_how_far_it_came()
    {
        var (romeo, juliet) = await _world.Friends();
        var tablet = await _world.Enter("romeo");
        await romeo.With(juliet).SendAsync("Soft!");
        await tablet.Sees(() => tablet.With(juliet).Summary.Last is { IsMine: true, Body: "Soft!", State: MessageState.Delivered });
        Assert.Equal(0, tablet.With(juliet).Summary.Unread);
        await juliet.Sees(() => juliet.With(romeo).Summary.Unread == 1);
        await juliet.With(romeo).MarkReadAsync();
        await tablet.Sees(() => tablet.With(juliet).Summary.Last!.State == MessageState.Read);
    }

    [Fact]
    public async Task What_is_read_on_one_device_is_read_on_the_other()
    {
        var (romeo, juliet) = await _world.Friends();
        var tablet = await _world.Enter("juliet");
        await romeo.With(juliet).SendAsync("one");
        await romeo.With(juliet).SendAsync("two");
        await tablet.Sees(() => tablet.With(romeo).Summary.Unread == 2);
        await juliet.Sees(() => juliet.With(romeo).Summary.Unread == 2);
        await tablet.With(romeo).MarkReadAsync();
        await juliet.Sees(() => juliet.With(romeo).Summary.Unread == 0);
        await romeo.With(juliet).SendAsync("three");
        await juliet.Sees(() => juliet.With(romeo).Summary.Unread == 1);
        // So does an answer from there.
        await tablet.With(romeo).SendAsync("four");
        await juliet.Sees(() => juliet.With(romeo).Summary.Unread == 0);
    }

    [Fact]
    public async Task That_a_message_was_read_is_told_again_after_a_restart_if_the_server_may_not_have_heard_it()
    {
        var romeo = await _world.Enter("romeo");
        FreezingTransport? link = null;
        var juliet = await _world.Enter("juliet", options: options => options with
        {
            Dial = (_, _) => link is null
                ? ValueTask.FromResult<ClientTransport>(link = new FreezingTransport(_world.Server.Connect(PlayTransport.Tls).Transport))
                : throw new IOException("No network."),
        });
        await romeo.Befriends(juliet);
        await romeo.With(juliet).SendAsync("one");
        await juliet.Sees(() => juliet.With(romeo).Summary.Unread == 1);
        await romeo.Sees(() => romeo.With(juliet).Summary.Last!.State == MessageState.Delivered);

        link!.Freeze();
        await juliet.With(romeo).MarkReadAsync();
        link.Abort();
        await juliet.Client.DisposeAsync();
        await romeo.With(juliet).SendAsync("two");
        var back = await _world.Enter("juliet", juliet.Store);
        await back.Sees(() => back.With(romeo).Summary.Unread == 1);
        using var view = await romeo.With(juliet).OpenAsync();
        // What came meanwhile has not been read.
        await romeo.Sees(() => view.Items is [{ Body: "one", State: MessageState.Read }, { Body: "two", State: MessageState.Delivered }]);
        await back.Sees(() => back.With(romeo).State.OwedMarker is null);
    }

    [Fact]
    public async Task A_message_for_somebody_away_waits_says_so_once_and_is_shown_where_it_belongs()
    {
        var (romeo, juliet) = await _world.Friends();
        await juliet.With(romeo).SendAsync("Farewell");
        await romeo.Sees(() => romeo.With(juliet).Summary.Unread == 1);
        await juliet.Client.DisposeAsync();
        await romeo.Sees(() => !romeo[juliet].IsOnline);
        var first = await romeo.With(juliet).SendAsync("Dry sorrow");
        var second = await romeo.With(juliet).SendAsync("drinks our blood");
        Assert.Equal((true, false), (first.StartsAbsence, second.StartsAbsence));
        await romeo.Sees(() => romeo.With(juliet).Summary.Last!.State == MessageState.Sent);

        var back = await _world.Enter("juliet", juliet.Store);
        await back.Sees(() => back.With(romeo).Summary.Unread == 2);
        using var view = await back.With(romeo).OpenAsync();
        Assert.Equal(["Farewell", "Dry sorrow", "drinks our blood"], view.Items.Select(message => message.Body));
        Assert.Equal(view.Items[1].Key, view.FirstUnreadKey);
        Assert.True(view.Items[1].WasDelayed);
        Assert.Equal(first.Time, view.Items[1].Time, TimeSpan.FromSeconds(2));
        await romeo.Sees(() => romeo.With(juliet).Summary.Last!.State == MessageState.Delivered);

        await romeo.Sees(() => romeo[juliet].IsOnline);
        await back.Client.DisposeAsync();
        await romeo.Sees(() => !romeo[juliet].IsOnline);
        await romeo.Sees(() => romeo.With(juliet).State is { IsAbsenceTold: false });
        Assert.True((await romeo.With(juliet).SendAsync("again")).StartsAbsence);
    }

    [Fact]
    public async Task Who_writes_to_nobody_is_told_and_may_try_again_with_the_same_message()
    {
        var romeo = await _world.Enter("romeo");
        var nobody = romeo.Client.Conversations[World.Jid("rosaline")];
        var sent = await nobody.SendAsync("O she doth teach");
        await romeo.Sees(() => nobody.Summary.Last is { State: MessageState.Failed, Error: StanzaErrorCondition.ServiceUnavailable });

        await _world.Server.RegisterAsync("rosaline", "secret");
        await nobody.RetryAsync(sent.Key);
        var rosaline = await _world.Enter("rosaline");
        await rosaline.Sees(() => rosaline.With(romeo).Summary.Last?.Id == sent.Id);
        await romeo.Sees(() => nobody.Summary.Last is { State: MessageState.Sent, Error: null });
        Assert.Single(await romeo.Store.FindByIdAsync(nobody.Jid, sent.Id!, default));
    }

    [Fact]
    public async Task What_waits_in_the_outbox_outlasts_a_restart_and_goes_once_in_order()
    {
        var (romeo, juliet) = await _world.Friends();
        var store = romeo.Store;
        await romeo.Client.DisposeAsync();
        await using (var offline = new TestDevice(_world, "romeo", store, options => options with { Dial = (_, _) => throw new IOException("No network.") }))
        {
            await offline.Client.StartAsync();
            Assert.Equal(juliet.Jid, Assert.Single(offline.Client.Contacts.Friends).Jid);
            for (var i = 0; i < 5; i++)
            {
                await offline.With(juliet).SendAsync($"{i}");
            }
            var doomed = await offline.With(juliet).SendAsync("not this");
            await offline.With(juliet).DeleteAsync(doomed.Key);
            Assert.Equal("4", offline.With(juliet).Summary.Last!.Body);
        }
        var back = await _world.Enter("romeo", store);
        await back.Sees(() => back.With(juliet).Summary.Last!.State == MessageState.Delivered);
        await juliet.Sees(() => juliet.With(romeo).Summary.Unread == 5);
        using var view = await juliet.With(romeo).OpenAsync();
        Assert.Equal(["0", "1", "2", "3", "4"], view.Items.Select(message => message.Body));
        Assert.Equal(5, view.Items.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task Without_stream_management_a_later_answer_proves_that_messages_arrived()
    {
        var (romeo, tybalt) = (await _world.Enter("romeo", options: options => options with { UseStreamManagement = false }), await _world.Enter("tybalt"));
        await romeo.With(tybalt).SendAsync("one");
        await romeo.With(tybalt).SendAsync("two");
        await romeo.Sees(() => romeo.With(tybalt).Summary.Last!.State == MessageState.Sent);
        Assert.Equal(MessageState.Sent, (await romeo.Message(tybalt, "one")).State);
        await tybalt.Sees(() => tybalt.With(romeo).Summary.Unread == 2);
    }

    [Fact]
    public async Task Typing_is_shown_until_it_is_taken_back_or_a_message_comes()
    {
        var (romeo, juliet) = await _world.Friends();
        romeo.With(juliet).SetTyping(true);
        await juliet.Sees(() => juliet.With(romeo).Summary.IsTyping);
        romeo.With(juliet).SetTyping(false);
        await juliet.Sees(() => !juliet.With(romeo).Summary.IsTyping);
        romeo.With(juliet).SetTyping(true);
        await juliet.Sees(() => juliet.With(romeo).Summary.IsTyping);
        await romeo.With(juliet).SendAsync("Soft!");
        await juliet.Sees(() => juliet.With(romeo).Summary is { Unread: 1, IsTyping: false });
    }

    [Fact]
    public async Task A_full_store_is_told_and_nothing_of_this_run_is_lost()
    {
        var (romeo, juliet) = await _world.Friends();
        var store = new Stores.RefusingStore();
        var tablet = await _world.Enter("juliet", store);
        store.Refuses = true;
        await romeo.With(juliet).SendAsync("one");
        await tablet.Sees(() => tablet.With(romeo).Summary.Unread == 1 && tablet.Client.StoreFault is not null);
        await tablet.With(romeo).SendAsync("two");
        await romeo.Sees(() => romeo.With(juliet).Summary.Unread == 1);
        using var view = await tablet.With(romeo).OpenAsync();
        Assert.Equal(["one", "two"], view.Items.Select(message => message.Body));
        await tablet.Sees(() => tablet.With(romeo).Summary.Last!.State == MessageState.Delivered);

        store.Refuses = false;
        await tablet.With(romeo).SetDraftAsync("three");
        Assert.Null(tablet.Client.StoreFault);
        Assert.Equal(2, (await store.ReadMessagesAsync(romeo.Jid, 0, long.MaxValue, 9, fromStart: true, default)).Count);
    }
}
