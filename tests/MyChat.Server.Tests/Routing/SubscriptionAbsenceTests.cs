using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using static MyChat.Server.Tests.Routing.RosterScenes;

namespace MyChat.Server.Tests.Routing;

/// <summary>RFC 6121 §3 while one or the other is away, with the server started again in between.</summary>
public sealed class SubscriptionAbsenceTests : IAsyncLifetime
{
    private const string Request = "<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribe' id='ask' xml:lang='en'><status>I am &lt;Romeo></status><nick xmlns='http://jabber.org/protocol/nick'>R.</nick></presence>";

    private RestartableServer server = null!;
    private Play play = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RestartableServer.StartAsync();
        play = new Play(server, PlayTransport.Memory);
        await (await play.Enter("juliet/first", presence: false)).Disconnects();
    }

    public ValueTask DisposeAsync() => play.DisposeAsync();

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task A_request_waits_until_it_is_answered_and_so_does_the_answer(bool restarts, bool agrees)
    {
        var romeo = await play.EnterWithRoster("romeo/orchard");
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe' id='ask' xml:lang='en'><status>I am &lt;Romeo></status><nick xmlns='http://jabber.org/protocol/nick'>R.</nick></presence>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='none' ask='subscribe'/>"));
        await play.NobodyReceivesMore();
        await LeavesAndMaybeRestarts(romeo, restarts);

        // Both are away. With every new session juliet is asked, until she answers (§3.1.3); her roster shows nothing.
        for (var session = 0; session < 2; session++)
        {
            var unanswering = await play.EnterWithRoster("juliet/balcony");
            await unanswering.Receives(Request);
            await play.NobodyReceivesMore();
            await LeavesAndMaybeRestarts(unanswering, restarts);
        }
        var juliet = await play.EnterWithRoster("juliet/balcony");
        await juliet.Receives(Request);
        await juliet.Sends($"<presence to='romeo@verona.lit' type='{(agrees ? "subscribed" : "unsubscribed")}'/>");
        if (agrees)
        {
            await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='from'/>"));
        }
        await play.NobodyReceivesMore();
        await LeavesAndMaybeRestarts(juliet, restarts);

        // Romeo was away when the answer came: his roster tells it.
        romeo = await play.EnterWithRoster(
            "romeo/orchard", agrees ? "<item jid='juliet@verona.lit' subscription='to'/>" : "<item jid='juliet@verona.lit' subscription='none'/>");
        juliet = await play.EnterWithRoster("juliet/balcony", agrees ? "<item jid='romeo@verona.lit' subscription='from'/>" : "");
        if (agrees)
        {
            await romeo.Receives("<presence from='juliet@verona.lit/balcony' to='romeo@verona.lit'/>");
        }
        await play.NobodyReceivesMore(); // nobody is asked any more
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_taken_back_asks_nobody(bool restarts)
    {
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await romeo.Sends("<presence to='juliet@verona.lit' type='unsubscribe'/>");
        await play.NobodyReceivesMore();
        await LeavesAndMaybeRestarts(romeo, restarts);
        await play.EnterWithRoster("juliet/balcony");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Of_several_requests_of_one_the_first_is_kept()
    {
        var romeo = await play.Enter("romeo/orchard", presence: false);
        foreach (var note in (string[])["first", "second", "third"])
        {
            await romeo.Sends($"<presence to='juliet@verona.lit' type='subscribe'><status>{note}</status></presence>");
        }
        await play.NobodyReceivesMore();
        var juliet = await play.EnterWithRoster("juliet/balcony");
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribe'><status>first</status></presence>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_request_is_repeated_by_the_server_and_asks_nobody_twice()
    {
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await play.NobodyReceivesMore();
        var juliet = await play.EnterWithRoster("juliet/balcony");
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribe'/>");
        await play.Enter("romeo/street"); // §3.1.2: the request is sent once more on the way
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_friend_is_deleted_while_away(bool restarts)
    {
        await play.MakeFriends("romeo", "juliet");
        var romeo = await play.EnterWithRoster("romeo/orchard", "<item jid='juliet@verona.lit' subscription='both'/>");
        await romeo.Sends(Set("<item jid='juliet@verona.lit' subscription='remove'/>"));
        await romeo.ReceivesInAnyOrder(Done(), Push("<item jid='juliet@verona.lit' subscription='remove'/>"));
        await play.NobodyReceivesMore();
        await LeavesAndMaybeRestarts(romeo, restarts);
        await play.EnterWithRoster("juliet/balcony", "<item jid='romeo@verona.lit' subscription='none'/>");
        await play.EnterWithRoster("romeo/orchard");
        await play.NobodyReceivesMore(); // neither sees the other
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pre_approval_answers_while_its_owner_is_away(bool restarts)
    {
        var juliet = await play.EnterWithRoster("juliet/balcony");
        await juliet.Sends("<presence to='romeo@verona.lit' type='subscribed'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='none' approved='true'/>"));
        await LeavesAndMaybeRestarts(juliet, restarts);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='none' ask='subscribe'/>"));
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='subscribed'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='to'/>"));
        await play.EnterWithRoster("juliet/balcony", "<item jid='romeo@verona.lit' subscription='from'/>");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' to='romeo@verona.lit'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task An_account_that_is_deleted_leaves_no_friend_behind()
    {
        await play.MakeFriends("romeo", "juliet");
        var romeo = await play.EnterWithRoster("romeo/orchard", "<item jid='juliet@verona.lit' subscription='both'/>");
        await server.DeleteAsync("juliet");
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='unsubscribe'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='to'/>"));
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='unsubscribed'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='none'/>"));
        await play.NobodyReceivesMore();
    }

    private async Task LeavesAndMaybeRestarts(Actor actor, bool restarts)
    {
        await actor.Disconnects();
        if (restarts)
        {
            await server.RestartAsync();
        }
    }
}
