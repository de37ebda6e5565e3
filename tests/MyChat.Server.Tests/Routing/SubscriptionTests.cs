using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using static MyChat.Server.Tests.Routing.RosterScenes;

namespace MyChat.Server.Tests.Routing;

/// <summary>RFC 6121 §3: making friends and parting, each while the other is there.</summary>
public abstract class SubscriptionTests(PlayTransport transport)
{
    [Fact]
    public async Task A_request_is_agreed_to()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        var juliet = await play.EnterWithRoster("juliet/balcony");
        await romeo.Sends("<presence to='juliet@verona.lit/balcony' type='subscribe' id='ask'/>"); // §3.1.1: to the bare JID, whatever it says
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='none' ask='subscribe'/>"));
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribe' id='ask'/>");
        await play.NobodyReceivesMore(); // no item in juliet's roster yet (§3.1.3)

        await juliet.Sends("<presence to='romeo@verona.lit' type='subscribed' id='yes'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='from'/>"));
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='subscribed' id='yes'/>"); // §3.1.6: before the push
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='to'/>"));
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' to='romeo@verona.lit'/>");

        // One way so far: romeo sees juliet, not the other way round.
        await romeo.Sends("<presence><show>away</show></presence>");
        await romeo.Receives("<presence from='romeo@verona.lit/orchard' to='romeo@verona.lit/orchard'><show>away</show></presence>");
        await play.NobodyReceivesMore();

        await juliet.Sends("<presence to='romeo@verona.lit' type='subscribe'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='from' ask='subscribe'/>"));
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='subscribe'/>");
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribed'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='both'/>"));
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribed'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='both'/>"));
        await juliet.Receives("<presence from='romeo@verona.lit/orchard' to='juliet@verona.lit'><show>away</show></presence>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_request_is_refused()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        var juliet = await play.EnterWithRoster("juliet/balcony");
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='none' ask='subscribe'/>"));
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribe'/>");
        await juliet.Sends("<presence to='romeo@verona.lit' type='unsubscribed'/>");
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='unsubscribed'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='none'/>"));
        await juliet.Sends(Get);
        await juliet.Receives(Roster("")); // §3.2.2: who was refused never was in the roster
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_request_comes_to_every_device_once_and_one_answers()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        var balcony = await play.EnterWithRoster("juliet/balcony");
        var chamber = await play.Enter("juliet/chamber", priority: -1);
        await balcony.Receives("<presence from='juliet@verona.lit/chamber' …><priority>-1</priority></presence>");
        await chamber.Receives("<presence from='juliet@verona.lit/balcony' to='juliet@verona.lit/chamber'/>");
        var absent = await play.Enter("juliet/garden", presence: false);
        await absent.Sends(Get);
        await absent.Receives(Roster(""));

        const string Request = "<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribe'><status>It is I</status><nick xmlns='http://jabber.org/protocol/nick'>Romeo</nick></presence>";
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'><status>It is I</status><nick xmlns='http://jabber.org/protocol/nick'>Romeo</nick></presence>");
        await balcony.Receives(Request);
        await chamber.Receives(Request);
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>"); // again, and again nobody is asked again
        await play.NobodyReceivesMore();

        await absent.BecomesAvailable(); // a new session: once, whole
        await absent.ReceivesInAnyOrder(Request, "<presence from='juliet@verona.lit/balcony' …/>", "<presence from='juliet@verona.lit/chamber' …>…</presence>");
        await balcony.Receives("<presence from='juliet@verona.lit/garden' …/>");
        await chamber.Receives("<presence from='juliet@verona.lit/garden' …/>");

        await chamber.Sends("<presence to='romeo@verona.lit' type='subscribed'/>");
        await balcony.Receives(Push("<item jid='romeo@verona.lit' subscription='from'/>"));
        await absent.Receives(Push("<item jid='romeo@verona.lit' subscription='from'/>"));
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='subscribed'/>");
        await romeo.ReceivesInAnyOrder(
            "<presence from='juliet@verona.lit/balcony' to='romeo@verona.lit'/>",
            "<presence from='juliet@verona.lit/chamber' to='romeo@verona.lit'><priority>-1</priority></presence>",
            "<presence from='juliet@verona.lit/garden' to='romeo@verona.lit'/>");
        var late = await play.Enter("juliet/late", presence: false); // answered: nobody is asked any more
        await late.BecomesAvailable();
        await late.ReceivesInAnyOrder(
            "<presence from='juliet@verona.lit/balcony' …/>", "<presence from='juliet@verona.lit/chamber' …>…</presence>", "<presence from='juliet@verona.lit/garden' …/>");
        foreach (var actor in (Actor[])[balcony, chamber, absent, romeo])
        {
            await actor.Receives("<presence from='juliet@verona.lit/late' …/>");
        }
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_subscription_is_cancelled_by_the_one_who_gave_it()
    {
        await using var play = await Play.With(transport);
        var (romeo, juliet) = await EnterFriends(play);
        await juliet.Sends("<presence to='romeo@verona.lit' type='unsubscribed'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='to'/>"));
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' to='romeo@verona.lit' type='unavailable'/>"); // §3.2.2: while still subscribed
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='unsubscribed'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='from'/>"));
        await play.NobodyReceivesMore();
        await juliet.Sends("<presence><status>unseen</status></presence>");
        await juliet.Receives("<presence from='juliet@verona.lit/balcony' …><status>unseen</status></presence>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_subscription_is_given_up_by_the_one_who_had_it()
    {
        await using var play = await Play.With(transport);
        var (romeo, juliet) = await EnterFriends(play);
        await romeo.Sends("<presence to='juliet@verona.lit' type='unsubscribe'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='from'/>"));
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='unsubscribe'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='to'/>"));
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' to='romeo@verona.lit' type='unavailable'/>"); // §3.3.3
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_friend_is_deleted_from_both_sides_at_once()
    {
        await using var play = await Play.With(transport);
        var (romeo, juliet) = await EnterFriends(play);
        await romeo.Sends(Set("<item jid='juliet@verona.lit' subscription='remove'/>"));
        await romeo.ReceivesInAnyOrder(
            Done(),
            Push("<item jid='juliet@verona.lit' subscription='remove'/>"),
            "<presence from='juliet@verona.lit/balcony' to='romeo@verona.lit' type='unavailable'/>");
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='unsubscribe'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='to'/>"));
        await juliet.Receives("<presence from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='unavailable'/>");
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='unsubscribed'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='none'/>"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_pre_approval_answers_the_request_that_comes_later()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        var juliet = await play.EnterWithRoster("juliet/balcony");
        Assert.Contains(juliet.Connection.Features.Elements, feature => feature.Name == new Xmpp.Xml.XName("urn:xmpp:features:pre-approval", "sub"));
        await juliet.Sends("<presence to='romeo@verona.lit' type='subscribed'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='none' approved='true'/>")); // §3.4.2, fourth case
        await play.NobodyReceivesMore(); // and romeo hears nothing
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='none' ask='subscribe'/>"));
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='subscribed'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='to'/>"));
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' to='romeo@verona.lit'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='from'/>"));
        await play.NobodyReceivesMore(); // juliet was not asked
    }

    [Fact]
    public async Task A_pre_approval_is_taken_back()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.EnterWithRoster("juliet/balcony");
        await juliet.Sends("<presence to='romeo@verona.lit' type='subscribed'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='none' approved='true'/>"));
        await juliet.Sends("<presence to='romeo@verona.lit' type='unsubscribed'/>");
        await juliet.Receives(Push("<item jid='romeo@verona.lit' subscription='none'/>"));
        await play.NobodyReceivesMore();
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribe'/>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("romeo@verona.lit", "bad-request", "modify")]
    [InlineData("romeo@verona.lit/orchard", "bad-request", "modify")]
    [InlineData("juliet@mantua.lit", "remote-server-not-found", "cancel")]
    [InlineData("verona.lit", "service-unavailable", "cancel")]
    [InlineData("@verona.lit", "jid-malformed", "modify")]
    public async Task A_request_that_cannot_be_is_refused(string to, string condition, string type)
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        foreach (var kind in (string[])["subscribe", "subscribed", "unsubscribe", "unsubscribed"])
        {
            await romeo.Sends($"<presence to='{to}' type='{kind}'/>");
            await romeo.Receives(PresenceError(condition, type));
        }
        await romeo.Sends(Get);
        await romeo.Receives(Roster(""));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_request_without_address_is_refused()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        await romeo.Sends("<presence type='subscribe'/>");
        await romeo.Receives(PresenceError("bad-request", "modify"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_request_to_nobody_is_refused_as_somebody_would()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        await romeo.Sends("<presence to='nobody@verona.lit' type='subscribe'/>");
        await romeo.Receives(Push("<item jid='nobody@verona.lit' subscription='none' ask='subscribe'/>"));
        await romeo.Receives("<presence from='nobody@verona.lit' to='romeo@verona.lit' type='unsubscribed'/>");
        await romeo.Receives(Push("<item jid='nobody@verona.lit' subscription='none'/>"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_request_has_a_longest_length()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        await play.Enter("juliet/balcony");
        await romeo.Sends($"<presence to='juliet@verona.lit' type='subscribe'><status>{new string('x', 9000)}</status></presence>");
        await romeo.Receives(PresenceError("policy-violation", "modify"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Nobody_answers_in_another_name()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        await play.Enter("juliet/balcony", presence: false);
        var tybalt = await play.Enter("tybalt/street");
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await romeo.Receives(Push("<item jid='juliet@verona.lit' subscription='none' ask='subscribe'/>"));
        await tybalt.Sends("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='subscribed'/>");
        await tybalt.Sends("<presence to='romeo@verona.lit' type='unsubscribed'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_has_a_subscription_and_asks_again_is_told_so()
    {
        await using var play = await Play.With(transport);
        var (romeo, _) = await EnterFriends(play);
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' to='romeo@verona.lit'/>"); // the answer itself changes nothing (A.3.3)
        await play.NobodyReceivesMore();
    }

    private static async Task<(Actor Romeo, Actor Juliet)> EnterFriends(Play play)
    {
        await play.MakeFriends("romeo", "juliet");
        var romeo = await play.EnterWithRoster("romeo/orchard", "<item jid='juliet@verona.lit' subscription='both'/>");
        var juliet = await play.EnterWithRoster("juliet/balcony", "<item jid='romeo@verona.lit' subscription='both'/>");
        await juliet.Receives("<presence from='romeo@verona.lit/orchard' to='juliet@verona.lit/balcony'/>"); // the answer to the probe
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' to='romeo@verona.lit'/>");
        return (romeo, juliet);
    }

    public sealed class InMemory() : SubscriptionTests(PlayTransport.Memory);

    public sealed class OverTls() : SubscriptionTests(PlayTransport.Tls);

    public sealed class OverWebSocket() : SubscriptionTests(PlayTransport.WebSocket);
}
