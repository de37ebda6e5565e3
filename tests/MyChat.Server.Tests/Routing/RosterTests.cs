using System.Globalization;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using static MyChat.Server.Tests.Routing.RosterScenes;

namespace MyChat.Server.Tests.Routing;

/// <summary>RFC 6121 §2.</summary>
public abstract class RosterTests(PlayTransport transport)
{
    private const string Juliet = "<item jid='juliet@verona.lit' name='Juliet' subscription='none'><group>Capulets</group><group>Love</group></item>";

    [Fact]
    public async Task A_contact_is_added_changed_and_removed()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        await romeo.Sends(Set("<item jid='juliet@verona.lit' name='Juliet'><group>Capulets</group><group>Love</group></item>"));
        await romeo.ReceivesInAnyOrder(Done(), Push(Juliet));
        await romeo.Sends(Get);
        await romeo.Receives(Roster(Juliet));

        // What the client may not decide is ignored (§2.1.2).
        await romeo.Sends(Set("<item jid='juliet@verona.lit' name='J.' subscription='both' ask='subscribe' approved='true'/>"));
        await romeo.ReceivesInAnyOrder(Done(), Push("<item jid='juliet@verona.lit' name='J.' subscription='none'/>"));

        await romeo.Sends(Set("<item jid='juliet@verona.lit' subscription='remove'/>"));
        await romeo.ReceivesInAnyOrder(Done(), Push("<item jid='juliet@verona.lit' subscription='remove'/>"));
        await romeo.Sends(Get);
        await romeo.Receives(Roster(""));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Names_and_groups_are_kept_whatever_they_hold()
    {
        const string Item = "<item jid='tybalt@verona.lit' name='&lt;b>\"&apos;&amp; 朱丽叶 😀%_' subscription='none'><group>&lt;'\" ; DROP TABLE--</group></item>";
        await using var server = await RestartableServer.StartAsync(transport);
        await using var play = new Play(server, transport, ownsServer: false);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        await romeo.Sends(Set(Item));
        await romeo.ReceivesInAnyOrder(Done(), Push(Item));
        await romeo.Disconnects();
        await server.RestartAsync();
        await play.EnterWithRoster("romeo/orchard", Item);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_contact_may_be_anybody_anywhere()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        foreach (var jid in (string[])["friar@mantua.lit", "nobody@verona.lit", "chat.verona.lit"])
        {
            await romeo.Sends(Set($"<item jid='{jid}'/>"));
            await romeo.ReceivesInAnyOrder(Done(), Push($"<item jid='{jid}' subscription='none'/>"));
        }
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("", "bad-request", "modify")]
    [InlineData("<item jid='a@verona.lit'/><item jid='b@verona.lit'/>", "bad-request", "modify")] // §2.3.3
    [InlineData("<item name='nobody'/>", "bad-request", "modify")]
    [InlineData("<contact jid='a@verona.lit'/>", "bad-request", "modify")]
    [InlineData("<item jid='a@verona.lit'><group>G</group><group>G</group></item>", "bad-request", "modify")] // §2.3.3
    [InlineData("<item jid='a@verona.lit'><group/></item>", "not-acceptable", "modify")] // §2.3.3
    [InlineData("<item jid='@verona.lit'/>", "jid-malformed", "modify")]
    [InlineData("<item jid='a b@verona.lit'/>", "jid-malformed", "modify")]
    [InlineData("<item jid='romeo@verona.lit'/>", "not-allowed", "cancel")]
    [InlineData("<item jid='Romeo@Verona.lit/orchard'/>", "not-allowed", "cancel")]
    [InlineData("<item jid='juliet@verona.lit' subscription='remove'/>", "item-not-found", "cancel")] // §2.5.3
    public async Task A_set_that_is_none_is_refused(string items, string condition, string type)
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        await romeo.Sends(Set(items));
        await romeo.Receives(Error(condition, type));
        await romeo.Sends(Get);
        await romeo.Receives(Roster(""));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Names_and_groups_have_a_longest_length()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        var (fits, tooLong) = (new string('é', 511), new string('é', 512)); // of two bytes each: 1022 and 1024
        await romeo.Sends(Set($"<item jid='a@verona.lit' name='{tooLong}'/>", "1"));
        await romeo.Receives(Error("not-acceptable", "modify", "1"));
        await romeo.Sends(Set($"<item jid='a@verona.lit'><group>{tooLong}</group></item>", "2"));
        await romeo.Receives(Error("not-acceptable", "modify", "2"));
        var groups = string.Concat(Enumerable.Range(1, 65).Select(i => $"<group>{i}</group>"));
        await romeo.Sends(Set($"<item jid='a@verona.lit'>{groups}</item>", "3"));
        await romeo.Receives(Error("bad-request", "modify", "3"));
        await romeo.Sends(Set($"<item jid='a@verona.lit' name='{fits}'><group>{fits}</group></item>", "4"));
        await romeo.ReceivesInAnyOrder(
            Done("4"), Push($"<item jid='a@verona.lit' name='{fits}' subscription='none'><group>{fits}</group></item>"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_full_roster_takes_no_more_but_strangers_cannot_fill_it()
    {
        await using var play = await Play.With(transport, new TestServerOptions { Configure = options => options.Limits.RosterItems = 2 });
        var romeo = await play.EnterWithRoster("romeo/orchard");
        foreach (var name in (string[])["benvolio", "mercutio", "tybalt"])
        {
            var stranger = await play.Enter($"{name}/street", presence: false);
            await stranger.Sends("<presence to='romeo@verona.lit' type='subscribe'/>");
            if (name != "tybalt") // the third waits until one of the others is answered
            {
                await romeo.Receives($"<presence from='{name}@verona.lit' to='romeo@verona.lit' type='subscribe'/>");
            }
            await play.NobodyReceivesMore();
        }
        foreach (var jid in (string[])["a@verona.lit", "b@verona.lit"])
        {
            await romeo.Sends(Set($"<item jid='{jid}'/>"));
            await romeo.ReceivesInAnyOrder(Done(), Push($"<item jid='{jid}' subscription='none'/>"));
        }
        await romeo.Sends(Set("<item jid='c@verona.lit'/>"));
        await romeo.Receives(Error("resource-constraint", "wait"));
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await romeo.Receives(PresenceError("resource-constraint", "wait"));
        await romeo.Sends(Set("<item jid='a@verona.lit' name='A'/>"));
        await romeo.ReceivesInAnyOrder(Done(), Push("<item jid='a@verona.lit' name='A' subscription='none'/>"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_has_the_current_version_gets_nothing()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends("<iq type='get' id='get'><query xmlns='jabber:iq:roster' ver=''/></iq>");
        await romeo.Receives("<iq type='result' id='get' …><query xmlns='jabber:iq:roster' ver='{first}'/></iq>");
        await romeo.Sends(Set("<item jid='juliet@verona.lit'/>"));
        await romeo.ReceivesInAnyOrder(
            Done(), "<iq type='set' id='*' to='*'><query xmlns='jabber:iq:roster' ver='{second}'><item jid='juliet@verona.lit' subscription='none'/></query></iq>");
        Assert.NotEqual(play["first"], play["second"]);
        await romeo.Sends("<iq type='get' id='a'><query xmlns='jabber:iq:roster' ver='{second}'/></iq>");
        await romeo.Receives(Done("a")); // §2.6.3: empty
        await romeo.Sends("<iq type='get' id='b'><query xmlns='jabber:iq:roster' ver='{first}'/></iq>");
        await romeo.Receives(
            "<iq type='result' id='b' …><query xmlns='jabber:iq:roster' ver='{second}'><item jid='juliet@verona.lit' subscription='none'/></query></iq>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task The_version_outlives_a_restart_and_strangers_requests_do_not_change_it()
    {
        await using var server = await RestartableServer.StartAsync(transport);
        await using var play = new Play(server, transport, ownsServer: false);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        await romeo.Sends(Set("<item jid='juliet@verona.lit'/>"));
        await romeo.ReceivesInAnyOrder(
            Done(), "<iq type='set' id='*' to='*'><query xmlns='jabber:iq:roster' ver='{version}'><item jid='juliet@verona.lit' subscription='none'/></query></iq>");
        foreach (var name in (string[])["juliet", "tybalt"])
        {
            var other = await play.Enter($"{name}/street", presence: false);
            await other.Sends("<presence to='romeo@verona.lit' type='subscribe'/>");
            await romeo.Receives($"<presence from='{name}@verona.lit' to='romeo@verona.lit' type='subscribe'/>");
            await other.Disconnects();
        }
        await play.NobodyReceivesMore(); // no push either
        await romeo.Disconnects();
        await server.RestartAsync();
        romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends("<iq type='get' id='a'><query xmlns='jabber:iq:roster' ver='{version}'/></iq>");
        await romeo.Receives(Done("a"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Pushes_go_to_the_sessions_that_asked_for_the_roster()
    {
        await using var play = await Play.With(transport);
        var orchard = await play.EnterWithRoster("romeo/orchard");
        await play.Enter("romeo/deaf", presence: false);
        var hidden = await play.Enter("romeo/hidden", presence: false); // interested does not mean available (§2.1.6)
        await hidden.Sends(Get);
        await hidden.Receives(Roster(""));
        await orchard.Sends(Set("<item jid='juliet@verona.lit'/>"));
        await orchard.ReceivesInAnyOrder(Done(), Push("<item jid='juliet@verona.lit' subscription='none'/>"));
        await hidden.Receives($"<iq type='set' id='*' to='{hidden.Jid}'><query xmlns='jabber:iq:roster' ver='*'><item jid='juliet@verona.lit' subscription='none'/></query></iq>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_roster_is_its_owners_alone()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        var tybalt = await play.Enter("tybalt/street");
        await tybalt.Sends("<iq type='get' id='get' to='romeo@verona.lit'><query xmlns='jabber:iq:roster'/></iq>");
        await tybalt.Receives(Error("service-unavailable", "cancel", "get"));
        await tybalt.Sends("<iq type='set' id='set' to='romeo@verona.lit'><query xmlns='jabber:iq:roster'><item jid='tybalt@verona.lit'/></query></iq>");
        await tybalt.Receives(Error("service-unavailable", "cancel"));
        await romeo.Sends(Get);
        await romeo.Receives(Roster(""));
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" from='romeo@verona.lit'")]
    [InlineData(" from='verona.lit'")]
    public async Task Nobody_can_make_a_push_look_like_the_servers(string spoofed)
    {
        const string Forged = "<query xmlns='jabber:iq:roster' ver='9'><item jid='tybalt@verona.lit' subscription='both'/></query>";
        await using var play = await Play.With(transport);
        var romeo = await play.EnterWithRoster("romeo/orchard");
        var tybalt = await play.Enter("tybalt/street");
        await tybalt.Sends($"<iq type='set' id='push-1' to='romeo@verona.lit/orchard'{spoofed}>{Forged}</iq>");
        // It is somebody's iq like any other, and says whose.
        await romeo.Receives($"<iq type='set' id='push-1' from='tybalt@verona.lit/street' to='romeo@verona.lit/orchard'>{Forged}</iq>");
        await romeo.Sends(Get);
        await romeo.Receives(Roster(""));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_big_roster_comes_whole()
    {
        await using var play = await Play.With(transport);
        var romeo = await play.Enter("romeo/orchard", presence: false);
        var jids = Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i:000}@verona.lit")).ToArray();
        foreach (var jid in jids)
        {
            await romeo.Sends(Set($"<item jid='{jid}'/>"));
            await romeo.Receives(Done());
        }
        await romeo.Sends(Get);
        var roster = await romeo.Receives("<iq type='result' id='get' …>…</iq>");
        Assert.Equal(jids, roster.Descendants().Where(child => child.Name.LocalName == "item").Select(item => (string)item.Attribute("jid")!).Order());
    }

    public sealed class InMemory() : RosterTests(PlayTransport.Memory);

    public sealed class OverTls() : RosterTests(PlayTransport.Tls);

    public sealed class OverWebSocket() : RosterTests(PlayTransport.WebSocket);
}
