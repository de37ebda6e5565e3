using MyChat.Testing.Plays;

namespace MyChat.Modules.Tests;

public sealed class BlockingCommandTests
{
    private const string Unavailable = "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

    private const string IsBlocked =
        "<error type='cancel'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>*</text><blocked xmlns='urn:xmpp:blocking:errors'/></error>";

    private static async Task Blocks(Actor who, string jid)
    {
        await who.Sends($"<iq type='set' id='block'><block xmlns='urn:xmpp:blocking'><item jid='{jid}'/></block></iq>");
        await who.Receives("<iq type='result' id='block' …/>");
    }

    [Fact]
    public async Task The_list_is_kept_and_pushed_to_those_who_asked_for_it()
    {
        await using var play = await Play.With<BlockingCommand>();
        var balcony = await play.Enter("juliet/balcony", presence: false);
        await balcony.Sends("<iq type='get' id='1'><blocklist xmlns='urn:xmpp:blocking'/></iq>");
        await balcony.Receives("<iq type='result' id='1' …><blocklist xmlns='urn:xmpp:blocking'/></iq>");
        var chamber = await play.Enter("juliet/chamber", presence: false);
        await chamber.Sends("<iq type='set' id='2'><block xmlns='urn:xmpp:blocking'><item jid='Paris@verona.lit'/><item jid='iago@shakespeare.lit'/></block></iq>");
        await chamber.Receives("<iq type='result' id='2' …/>");
        await balcony.Receives(
            "<iq type='set' id='*' to='juliet@verona.lit/balcony'>"
            + "<block xmlns='urn:xmpp:blocking'><item jid='paris@verona.lit'/><item jid='iago@shakespeare.lit'/></block></iq>");
        await chamber.Sends("<iq type='set' id='3'><unblock xmlns='urn:xmpp:blocking'><item jid='iago@shakespeare.lit'/></unblock></iq>");
        await chamber.Receives("<iq type='result' id='3' …/>");
        await balcony.Receives("<iq type='set' …><unblock xmlns='urn:xmpp:blocking'><item jid='iago@shakespeare.lit'/></unblock></iq>");
        await chamber.Sends("<iq type='get' id='4'><blocklist xmlns='urn:xmpp:blocking'/></iq>");
        await chamber.Receives("<iq type='result' id='4' …><blocklist xmlns='urn:xmpp:blocking'><item jid='paris@verona.lit'/></blocklist></iq>");
        await chamber.Sends("<iq type='set' id='5'><unblock xmlns='urn:xmpp:blocking'/></iq>");
        var push = "<iq type='set' …><unblock xmlns='urn:xmpp:blocking'/></iq>";
        await chamber.Receives(push);
        await chamber.Receives("<iq type='result' id='5' …/>");
        await balcony.Receives(push);
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("", "bad-request")]
    [InlineData("<item/>", "bad-request")]
    [InlineData("<item jid='@'/>", "jid-malformed")]
    public async Task A_block_names_somebody(string items, string condition)
    {
        await using var play = await Play.With<BlockingCommand>();
        var juliet = await play.Enter("juliet/balcony", presence: false);
        await juliet.Sends($"<iq type='set' id='1'><block xmlns='urn:xmpp:blocking'>{items}</block></iq>");
        await juliet.Receives($"<iq type='error' id='1' …><error type='modify'><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>…</error></iq>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("paris@verona.lit")]
    [InlineData("paris@verona.lit/street")]
    [InlineData("verona.lit")]
    public async Task Nothing_from_who_is_blocked_arrives_and_he_hears_that_nobody_is_there(string item)
    {
        await using var play = await Play.With<BlockingCommand>();
        var juliet = await play.Enter("juliet/balcony");
        var paris = await play.Enter("paris/street");
        await Blocks(juliet, item);
        await paris.Sends("<message to='juliet@verona.lit' type='chat' id='m1'><body>Madam!</body></message>");
        await paris.Receives($"<message from='juliet@verona.lit' to='paris@verona.lit/street' type='error' id='m1'>{Unavailable}</message>");
        await paris.Sends("<message to='juliet@verona.lit/balcony' type='chat' id='m2'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>");
        await paris.Receives($"<message from='juliet@verona.lit/balcony' to='paris@verona.lit/street' type='error' id='m2'>{Unavailable}</message>");
        await paris.Sends("<iq to='juliet@verona.lit/balcony' type='get' id='i1'><query xmlns='jabber:iq:version'/></iq>");
        await paris.Receives($"<iq from='juliet@verona.lit/balcony' to='paris@verona.lit/street' type='error' id='i1'>{Unavailable}</iq>");
        await paris.Sends("<iq to='juliet@verona.lit/balcony' type='result' id='i2'/>");
        await paris.Sends("<message to='juliet@verona.lit/balcony' type='error' id='m3'/>");
        await paris.Sends("<presence to='juliet@verona.lit/balcony'/>");
        if (item != "paris@verona.lit/street") // a request is from the bare JID (RFC 6121 §3.1.2)
        {
            await paris.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        }
        await play.NobodyReceivesMore();
        await juliet.Disconnects();
        var again = await play.Enter("juliet/chamber");
        await play.NobodyReceivesMore();
        Assert.True(again.Jid.ToString() == "juliet@verona.lit/chamber");
    }

    [Fact]
    public async Task Nothing_leaves_for_who_is_blocked_and_the_user_is_told_why()
    {
        await using var play = await Play.With<BlockingCommand>();
        var juliet = await play.Enter("juliet/balcony");
        var paris = await play.Enter("paris/street");
        await Blocks(juliet, "paris@verona.lit");
        await juliet.Sends("<message to='paris@verona.lit' type='chat' id='1'><body>Sir.</body></message>");
        await juliet.Receives($"<message from='paris@verona.lit' to='juliet@verona.lit/balcony' type='error' id='1'>{IsBlocked}</message>");
        await juliet.Sends("<iq to='paris@verona.lit/street' type='get' id='2'><query xmlns='jabber:iq:version'/></iq>");
        await juliet.Receives($"<iq from='paris@verona.lit/street' to='juliet@verona.lit/balcony' type='error' id='2'>{IsBlocked}</iq>");
        await juliet.Sends("<presence to='paris@verona.lit' id='3'/>");
        await juliet.Receives($"<presence from='paris@verona.lit' to='juliet@verona.lit/balcony' type='error' id='3'>{IsBlocked}</presence>");
        await play.NobodyReceivesMore();
        Assert.Equal("street", paris.Jid.Resourcepart);
    }

    [Fact]
    public async Task Contacts_see_each_other_go_and_come_back()
    {
        await using var play = await Play.With<BlockingCommand>();
        var juliet = await play.Enter("juliet/balcony");
        var paris = await play.Enter("paris/street");
        await juliet.Befriends(paris);
        await Blocks(juliet, "paris@verona.lit");
        await paris.Receives("<presence type='unavailable' from='juliet@verona.lit/balcony' to='paris@verona.lit'/>");
        // Neither hears of the other's comings and goings.
        await juliet.Sends("<presence><show>away</show></presence>");
        await juliet.Receives("<presence from='juliet@verona.lit/balcony' …><show>away</show></presence>");
        await paris.Sends("<presence><show>dnd</show></presence>");
        await paris.Receives("<presence from='paris@verona.lit/street' …><show>dnd</show></presence>");
        await play.NobodyReceivesMore();

        await juliet.Sends("<iq type='set' id='1'><unblock xmlns='urn:xmpp:blocking'><item jid='paris@verona.lit'/></unblock></iq>");
        await juliet.ReceivesInAnyOrder(
            "<iq type='result' id='1' …/>",
            "<presence from='paris@verona.lit/street' to='juliet@verona.lit/balcony'><show>dnd</show></presence>");
        await paris.Receives("<presence from='juliet@verona.lit/balcony' to='paris@verona.lit'><show>away</show></presence>");
        await paris.Sends("<message to='juliet@verona.lit' type='chat'><body>Madam!</body></message>");
        await juliet.Receives("<message from='paris@verona.lit/street' …><body>Madam!</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_blocked_contact_does_not_notice_when_the_user_goes_and_comes()
    {
        await using var play = await Play.With<BlockingCommand>();
        var juliet = await play.Enter("juliet/balcony");
        var paris = await play.Enter("paris/street");
        await juliet.Befriends(paris);
        await Blocks(juliet, "verona.lit");
        await paris.Receives("<presence type='unavailable' from='juliet@verona.lit/balcony' to='paris@verona.lit'/>");
        await juliet.Disconnects();
        await play.Enter("juliet/balcony");
        await paris.Disconnects();
        await play.Enter("paris/street");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_request_that_waits_is_not_shown_while_who_asked_is_blocked()
    {
        await using var play = await Play.With<BlockingCommand>();
        var juliet = await play.Enter("juliet/balcony");
        var paris = await play.Enter("paris/street");
        await paris.Sends("<presence type='subscribe' to='juliet@verona.lit'/>");
        await juliet.Receives("<presence type='subscribe' from='paris@verona.lit' to='juliet@verona.lit'/>");
        await Blocks(juliet, "paris@verona.lit");
        await juliet.Disconnects();
        var chamber = await play.Enter("juliet/chamber");
        await play.NobodyReceivesMore();
        await chamber.Sends("<iq type='set' id='1'><unblock xmlns='urn:xmpp:blocking'/></iq>");
        await chamber.Receives("<iq type='result' id='1' …/>");
        await chamber.Disconnects();
        var garden = await play.Enter("juliet/garden");
        await garden.Receives("<presence type='subscribe' from='paris@verona.lit' to='juliet@verona.lit'/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_was_sent_directed_presence_sees_the_user_go_too()
    {
        await using var play = await Play.With<BlockingCommand>();
        var juliet = await play.Enter("juliet/balcony");
        var paris = await play.Enter("paris/street");
        await juliet.Sends("<presence to='paris@verona.lit/street'/>");
        await paris.Receives("<presence from='juliet@verona.lit/balcony' to='paris@verona.lit/street'/>");
        await Blocks(juliet, "paris@verona.lit");
        await paris.Receives("<presence type='unavailable' from='juliet@verona.lit/balcony' to='paris@verona.lit/street'/>");
        await juliet.Disconnects();
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task The_users_own_sessions_and_the_server_are_never_shut_out()
    {
        await using var play = await Play.With<BlockingCommand, PingModule>();
        var balcony = await play.Enter("juliet/balcony");
        await Blocks(balcony, "verona.lit");
        await Blocks(balcony, "juliet@verona.lit");
        var chamber = await play.Enter("juliet/chamber");
        await balcony.Receives("<presence from='juliet@verona.lit/chamber' to='juliet@verona.lit/balcony'/>");
        await chamber.Receives("<presence from='juliet@verona.lit/balcony' to='juliet@verona.lit/chamber'/>");
        await balcony.Sends("<message to='juliet@verona.lit/chamber' type='chat'><body>Remember.</body></message>");
        await chamber.Receives("<message from='juliet@verona.lit/balcony' …><body>Remember.</body>…</message>");
        await balcony.Sends("<iq to='verona.lit' type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>");
        await balcony.Receives("<iq from='verona.lit' type='result' id='1' …/>");
        await play.NobodyReceivesMore();
    }
}
