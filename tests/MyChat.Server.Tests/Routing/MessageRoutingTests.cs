using MyChat.Server;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Server.Tests.Routing;

/// <summary>RFC 6121 §8.5: what becomes of a message, for each type, address and state of the recipient.</summary>
public sealed class MessageRoutingTests
{
    private const string Chat = "<message to='juliet@verona.lit' type='chat' id='m'><body>Soft!</body></message>";
    private const string ChatArrives = "<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='chat' id='m'><body>Soft!</body><stanza-id xmlns='urn:xmpp:sid:0' by='juliet@verona.lit' id='*'/></message>";

    private static Task<Play> Stage(Action<ServerOptions>? configure = null) =>
        Play.With(PlayTransport.Memory, new TestServerOptions { Configure = configure });

    [Fact]
    public async Task A_chat_message_to_the_bare_jid_reaches_every_resource_that_wants_it()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var balcony = await play.Enter("juliet/balcony");
        var chamber = await play.Enter("juliet/chamber", priority: 5);
        await balcony.Receives("<presence from='juliet@verona.lit/chamber' …>…</presence>");
        await chamber.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        var crypt = await play.Enter("juliet/crypt", priority: -1);
        await crypt.ReceivesInAnyOrder("<presence from='juliet@verona.lit/balcony' …/>", "<presence from='juliet@verona.lit/chamber' …>…</presence>");
        await balcony.Receives("<presence from='juliet@verona.lit/crypt' …>…</presence>");
        await chamber.Receives("<presence from='juliet@verona.lit/crypt' …>…</presence>");
        await romeo.Sends(Chat);
        await balcony.Receives(ChatArrives);
        await chamber.Receives(ChatArrives);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_message_to_a_full_jid_reaches_that_resource_only()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var balcony = await play.Enter("juliet/balcony");
        var crypt = await play.Enter("juliet/crypt", priority: -1);
        await balcony.Receives("<presence from='juliet@verona.lit/crypt' …>…</presence>");
        await crypt.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        await romeo.Sends("<message to='juliet@verona.lit/crypt' type='chat'><body>Arise!</body></message>");
        await crypt.Receives("<message from='romeo@verona.lit/orchard' to='juliet@verona.lit/crypt' type='chat'><body>Arise!</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_chat_message_to_a_resource_that_is_gone_goes_to_the_others()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var balcony = await play.Enter("juliet/balcony");
        await romeo.Sends("<message to='juliet@verona.lit/gone' type='chat'><body>Soft!</body></message>");
        await balcony.Receives("<message from='romeo@verona.lit/orchard' to='juliet@verona.lit/gone' type='chat'><body>Soft!</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("groupchat")]
    public async Task Other_types_to_a_resource_that_is_gone_come_back(string type)
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        await play.Enter("juliet/balcony");
        await romeo.Sends($"<message to='juliet@verona.lit/gone' type='{type}' id='m'><body>Soft!</body></message>");
        await romeo.Receives("<message from='juliet@verona.lit/gone' to='romeo@verona.lit/orchard' type='error' id='m'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_headline_reaches_who_is_there_and_is_never_kept()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Sends("<message to='juliet@verona.lit' type='headline'><body>Dawn!</body></message>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='headline'><body>Dawn!</body></message>");
        await juliet.Disconnects();
        await romeo.Sends("<message to='juliet@verona.lit' type='headline'><body>Dusk!</body></message>");
        await romeo.Sends("<message to='juliet@verona.lit/gone' type='headline'><body>Dusk!</body></message>");
        await play.NobodyReceivesMore();
        await play.Enter("juliet/balcony");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Groupchat_to_a_bare_jid_is_refused()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        await play.Enter("juliet/balcony");
        await romeo.Sends("<message to='juliet@verona.lit' type='groupchat' id='m'><body>All!</body></message>");
        await romeo.Receives("<message from='juliet@verona.lit' type='error' id='m' …><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task An_error_reaches_its_resource_and_is_otherwise_dropped()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        const string Error = "<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
        await romeo.Sends($"<message to='juliet@verona.lit/balcony' type='error' id='m'>{Error}</message>");
        await juliet.Receives($"<message from='romeo@verona.lit/orchard' to='juliet@verona.lit/balcony' type='error' id='m'>{Error}</message>");
        foreach (var to in (string[])["juliet@verona.lit", "juliet@verona.lit/gone", "nobody@verona.lit", "verona.lit", "rome.lit"])
        {
            await romeo.Sends($"<message to='{to}' type='error'>{Error}</message>");
        }
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("nobody@verona.lit", "service-unavailable")]
    [InlineData("nobody@verona.lit/there", "service-unavailable")]
    [InlineData("verona.lit", "service-unavailable")]
    [InlineData("tybalt@rome.lit", "remote-server-not-found")]
    public async Task A_message_to_nobody_comes_back(string to, string condition)
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Sends($"<message to='{to}' type='chat' id='m'><body>Anyone?</body></message>");
        await romeo.Receives($"<message from='{to}' to='romeo@verona.lit/orchard' type='error' id='m'><error type='cancel'><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_malformed_address_is_answered_and_the_stream_goes_on()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Sends("<message to='@@' type='chat' id='m'><body>Anyone?</body></message>");
        await romeo.Receives("<message type='error' id='m' …><error type='modify'><jid-malformed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task The_sender_is_always_the_session_that_sent_it()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Sends("<message from='paris@verona.lit/church' to='juliet@verona.lit' type='chat'><body>Marry me</body></message>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='chat'><body>Marry me</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_a_client_says_is_passed_on_as_it_stands()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Sends("<message to='juliet@verona.lit' xml:lang='zh' id='m' type='chat'><subject>罗密欧</subject><body>轻声！&lt;b&gt; 😀 &amp;</body><x xmlns='urn:example:x' a='1'><y><![CDATA[<&]]></y></x></message>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' xml:lang='zh' id='m' type='chat'><subject>罗密欧</subject><body>轻声！&lt;b&gt; 😀 &amp;</body><x xmlns='urn:example:x' a='1'><y>&lt;&amp;</y></x><stanza-id xmlns='urn:xmpp:sid:0' by='juliet@verona.lit' id='*'/></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Without_an_address_a_message_is_for_oneself()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Sends("<message type='chat'><body>Note to self</body></message>");
        await romeo.Receives("<message from='romeo@verona.lit/orchard' to='romeo@verona.lit' type='chat'><body>Note to self</body><stanza-id xmlns='urn:xmpp:sid:0' by='romeo@verona.lit' id='*'/></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_waits_comes_in_order_with_its_time()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard", management: Management.Automatic);
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Disconnects();
        for (var i = 0; i < 250; i++)
        {
            await romeo.Sends($"<message to='juliet@verona.lit' type='chat' id='m{i}'><body>{i}</body></message>");
        }
        await romeo.Connection.ConfirmAsync();
        play.Passes(TimeSpan.FromHours(1));
        juliet = await play.Enter("juliet/balcony");
        for (var i = 0; i < 250; i++)
        {
            await juliet.Receives($"<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='chat' id='m{i}'><body>{i}</body><stanza-id xmlns='urn:xmpp:sid:0' by='juliet@verona.lit' id='*'/><delay xmlns='urn:xmpp:delay' from='verona.lit' stamp='2026-01-31T20:00:00.000Z'/></message>");
        }
        await play.NobodyReceivesMore();
        await juliet.Disconnects();
        juliet = await play.Enter("juliet/balcony");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Stored_messages_wait_for_a_priority_that_is_not_negative()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", priority: -5);
        await romeo.Sends(Chat);
        await play.NobodyReceivesMore();
        await juliet.Sends("<presence><priority>0</priority></presence>");
        await juliet.Receives("<presence from='juliet@verona.lit/balcony' …>…</presence>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' id='m' …><body>Soft!</body><stanza-id …/><delay …/></message>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("<active xmlns='http://jabber.org/protocol/chatstates'/>", false, false)]
    [InlineData("<active xmlns='http://jabber.org/protocol/chatstates'/><body>words</body>", true, false)]
    [InlineData("<received xmlns='urn:xmpp:receipts' id='m'/>", true, false)]
    [InlineData("<displayed xmlns='urn:xmpp:chat-markers:0' id='m'/>", true, false)]
    [InlineData("<encrypted xmlns='eu.siacs.conversations.axolotl'/>", true, false)]
    [InlineData("<body>words</body><no-store xmlns='urn:xmpp:hints'/>", false, true)]
    [InlineData("<x xmlns='urn:example:x'/><store xmlns='urn:xmpp:hints'/>", true, false)]
    [InlineData("<body>words</body><no-permanent-store xmlns='urn:xmpp:hints'/>", true, false)]
    [InlineData("<x xmlns='urn:example:x'/>", false, false)]
    public async Task What_is_kept_for_who_is_away(string content, bool kept, bool comesBack)
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Disconnects();
        await romeo.Sends($"<message to='juliet@verona.lit' type='chat'>{content}</message>");
        if (comesBack)
        {
            await romeo.Receives("<message type='error' …><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        }
        await play.NobodyReceivesMore();
        juliet = await play.Enter("juliet/balcony");
        if (kept)
        {
            await juliet.Receives("<message from='romeo@verona.lit/orchard' …>…</message>");
        }
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_sender_cannot_fill_a_mailbox_beyond_the_limit()
    {
        await using var play = await Stage(options => options.Limits.UndeliveredPerSenderAndAccount = 3);
        var romeo = await play.Enter("romeo/orchard", management: Management.Automatic);
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Disconnects();
        for (var i = 0; i < 3; i++)
        {
            await romeo.Sends(Chat);
        }
        await romeo.Connection.ConfirmAsync();
        await romeo.Sends(Chat);
        await romeo.Receives("<message from='juliet@verona.lit' type='error' id='m' …><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>…</error></message>");
        juliet = await play.Enter("juliet/balcony");
        for (var i = 0; i < 3; i++)
        {
            await juliet.Receives("<message id='m' …><body>Soft!</body><stanza-id …/><delay …/></message>");
        }
        await play.NobodyReceivesMore(); // and so has answered the server's question
        await romeo.Sends(Chat);
        await juliet.Receives(ChatArrives);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_chat_state_does_not_overtake_the_words_before_it()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        for (var i = 0; i < 50; i++)
        {
            await romeo.Sends($"<message to='juliet@verona.lit' type='chat'><body>{i}</body></message>");
            await romeo.Sends($"<message to='juliet@verona.lit' type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/><thread>{i}</thread></message>");
            await romeo.Sends($"<iq to='juliet@verona.lit/balcony' type='result' id='{i}'/>");
        }
        for (var i = 0; i < 50; i++)
        {
            await juliet.Receives($"<message …><body>{i}</body>…</message>");
            await juliet.Receives($"<message …><composing xmlns='http://jabber.org/protocol/chatstates'/><thread>{i}</thread></message>");
            await juliet.Receives($"<iq id='{i}' …/>");
        }
        await play.NobodyReceivesMore();
    }
}
