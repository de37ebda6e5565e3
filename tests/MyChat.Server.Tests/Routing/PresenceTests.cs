using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using static MyChat.Server.Tests.Routing.RosterScenes;

namespace MyChat.Server.Tests.Routing;

/// <summary>RFC 6121 §4: who is told when somebody comes, changes and goes.</summary>
public abstract class PresenceTests(PlayTransport transport)
{
    private const string Romeo = "romeo@verona.lit/orchard";
    private const string Juliet = "juliet@verona.lit/balcony";

    [Fact]
    public async Task Friends_see_each_other_come_change_and_go()
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        await play.MakeFriends("romeo", "benvolio");
        var romeo = await play.Enter("romeo/orchard");
        var benvolio = await play.Enter("benvolio/street");
        await benvolio.Receives($"<presence from='{Romeo}' to='benvolio@verona.lit/street'/>"); // probed (§4.3)
        await romeo.Receives("<presence from='benvolio@verona.lit/street' to='romeo@verona.lit'/>"); // broadcast (§4.2.2)
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Receives($"<presence from='{Romeo}' to='{Juliet}'/>");
        await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit'/>");

        const string Away = "<show>away</show><status xml:lang='it'>Torno subito</status><priority>5</priority><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver='v'/>";
        await romeo.Sends($"<presence id='p1'>{Away}</presence>");
        await romeo.Receives($"<presence id='p1' from='{Romeo}' to='{Romeo}'>{Away}</presence>");
        await juliet.Receives($"<presence id='p1' from='{Romeo}' to='juliet@verona.lit'>{Away}</presence>");
        await benvolio.Receives($"<presence id='p1' from='{Romeo}' to='benvolio@verona.lit'>{Away}</presence>");
        await play.NobodyReceivesMore(); // no new probes, and juliet and benvolio are strangers

        await romeo.Sends("<presence type='unavailable'><status>to the ball</status></presence>");
        await romeo.Receives($"<presence from='{Romeo}' to='{Romeo}' type='unavailable'><status>to the ball</status></presence>"); // §4.5.2
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit' type='unavailable'><status>to the ball</status></presence>");
        await benvolio.Receives($"<presence from='{Romeo}' to='benvolio@verona.lit' type='unavailable'><status>to the ball</status></presence>");
        await play.NobodyReceivesMore();

        await juliet.Sends("<presence><show>xa</show></presence>");
        await juliet.Receives($"<presence from='{Juliet}' to='{Juliet}'><show>xa</show></presence>");
        await play.NobodyReceivesMore(); // romeo is connected, but not there
        await romeo.BecomesAvailable();
        await romeo.ReceivesInAnyOrder(
            $"<presence from='{Juliet}' to='{Romeo}'><show>xa</show></presence>", $"<presence from='benvolio@verona.lit/street' to='{Romeo}'/>");
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit'/>");
        await benvolio.Receives($"<presence from='{Romeo}' to='benvolio@verona.lit'/>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_gone_is_unavailable_at_once(bool polite)
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit'/>");
        await juliet.Receives($"<presence from='{Romeo}' to='{Juliet}'/>");
        await (polite ? juliet.Disconnects() : juliet.DropsLink());
        await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit' type='unavailable'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task With_stream_management_a_clean_close_is_unavailable_at_once_too()
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", management: Management.Automatic);
        await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit'/>");
        await juliet.Receives($"<presence from='{Romeo}' to='{Juliet}'/>");
        await juliet.Disconnects();
        await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit' type='unavailable'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_stream_that_is_resumed_was_there_all_the_time()
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", management: Management.Automatic);
        await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit'/>");
        await juliet.Receives($"<presence from='{Romeo}' to='{Juliet}'/>");
        await juliet.DropsLink();
        await romeo.Sends("<presence><show>dnd</show></presence>");
        await romeo.Receives($"<presence from='{Romeo}' …><show>dnd</show></presence>");
        await play.NobodyReceivesMore();
        await juliet.Resumes();
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit'><show>dnd</show></presence>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Every_device_of_both_is_seen_by_every_device_of_both()
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        var orchard = await play.Enter("romeo/orchard");
        var street = await play.Enter("romeo/street", priority: -1);
        await orchard.Receives("<presence from='romeo@verona.lit/street' to='romeo@verona.lit/orchard'><priority>-1</priority></presence>");
        await street.Receives($"<presence from='{Romeo}' to='romeo@verona.lit/street'/>");
        var balcony = await play.Enter("juliet/balcony");
        await balcony.ReceivesInAnyOrder(
            $"<presence from='{Romeo}' to='{Juliet}'/>", $"<presence from='romeo@verona.lit/street' to='{Juliet}'><priority>-1</priority></presence>");
        await orchard.Receives($"<presence from='{Juliet}' to='romeo@verona.lit'/>");
        await street.Receives($"<presence from='{Juliet}' to='romeo@verona.lit'/>");
        var chamber = await play.Enter("juliet/chamber");
        await balcony.Receives($"<presence from='juliet@verona.lit/chamber' to='{Juliet}'/>");
        await chamber.ReceivesInAnyOrder(
            $"<presence from='{Juliet}' to='juliet@verona.lit/chamber'/>",
            $"<presence from='{Romeo}' to='juliet@verona.lit/chamber'/>",
            "<presence from='romeo@verona.lit/street' to='juliet@verona.lit/chamber'><priority>-1</priority></presence>");
        await orchard.Receives("<presence from='juliet@verona.lit/chamber' to='romeo@verona.lit'/>");
        await street.Receives("<presence from='juliet@verona.lit/chamber' to='romeo@verona.lit'/>");

        await street.Disconnects();
        await orchard.Receives($"<presence from='romeo@verona.lit/street' to='{Romeo}' type='unavailable'/>");
        await balcony.Receives("<presence from='romeo@verona.lit/street' to='juliet@verona.lit' type='unavailable'/>");
        await chamber.Receives("<presence from='romeo@verona.lit/street' to='juliet@verona.lit' type='unavailable'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Strangers_see_nothing()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        var tybalt = await play.Enter("tybalt/street");
        await tybalt.Sends("<presence to='romeo@verona.lit' type='probe'/>");
        await tybalt.Sends($"<presence to='{Romeo}' type='probe'/>");
        await tybalt.Sends("<presence to='nobody@verona.lit' type='probe'/>");
        await tybalt.Sends("<presence to='nobody@mantua.lit' type='probe'/>"); // §4.3: no error for a probe
        await romeo.Sends("<presence><show>chat</show></presence>");
        await romeo.Receives($"<presence from='{Romeo}' …><show>chat</show></presence>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_friend_may_probe_and_a_probe_of_one_device_tells_no_more_than_that_it_is_there()
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Sends("<presence><show>dnd</show></presence>");
        await juliet.Receives($"<presence from='{Juliet}' …><show>dnd</show></presence>");
        await play.NobodyReceivesMore();
        await romeo.Sends("<presence to='juliet@verona.lit' type='probe'/>");
        await romeo.Receives($"<presence from='{Juliet}' to='{Romeo}'><show>dnd</show></presence>");
        await romeo.Sends($"<presence to='{Juliet}' type='probe'/>");
        await romeo.Receives($"<presence from='{Juliet}' to='{Romeo}'/>"); // §4.3.2
        await romeo.Sends("<presence to='juliet@verona.lit/chamber' type='probe'/>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("juliet@verona.lit")]
    [InlineData(Juliet)]
    public async Task Who_was_told_in_person_sees_the_end_too(string to)
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Sends($"<presence to='{to}'><show>dnd</show></presence>");
        await juliet.Receives($"<presence from='{Romeo}' to='{to}'><show>dnd</show></presence>");
        await romeo.Sends("<presence><show>away</show></presence>"); // §4.6.3: not for who is no friend
        await romeo.Receives($"<presence from='{Romeo}' …><show>away</show></presence>");
        await play.NobodyReceivesMore();
        await romeo.Disconnects();
        await juliet.Receives($"<presence from='{Romeo}' to='{to}' type='unavailable'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_was_told_the_end_in_person_is_not_told_again()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Sends("<presence to='juliet@verona.lit'/>");
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit'/>");
        await romeo.Sends("<presence to='juliet@verona.lit' type='unavailable'/>");
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit' type='unavailable'/>");
        await romeo.Disconnects();
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_friend_told_in_person_by_who_is_not_there_for_the_others_sees_the_end()
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        await play.MakeFriends("romeo", "benvolio");
        await play.Enter("benvolio/street");
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends("<presence to='juliet@verona.lit'/>");
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit'/>");
        await play.NobodyReceivesMore(); // benvolio sees nothing
        await romeo.DropsLink();
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit' type='unavailable'/>"); // §4.6.3, third case
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_friend_is_told_the_end_once()
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends("<presence to='juliet@verona.lit'/>");
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit'/>");
        await romeo.BecomesAvailable();
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit'/>");
        await romeo.Receives($"<presence from='{Juliet}' to='{Romeo}'/>");
        await romeo.Sends("<presence to='juliet@verona.lit'><show>chat</show></presence>");
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit'><show>chat</show></presence>");
        await romeo.Disconnects();
        await juliet.Receives($"<presence from='{Romeo}' to='juliet@verona.lit' type='unavailable'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Presence_for_who_is_not_there_is_dropped()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        await play.Enter("juliet/balcony", presence: false);
        await romeo.Sends("<presence to='juliet@verona.lit'/>");
        await romeo.Sends("<presence to='juliet@verona.lit/chamber'/>");
        await romeo.Sends("<presence to='nobody@verona.lit'/>");
        await romeo.Sends("<presence to='nobody@verona.lit' type='unavailable'/>"); // §8.5.1
        await romeo.Sends("<presence to='verona.lit'/>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("128")]
    [InlineData("-129")]
    [InlineData("high")]
    [InlineData("")]
    [InlineData("1.5")]
    public async Task A_priority_that_is_none_is_refused(string priority)
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends($"<presence><priority>{priority}</priority></presence>");
        await romeo.Receives(PresenceError("bad-request", "modify"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Presence_to_another_server_is_refused()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Sends("<presence to='juliet@mantua.lit'/>");
        await romeo.Receives(PresenceError("remote-server-not-found", "cancel"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Directed_presence_has_a_bound()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        for (var i = 0; i < 1000; i++)
        {
            await romeo.Sends($"<presence to='juliet@verona.lit/{i}'/>");
        }
        await romeo.Sends("<presence to='juliet@verona.lit/999'/>"); // no more than before
        await play.NobodyReceivesMore();
        await romeo.Sends("<presence to='juliet@verona.lit/1000'/>");
        await romeo.Receives(PresenceError("resource-constraint", "wait"));
        await romeo.Sends("<presence to='juliet@verona.lit/0' type='unavailable'/>");
        await romeo.Sends("<presence to='juliet@verona.lit/1000'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Nobody_is_present_in_another_name()
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        var romeo = await play.Enter("romeo/orchard");
        var tybalt = await play.Enter("tybalt/street");
        await tybalt.Sends($"<presence from='{Juliet}' to='romeo@verona.lit'/>");
        await romeo.Receives("<presence from='tybalt@verona.lit/street' to='romeo@verona.lit'/>");
        await tybalt.Sends($"<presence from='{Juliet}'/>");
        await tybalt.Receives("<presence from='tybalt@verona.lit/street' to='tybalt@verona.lit/street'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task The_same_device_come_back_leaves_first()
    {
        await using var play = await Play.With(transport);
        await play.MakeFriends("romeo", "juliet");
        var romeo = await play.Enter("romeo/orchard");
        var older = await play.Enter("juliet/balcony");
        await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit'/>");
        var newer = await play.Enter("juliet/balcony");
        await older.Receives($"<presence from='{Romeo}' to='{Juliet}'/>");
        await older.IsDisconnected(Xmpp.Streams.StreamErrorCondition.Conflict);
        await newer.Receives($"<presence from='{Romeo}' to='{Juliet}'/>");
        await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit' type='unavailable'/>");
        await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit'/>");
        await play.NobodyReceivesMore();
    }

    public sealed class InMemory() : PresenceTests(PlayTransport.Memory)
    {
        [Fact]
        public async Task With_stream_management_a_dead_link_is_unavailable_when_resumption_expires()
        {
            await using var play = await Play.With(PlayTransport.Memory);
            await play.MakeFriends("romeo", "juliet");
            var romeo = await play.Enter("romeo/orchard");
            var juliet = await play.Enter("juliet/balcony", management: Management.Automatic);
            await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit'/>");
            await juliet.Receives($"<presence from='{Romeo}' to='{Juliet}'/>");
            await juliet.DropsLink();
            play.Passes(TimeSpan.FromSeconds(298));
            await play.NobodyReceivesMore();
            play.Passes(TimeSpan.FromSeconds(3));
            await romeo.Receives($"<presence from='{Juliet}' to='romeo@verona.lit' type='unavailable'/>");
            await play.NobodyReceivesMore();
        }

        /// <summary>The original's online count: whoever keeps a list of its friends by their presence counts right at every moment.</summary>
        [Fact]
        public async Task The_number_of_friends_online_follows()
        {
            string[] friends = ["benvolio", "juliet", "mercutio"];
            await using var play = await Play.With(PlayTransport.Memory);
            foreach (var friend in friends)
            {
                await play.MakeFriends("romeo", friend);
            }
            var romeo = await play.Enter("romeo/orchard");
            var online = new HashSet<string>();
            var present = new Dictionary<string, Actor>();
            foreach (var (name, device) in ((string, string)[])[
                ("juliet", "a"), ("benvolio", "a"), ("juliet", "b"), ("juliet", "a"), ("mercutio", "a"), ("benvolio", "a"), ("juliet", "b"), ("mercutio", "a")])
            {
                var who = $"{name}/{device}";
                if (present.Remove(who, out var actor))
                {
                    await actor.Disconnects();
                }
                else
                {
                    present[who] = await play.Enter(who);
                }
                var news = await romeo.Receives($"<presence from='{name}@verona.lit/{device}' …/>");
                _ = news.Attribute("type") is null ? online.Add(who) : online.Remove(who);
                Assert.Equal(present.Keys.Order(), online.Order());
            }
            Assert.Empty(online);
        }
    }

    public sealed class OverTls() : PresenceTests(PlayTransport.Tls);

    public sealed class OverWebSocket() : PresenceTests(PlayTransport.WebSocket);
}
