using MyChat.Server;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using static MyChat.Server.Tests.Routing.RosterScenes;

namespace MyChat.Server.Tests.Streams;

/// <summary>XEP-0198 as plays.</summary>
public sealed class StreamManagementTests
{
    private static Task<Play> Stage(Action<ServerOptions>? configure = null) =>
        Play.With(PlayTransport.Memory, new TestServerOptions { Configure = configure });

    [Fact]
    public async Task The_answer_counts_what_is_committed()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard", presence: false, management: Management.Manual);
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>1</body></message>");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>2</body></message>");
        await romeo.Sends("<r xmlns='urn:xmpp:sm:3'/>");
        await romeo.Receives("<a xmlns='urn:xmpp:sm:3' h='2'/>");
        await juliet.Receives("<message …><body>1</body>…</message>");
        await juliet.Receives("<message …><body>2</body>…</message>");
    }

    [Fact]
    public async Task A_refused_message_counts_too()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard", presence: false, management: Management.Manual);
        await romeo.Sends("<message to='nobody@verona.lit' type='chat'><body>1</body></message>");
        await romeo.Sends("<r xmlns='urn:xmpp:sm:3'/>");
        await romeo.ReceivesInAnyOrder("<message type='error' …>…</message>", "<a xmlns='urn:xmpp:sm:3' h='1'/>", "<r xmlns='urn:xmpp:sm:3'/>");
    }

    [Fact]
    public async Task Every_kind_of_stanza_counts()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard", presence: false, management: Management.Manual);
        await romeo.Sends("<iq type='get' id='1'><unknown xmlns='urn:example'/></iq>");
        await romeo.ReceivesInAnyOrder("<iq type='error' id='1' …>…</iq>", "<r xmlns='urn:xmpp:sm:3'/>");
        await romeo.Sends("<presence to='nobody@verona.lit'/>");
        await romeo.Sends("<iq type='result' id='x'/>");
        await romeo.Sends("<presence type='unavailable'/>");
        await romeo.Sends("<presence type='probe' to='juliet@verona.lit'/>");
        await romeo.Sends("<r xmlns='urn:xmpp:sm:3'/>");
        await romeo.Receives("<a xmlns='urn:xmpp:sm:3' h='5'/>");
    }

    [Fact]
    public async Task Presence_is_asked_about_now_and_then_only()
    {
        await using var play = await Stage();
        await play.MakeFriends("romeo", "juliet");
        var romeo = await play.Enter("romeo/orchard", management: Management.Manual);
        await romeo.Receives("<r xmlns='urn:xmpp:sm:3'/>");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Receives("<presence from='romeo@verona.lit/orchard' …/>");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        await romeo.Sends("<a xmlns='urn:xmpp:sm:3' h='2'/>");
        for (var i = 0; i < 10; i++)
        {
            await juliet.Sends($"<presence><status>{i}</status></presence>");
            await juliet.Receives($"<presence …><status>{i}</status></presence>");
            await romeo.Receives($"<presence …><status>{i}</status></presence>"); // with nothing between them
            play.Passes(TimeSpan.FromSeconds(2));
        }
        play.Passes(TimeSpan.FromSeconds(11));
        await romeo.Receives("<r xmlns='urn:xmpp:sm:3'/>");
    }

    [Fact]
    public async Task Acknowledging_more_than_was_sent_ends_the_stream()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard", presence: false, management: Management.Manual);
        await romeo.Sends("<a xmlns='urn:xmpp:sm:3' h='7'/>");
        await romeo.IsDisconnected(MyChat.Xmpp.Streams.StreamErrorCondition.UndefinedCondition);
    }

    [Fact]
    public async Task Enabling_twice_fails()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard", presence: false, management: Management.Manual);
        await romeo.Sends("<enable xmlns='urn:xmpp:sm:3'/>");
        await romeo.Receives("<failed xmlns='urn:xmpp:sm:3'><unexpected-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
    }

    [Fact]
    public async Task What_a_lost_link_swallowed_comes_again_when_the_stream_resumes()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", management: Management.Automatic);
        await juliet.DropsLink();
        for (var i = 0; i < 20; i++)
        {
            await romeo.Sends($"<message to='juliet@verona.lit/balcony' type='chat'><body>{i}</body></message>");
            await romeo.Sends($"<iq to='juliet@verona.lit/balcony' type='set' id='{i}'><x xmlns='urn:example'/></iq>");
        }
        await play.NobodyReceivesMore();
        await juliet.Resumes();
        for (var i = 0; i < 20; i++)
        {
            await juliet.Receives($"<message …><body>{i}</body>…</message>");
            await juliet.Receives($"<iq id='{i}' …>…</iq>");
        }
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Contacts_see_no_gap_when_a_stream_is_resumed_in_time()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", management: Management.Automatic);
        await romeo.Sends("<presence type='subscribe' to='juliet@verona.lit'/>");
        await juliet.Receives("<presence type='subscribe' …/>");
        await juliet.Sends("<presence type='subscribed' to='romeo@verona.lit'/>");
        await romeo.Receives("<presence type='subscribed' …/>");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        await juliet.DropsLink();
        play.Passes(TimeSpan.FromSeconds(200));
        await juliet.Resumes();
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task When_resumption_expires_messages_wait_requests_are_answered_and_contacts_are_told()
    {
        await using var play = await Stage(options => options.Limits.ResumeSeconds = 60);
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", management: Management.Automatic);
        await romeo.Sends("<presence type='subscribe' to='juliet@verona.lit'/>");
        await juliet.Receives("<presence type='subscribe' …/>");
        await juliet.Sends("<presence type='subscribed' to='romeo@verona.lit'/>");
        await romeo.Receives("<presence type='subscribed' …/>");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        await juliet.DropsLink();
        await romeo.Sends("<message to='juliet@verona.lit/balcony' type='chat'><body>Soft!</body></message>");
        await romeo.Sends("<iq to='juliet@verona.lit/balcony' type='get' id='q'><x xmlns='urn:example'/></iq>");
        await play.NobodyReceivesMore();
        play.Passes(TimeSpan.FromSeconds(62));
        await romeo.Receives("<presence type='unavailable' from='juliet@verona.lit/balcony' …/>");
        await romeo.Receives("<iq type='error' id='q' from='juliet@verona.lit/balcony' …><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        await play.NobodyReceivesMore();
        var chamber = await play.Enter("juliet/chamber");
        await romeo.Receives("<presence from='juliet@verona.lit/chamber' …/>");
        await chamber.Receives("<message to='juliet@verona.lit/balcony' …><body>Soft!</body><stanza-id …/><delay …/></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_message_that_one_device_lost_goes_to_the_other()
    {
        await using var play = await Stage(options => options.Limits.ResumeSeconds = 60);
        var romeo = await play.Enter("romeo/orchard");
        var phone = await play.Enter("juliet/phone", management: Management.Automatic);
        var laptop = await play.Enter("juliet/laptop");
        await phone.Receives("<presence from='juliet@verona.lit/laptop' …/>");
        await laptop.Receives("<presence from='juliet@verona.lit/phone' …/>");
        await phone.DropsLink();
        await romeo.Sends("<message to='juliet@verona.lit/phone' type='chat'><body>Only for the phone</body></message>");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>For both</body></message>");
        await laptop.Receives("<message to='juliet@verona.lit' …><body>For both</body>…</message>");
        await play.NobodyReceivesMore();
        play.Passes(TimeSpan.FromSeconds(62));
        await laptop.Receives("<presence type='unavailable' from='juliet@verona.lit/phone' …/>");
        await laptop.Receives("<message to='juliet@verona.lit/phone' …><body>Only for the phone</body><stanza-id …/><delay …/></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task The_same_resource_again_ends_the_older_session()
    {
        await using var play = await Stage();
        var older = await play.Enter("juliet/balcony");
        await play.Enter("juliet/balcony");
        await older.IsDisconnected(MyChat.Xmpp.Streams.StreamErrorCondition.Conflict);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_client_without_stream_management_proves_by_answering_a_ping()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", showServerPings: true);
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        await juliet.Receives("<message …><body>Soft!</body>…</message>");
        await juliet.Receives("<iq type='get' from='verona.lit' to='juliet@verona.lit/balcony' id='{ping}'><ping xmlns='urn:xmpp:ping'/></iq>");
        await juliet.DropsLink(); // before it answered
        juliet = await play.Enter("juliet/balcony", showServerPings: true);
        await juliet.Receives("<message …><body>Soft!</body><stanza-id …/><delay …/></message>");
        await juliet.Receives("<iq type='get' from='verona.lit' id='{again}' …><ping xmlns='urn:xmpp:ping'/></iq>");
        await juliet.Sends("<iq type='result' id='{again}'/>");
        await juliet.Sends("<iq type='get' id='fence'><unknown xmlns='urn:example'/></iq>");
        await juliet.Receives("<iq id='fence' type='error' …>…</iq>");
        await juliet.DropsLink();
        await play.Enter("juliet/balcony");
        await play.NobodyReceivesMore();
    }
}
