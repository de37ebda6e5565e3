using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Tests.Conversations;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Tests.History;

/// <summary>What was missed, and what a new device does not have, on the real server.</summary>
public sealed class CatchUpTests : IAsyncLifetime
{
    private World _world = null!;
    private XmppConnection _tybalt = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync();
        _tybalt = await XmppConnection.OpenAsync(
            _world.Server.Connect(PlayTransport.Tls).Transport, new ConnectionOptions { Domain = "verona.lit" });
        await _tybalt.LogInAsync(new LogIn("tybalt", "secret") { Resource = "r" });
    }

    public async ValueTask DisposeAsync()
    {
        await _tybalt.DisposeAsync();
        await _world.DisposeAsync();
    }

    private static BareJid Tybalt => World.Jid("tybalt");

    private static string[] Numbers(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(i => $"{i}")];

    /// <summary>A client by hand that knows nothing of ids sends many at once, so that many bear the same time.</summary>
    private async Task Sends(int from, int to, string hint = "")
    {
        for (var i = from; i <= to; i++)
        {
            _tybalt.Post($"<message to='juliet@verona.lit' type='chat'><body>{i}</body>{hint}</message>");
        }
        await _tybalt.FlushAsync();
        await _tybalt.RequestAsync(new() { Type = Xmpp.Stanzas.IqType.Get, To = Jid.Parse("verona.lit"), Payload = new(new Xmpp.Xml.Element(Xmpp.Xeps.Ping.Query)) });
    }

    private static async Task<string[]> Kept(TestDevice device, BareJid contact) =>
        [.. (await device.Store.ReadMessagesAsync(contact, long.MinValue, long.MaxValue, 5000, fromStart: true, default)).Select(message => message.Body)];

    private static async Task ScrollsUp(Timeline view, int most = 30)
    {
        for (var i = 0; view.HasOlder && i < most; i++)
        {
            await view.LoadOlderAsync();
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(900)]
    public async Task A_new_device_gets_what_waits_and_what_is_archived_in_one_order_while_the_chat_is_open(int count)
    {
        await Sends(1, count);
        var juliet = await _world.Enter("juliet");
        var chat = juliet.Client.Conversations[Tybalt];
        using var view = await chat.OpenAsync();
        var wrong = new List<string>();
        view.Changed += () =>
        {
            var (items, begins) = (view.Items, view.Begins);
            var numbers = items.Select(message => int.Parse(message.Body, null)).ToList();
            if (!numbers.SequenceEqual(numbers.Order()) || (begins && view.Items == items && numbers is [not 1, ..]))
            {
                wrong.Add($"{string.Join(' ', numbers)} {(begins ? "begins" : "")}");
            }
        };
        await juliet.Sees(() => chat.Summary.Last?.Body == $"{count}");
        await ScrollsUp(view);
        await juliet.Sees(() => view.Begins && !view.HasOlder);
        Assert.Equal("1", view.Items[0].Body);
        Assert.Empty(view.GapKeys);
        Assert.Empty(wrong);
        await juliet.Sees(() => !chat.State.HasWaiting && chat.Summary.Unread == count, $"{count} unread");
        Assert.Equal(Numbers(1, count), await Kept(juliet, Tybalt));
    }

    [Fact]
    public async Task What_waited_and_is_in_no_archive_stands_before_what_came_as_new_after_it()
    {
        await Sends(1, 390);
        await Sends(391, 400, "<no-permanent-store xmlns='urn:xmpp:hints'/>");
        var more = Task.CompletedTask;
        var juliet = await _world.Enter("juliet", options: options => options with
        {
            Dial = (_, _) => ValueTask.FromResult<ClientTransport>(new EditedTransport(_world.Server.Connect(PlayTransport.Tls).Transport, piece =>
            {
                if (piece.Contains("<body>400</body>", StringComparison.Ordinal))
                {
                    more = Sends(401, 410);
                }
                return piece;
            })),
        });
        var chat = juliet.Client.Conversations[Tybalt];
        await juliet.Sees(() => chat.Summary.Last?.Body == "410" && chat.Summary.Unread == 410);
        await more;
        using var view = await chat.OpenAsync();
        await ScrollsUp(view);
        Assert.Equal(Numbers(1, 410), await Kept(juliet, Tybalt));
    }

    [Fact]
    public async Task A_device_that_was_away_long_fetches_all_that_it_missed()
    {
        var juliet = await _world.Enter("juliet");
        await Sends(1, 5);
        var chat = juliet.Client.Conversations[Tybalt];
        await juliet.Sees(() => chat.Summary.Unread == 5);
        await juliet.DisposeAsync();
        // Another device takes what waits, so that nothing is sent to the first but what it asks for.
        var other = await _world.Enter("juliet");
        await Sends(6, 350);
        await other.Sees(() => other.Client.Conversations[Tybalt].Summary.Unread == 350);
        await other.DisposeAsync();

        var again = await _world.Enter("juliet", juliet.Store);
        chat = again.Client.Conversations[Tybalt];
        await again.Sees(() => chat.Summary.Unread == 350, "what it missed");
        Assert.Equal(Numbers(1, 350), await Kept(again, Tybalt));
        await again.Sees(() => !chat.Gaps.Any(gap => gap.After > 0), "no gap in the middle");
    }

    [Fact]
    public async Task What_the_user_wrote_elsewhere_is_there_and_what_waits_to_be_sent_follows_it()
    {
        var (romeo, juliet) = await _world.Friends();
        await romeo.With(juliet).SendAsync("1");
        await juliet.Sees(() => juliet.With(romeo).Summary.Unread == 1);
        await juliet.DisposeAsync();
        var phone = await _world.Enter("juliet");
        await phone.With(romeo).SendAsync("2");
        await romeo.Sees(() => romeo.With(juliet).Summary.Last?.Body == "2");
        await romeo.With(juliet).SendAsync("3");
        await phone.Sees(() => phone.With(romeo).Summary.Last?.Body == "3");
        await phone.With(romeo).MarkReadAsync();
        await romeo.Sees(() => romeo.With(juliet).Summary.Last?.State == MessageState.Read);
        await phone.DisposeAsync();

        var again = await _world.Enter("juliet", juliet.Store);
        Assert.Equal(["1", "2", "3"], await Kept(again, romeo.Jid));
        // It was read over there.
        await again.Sees(() => again.With(romeo).Summary.Unread == 0);
    }

    [Fact]
    public async Task A_new_device_has_the_list_of_chats_and_only_claims_a_beginning_that_is_one()
    {
        var (romeo, juliet) = await _world.Friends();
        await romeo.With(juliet).SendAsync("Soft!");
        await Sends(1, 700);
        await juliet.Sees(() => juliet.Client.Conversations[Tybalt].Summary.Unread == 700);
        await juliet.DisposeAsync();

        var fresh = await _world.Enter("juliet");
        await fresh.Sees(() => fresh.Client.Conversations[Tybalt].Summary.Last?.Body == "700");
        using var his = await fresh.With(romeo).OpenAsync();
        await fresh.Sees(() => his.Items.Count == 1);
        Assert.Equal("Soft!", his.Items[0].Body);
        await ScrollsUp(his);
        Assert.True(his.Begins);
        using var view = await fresh.Client.Conversations[Tybalt].OpenAsync();
        Assert.False(view.Begins);
        await ScrollsUp(view);
        Assert.True(view.Begins);
        Assert.Equal("1", view.Items[0].Body);
        Assert.Equal(Numbers(1, 700), await Kept(fresh, Tybalt));
    }

    [Fact]
    public async Task Without_an_archive_nothing_is_asked_or_claimed()
    {
        await using var world = await World.StartAsync(without: [typeof(Modules.MessageArchiveModule)]);
        var wire = new Wire();
        var (romeo, juliet) = (await world.Enter("romeo"), await world.Enter("juliet", options: options => options with { Log = wire }));
        await romeo.With(juliet).SendAsync("Soft!");
        await juliet.Sees(() => juliet.With(romeo).Summary.Unread == 1);
        using var view = await juliet.With(romeo).OpenAsync();
        Assert.False(view.HasOlder || view.Begins);
        Assert.DoesNotContain(wire.Sent, piece => piece.Contains("urn:xmpp:mam", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("from='juliet@verona.lit'", "from='tybalt@verona.lit'")]
    [InlineData("from='juliet@verona.lit'", "from='verona.lit'")]
    [InlineData("queryid='", "queryid='other")]
    public async Task A_result_that_somebody_else_made_up_writes_no_history(string old, string forged)
    {
        await Sends(1, 3);
        var edited = 0;
        var juliet = await _world.Enter("juliet", options: options => options with
        {
            Dial = (_, _) => ValueTask.FromResult<ClientTransport>(new EditedTransport(_world.Server.Connect(PlayTransport.Tls).Transport, Edit)),
        });
        var chat = juliet.Client.Conversations[Tybalt];
        await Sends(4, 4);
        await juliet.Sees(() => chat.Summary.Last?.Body == "4" && edited > 0);
        Assert.Equal(["4"], await Kept(juliet, Tybalt));
        using var view = await chat.OpenAsync();
        Assert.False(view.Begins);

        string Edit(string piece)
        {
            if (!piece.Contains("urn:xmpp:mam:2", StringComparison.Ordinal) || !piece.Contains("<body>", StringComparison.Ordinal))
            {
                return piece;
            }
            edited++;
            var at = piece.IndexOf(old, StringComparison.Ordinal);
            return piece[..at] + forged + piece[(at + old.Length)..].Replace("<body>", "<body>forged ", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_found_in_the_archive_is_shown_where_it_stands_with_what_is_around_it()
    {
        await Sends(1, 900);
        var other = await _world.Enter("juliet");
        await other.Sees(() => other.Client.Conversations[Tybalt].Summary.Unread == 900);
        await other.DisposeAsync();
        var juliet = await _world.Enter("juliet");
        var chat = juliet.Client.Conversations[Tybalt];
        await juliet.Sees(() => chat.Summary.Last?.Body == "900");
        using var view = await chat.OpenAsync();
        var page = await juliet.Client.Conversations.CatchUp.Archive.AskAsync(new Client.History.ArchiveQuery { With = Tybalt, After = null, Max = 30 }, default);
        var found = page.Messages[19];
        var key = await view.GoToAsync(new Client.History.FoundMessage(Tybalt, false, "20", found.Envelope!.Sent!.Value) { Archived = found });
        Assert.Equal("20", view.Items.Single(message => message.Key == key).Body);
        Assert.True(view.HasNewer);
        await view.LoadOlderAsync();
        Assert.Equal(Numbers(1, view.Items.Count), view.Items.Select(message => message.Body));
        Assert.True(view.Begins);
        // On it goes, over what is still missing, up to the newest.
        for (var i = 0; view.HasNewer && i < 50; i++)
        {
            await view.LoadNewerAsync();
        }
        Assert.Equal("900", view.Items[^1].Body);
        Assert.Equal(Numbers(1, 900), await Kept(juliet, Tybalt));
    }
}
