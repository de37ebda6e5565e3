using MyChat.Testing.Plays;

namespace MyChat.Modules.Tests;

public sealed class MessageCarbonsTests
{
    private const string Composing = "<composing xmlns='http://jabber.org/protocol/chatstates'/>";

    private static async Task EnablesCarbons(Actor who)
    {
        await who.Sends("<iq type='set' id='carbons'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
        await who.Receives("<iq type='result' id='carbons' …/>");
    }

    [Fact]
    public async Task The_whole_conversation_is_copied_to_the_other_session_with_its_ids()
    {
        await using var play = await Play.With<MessageCarbons>();
        var orchard = await play.Enter("romeo/orchard", presence: false);
        var home = await play.Enter("romeo/home", presence: false);
        await EnablesCarbons(home);
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Sends("<message to='romeo@verona.lit/orchard' type='chat' id='1'><body>What man art thou?</body></message>");
        await orchard.Receives(
            "<message from='juliet@verona.lit/balcony' to='romeo@verona.lit/orchard' type='chat' id='1'>"
            + "<body>What man art thou?</body><stanza-id xmlns='urn:xmpp:sid:0' by='romeo@verona.lit' id='{first}'/></message>");
        await home.Receives(
            "<message from='romeo@verona.lit' to='romeo@verona.lit/home' type='chat'>"
            + "<received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<message xmlns='jabber:client' from='juliet@verona.lit/balcony' to='romeo@verona.lit/orchard' type='chat' id='1'>"
            + "<body>What man art thou?</body><stanza-id xmlns='urn:xmpp:sid:0' by='romeo@verona.lit' id='{first}'/></message>"
            + "</forwarded></received></message>");
        await orchard.Sends("<message to='juliet@verona.lit/balcony' type='chat' id='2'><body>Neither, fair saint.</body></message>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' id='2' …><body>Neither, fair saint.</body>…</message>");
        await home.Receives(
            "<message from='romeo@verona.lit' to='romeo@verona.lit/home' type='chat'>"
            + "<sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<message xmlns='jabber:client' from='romeo@verona.lit/orchard' to='juliet@verona.lit/balcony' type='chat' id='2'>"
            + "<body>Neither, fair saint.</body><stanza-id xmlns='urn:xmpp:sid:0' by='romeo@verona.lit' id='*'/></message>"
            + "</forwarded></sent></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Chat_states_that_nobody_stores_are_copied_too()
    {
        await using var play = await Play.With<MessageCarbons>();
        var orchard = await play.Enter("romeo/orchard", presence: false);
        var home = await play.Enter("romeo/home", presence: false);
        await EnablesCarbons(home);
        var juliet = await play.Enter("juliet/balcony");
        await orchard.Sends($"<message to='juliet@verona.lit' type='chat'>{Composing}</message>");
        await juliet.Receives($"<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='chat'>{Composing}</message>");
        await home.Receives(
            "<message from='romeo@verona.lit' to='romeo@verona.lit/home' type='chat'><sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + $"<message xmlns='jabber:client' from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='chat'>{Composing}</message></forwarded></sent></message>");
        await juliet.Sends($"<message to='romeo@verona.lit/orchard' type='chat'>{Composing}</message>");
        await orchard.Receives($"<message from='juliet@verona.lit/balcony' to='romeo@verona.lit/orchard' type='chat'>{Composing}</message>");
        await home.Receives(
            "<message from='romeo@verona.lit' to='romeo@verona.lit/home' type='chat'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + $"<message xmlns='jabber:client' from='juliet@verona.lit/balcony' to='romeo@verona.lit/orchard' type='chat'>{Composing}</message></forwarded></received></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_gets_the_message_itself_gets_no_copy_and_who_disabled_carbons_neither()
    {
        await using var play = await Play.With<MessageCarbons>();
        var orchard = await play.Enter("romeo/orchard");
        await EnablesCarbons(orchard);
        var home = await play.Enter("romeo/home", presence: false);
        await EnablesCarbons(home);
        await home.Sends("<iq type='set' id='off'><disable xmlns='urn:xmpp:carbons:2'/></iq>");
        await home.Receives("<iq type='result' id='off' …/>");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Sends("<message to='romeo@verona.lit' type='chat'><body>Romeo?</body></message>");
        await orchard.Receives("<message from='juliet@verona.lit/balcony' …><body>Romeo?</body>…</message>");
        await orchard.Sends("<message to='juliet@verona.lit' type='chat'><body>Here.</body></message>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' …><body>Here.</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_private_message_is_not_copied_on_either_side()
    {
        await using var play = await Play.With<MessageCarbons>();
        var orchard = await play.Enter("romeo/orchard", presence: false);
        var home = await play.Enter("romeo/home", presence: false);
        await EnablesCarbons(home);
        var balcony = await play.Enter("juliet/balcony", presence: false);
        var chamber = await play.Enter("juliet/chamber", presence: false);
        await EnablesCarbons(chamber);
        const string Content = "<body>Hist!</body><private xmlns='urn:xmpp:carbons:2'/><no-copy xmlns='urn:xmpp:hints'/>";
        await orchard.Sends($"<message to='juliet@verona.lit/balcony' type='chat'>{Content}</message>");
        await balcony.Receives($"<message from='romeo@verona.lit/orchard' to='juliet@verona.lit/balcony' type='chat'>{Content}<stanza-id …/></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_forged_copy_is_a_message_like_any_other()
    {
        await using var play = await Play.With<MessageCarbons>();
        var romeo = await play.Enter("romeo/orchard");
        await EnablesCarbons(romeo);
        var tybalt = await play.Enter("tybalt/street");
        const string Forged =
            "<received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<message xmlns='jabber:client' from='juliet@verona.lit/balcony' to='romeo@verona.lit/orchard' type='chat'><body>Meet me tonight!</body></message>"
            + "</forwarded></received>";
        await tybalt.Sends($"<message from='romeo@verona.lit' to='romeo@verona.lit' type='chat'>{Forged}</message>");
        await romeo.Receives($"<message from='tybalt@verona.lit/street' to='romeo@verona.lit' type='chat'>{Forged}</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_users_say_to_themselves_reaches_each_session_once()
    {
        await using var play = await Play.With<MessageCarbons>();
        var orchard = await play.Enter("romeo/orchard", presence: false);
        var home = await play.Enter("romeo/home", presence: false);
        var garden = await play.Enter("romeo/garden", presence: false);
        await EnablesCarbons(orchard);
        await EnablesCarbons(home);
        await EnablesCarbons(garden);
        await orchard.Sends("<message to='romeo@verona.lit/home' type='chat'><body>Buy a ladder.</body></message>");
        await home.Receives("<message from='romeo@verona.lit/orchard' …><body>Buy a ladder.</body>…</message>");
        await garden.Receives(
            "<message from='romeo@verona.lit' …><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<message xmlns='jabber:client' from='romeo@verona.lit/orchard' …>…</message></forwarded></received></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_nobody_was_given_is_not_copied_to_who_is_about_to_come_but_waits_in_its_place()
    {
        await using var play = await Play.With<MessageCarbons>();
        await (await play.Enter("romeo/home", presence: false)).Disconnects();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Sends("<message to='romeo@verona.lit' type='chat'><body>Romeo,</body></message>");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await EnablesCarbons(romeo);
        await juliet.Sends("<message to='romeo@verona.lit' type='chat'><body>wherefore art thou Romeo?</body></message>");
        await play.NobodyReceivesMore();
        await romeo.Sends("<presence/>");
        await romeo.Receives("<presence …/>");
        await romeo.Receives("<message from='juliet@verona.lit/balcony' to='romeo@verona.lit' …><body>Romeo,</body>…</message>");
        await romeo.Receives("<message from='juliet@verona.lit/balcony' to='romeo@verona.lit' …><body>wherefore art thou Romeo?</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task The_proof_of_a_copy_settles_the_message()
    {
        await using var play = await Play.With<MessageCarbons>();
        var balcony = await play.Enter("juliet/balcony", presence: false);
        var chamber = await play.Enter("juliet/chamber", presence: false);
        await EnablesCarbons(chamber);
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends("<message to='juliet@verona.lit/balcony' type='chat'><body>By yonder moon</body></message>");
        await balcony.Receives("<message …><body>By yonder moon</body>…</message>");
        await chamber.Receives("<message from='juliet@verona.lit' …><received xmlns='urn:xmpp:carbons:2'>…</received></message>");
        await chamber.Disconnects(); // says that it has what it was given
        await romeo.Sends("<message to='juliet@verona.lit/balcony' type='chat'><body>I swear</body></message>");
        await balcony.Receives("<message …><body>I swear</body>…</message>");
        await balcony.DropsLink(); // and proves nothing
        var garden = await play.Enter("juliet/garden");
        await garden.Receives("<message from='romeo@verona.lit/orchard' …><body>I swear</body><stanza-id …/><delay …/></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_copy_that_was_lost_with_the_link_comes_again_as_a_copy()
    {
        await using var play = await Play.With<MessageCarbons>();
        var balcony = await play.Enter("juliet/balcony", presence: false);
        var chamber = await play.Enter("juliet/chamber", presence: false, management: Management.Automatic);
        await EnablesCarbons(chamber);
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await chamber.DropsLink();
        await romeo.Sends("<message to='juliet@verona.lit/balcony' type='chat'><body>By yonder moon</body></message>");
        await balcony.Receives("<message …><body>By yonder moon</body>…</message>");
        await chamber.Resumes();
        await chamber.Receives(
            "<message from='juliet@verona.lit' to='juliet@verona.lit/chamber' type='chat'><received xmlns='urn:xmpp:carbons:2'>"
            + "<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' from='verona.lit' stamp='2026-01-31T20:00:00.000Z'/>"
            + "<message xmlns='jabber:client' from='romeo@verona.lit/orchard' …><body>By yonder moon</body><stanza-id …/></message>"
            + "</forwarded></received></message>");
        await play.NobodyReceivesMore();
    }
}
