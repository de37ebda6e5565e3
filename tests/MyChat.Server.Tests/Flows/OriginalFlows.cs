using MyChat.Client.Connections;
using MyChat.Host;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;

namespace MyChat.Server.Tests.Flows;

/// <summary>
/// Every branch of the chat that this one succeeds, by its paragraph: §2.1 chat, §2.2 friends and their verification, §2.3 who is online;
/// and register, log in, search. On every transport.
/// </summary>
public abstract class OriginalFlows(PlayTransport transport)
{
    private static string Gone(string jid) => $"<presence type='unavailable' from='{jid}' …/>";

    private Task<Play> Stage() => Play.With(transport, new TestServerOptions { MoreModules = ServerModules.Create });

    // ---- registering

    [Fact]
    public async Task Register_then_log_in()
    {
        await using var play = await Stage();
        await using var connection = await Open(play);
        await connection.RegisterAsync("小明", "correct horse 电池");
        await connection.LogInAsync(new LogIn("小明", "correct horse 电池") { Resource = "phone" });
        Assert.Equal("小明@verona.lit/phone", connection.Jid.ToString());
    }

    [Fact]
    public async Task Register_a_name_that_is_taken()
    {
        await using var play = await Stage();
        await play.Enter("romeo/orchard");
        await using var connection = await Open(play);
        var refusal = await Assert.ThrowsAsync<StanzaErrorException>(() => connection.RegisterAsync("ＲＯＭＥＯ", "whatever"));
        Assert.Equal(StanzaErrorCondition.Conflict, refusal.Error.Condition);
    }

    [Theory]
    [InlineData("ro meo")]
    [InlineData("romeo@verona.lit")]
    [InlineData("<romeo>")]
    [InlineData("\u2665romeo")]
    public async Task Register_a_bad_name(string name)
    {
        await using var play = await Stage();
        await using var connection = await Open(play);
        var refusal = await Assert.ThrowsAsync<StanzaErrorException>(() => connection.RegisterAsync(name, "whatever"));
        Assert.Equal(StanzaErrorCondition.JidMalformed, refusal.Error.Condition);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\t tabs")]
    public async Task Register_with_a_bad_password(string password)
    {
        await using var play = await Stage();
        await using var connection = await Open(play);
        var refusal = await Assert.ThrowsAsync<StanzaErrorException>(() => connection.RegisterAsync("romeo", password));
        Assert.Equal(StanzaErrorCondition.NotAcceptable, refusal.Error.Condition);
    }

    // ---- logging in

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_are_told_alike()
    {
        await using var play = await Stage();
        await play.Enter("romeo/orchard");
        var answers = new List<string>();
        foreach (var name in (string[])["romeo", "nobody"])
        {
            await using var connection = await Open(play);
            var refusal = await Assert.ThrowsAsync<MyChat.Client.Connections.AuthenticationException>(
                () => connection.LogInAsync(new LogIn(name, "not the password")));
            answers.Add($"{refusal.Condition}: {refusal.Message}".Replace(name, "*", StringComparison.Ordinal));
        }
        Assert.Equal(answers[0], answers[1]);
        Assert.Contains("NotAuthorized", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logged_in_twice_at_once_is_two_devices()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var phone = await play.Enter("juliet/phone");
        var laptop = await play.Enter("juliet/laptop");
        await phone.Receives("<presence from='juliet@verona.lit/laptop' …/>");
        await laptop.Receives("<presence from='juliet@verona.lit/phone' …/>");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Both!</body></message>");
        await phone.Receives("<message from='romeo@verona.lit/orchard' …><body>Both!</body>…</message>");
        await laptop.Receives("<message from='romeo@verona.lit/orchard' …><body>Both!</body>…</message>");
        await play.NobodyReceivesMore();
    }

    // ---- §2.1 chat

    [Fact]
    public async Task Chat_with_a_friend_who_is_online()
    {
        await using var play = await Stage();
        var (romeo, juliet) = await Friends(play);
        await romeo.Sends("<message to='juliet@verona.lit' type='chat' id='1'><body>你好，朱丽叶 😀</body></message>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='chat' id='1'><body>你好，朱丽叶 😀</body><stanza-id …/></message>");
        await juliet.Sends("<message to='romeo@verona.lit/orchard' type='chat' id='2'><body>Ay me!</body></message>");
        await romeo.Receives("<message from='juliet@verona.lit/balcony' to='romeo@verona.lit/orchard' type='chat' id='2'><body>Ay me!</body><stanza-id …/></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Chat_with_a_friend_who_is_offline_waits_in_the_database()
    {
        await using var play = await Stage();
        var (romeo, juliet) = await Friends(play);
        await juliet.Disconnects();
        await romeo.Receives(Gone("juliet@verona.lit/balcony"));
        await romeo.Sends("<message to='juliet@verona.lit' type='chat' id='1'><body>Soft!</body></message>");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat' id='2'><body>What light</body></message>");
        await play.NobodyReceivesMore();
        juliet = await play.Enter("juliet/balcony");
        await juliet.ReceivesInAnyOrder(
            "<presence from='romeo@verona.lit/orchard' …/>",
            "<message from='romeo@verona.lit/orchard' id='1' …><body>Soft!</body>…</message>",
            "<message from='romeo@verona.lit/orchard' id='2' …><body>What light</body>…</message>");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        await play.NobodyReceivesMore();
        await juliet.Disconnects();
        await romeo.Receives(Gone("juliet@verona.lit/balcony"));
        juliet = await play.Enter("juliet/balcony");
        await juliet.Receives("<presence from='romeo@verona.lit/orchard' …/>");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        await play.NobodyReceivesMore(); // delivered once, and no more
    }

    // ---- §2.2 friends

    [Fact]
    public async Task Request_to_who_is_online_and_agrees()
    {
        await using var play = await Stage();
        await Friends(play);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Request_to_who_is_online_and_refuses()
    {
        await using var play = await Stage();
        var romeo = await EnterWithRoster(play, "romeo/orchard");
        var juliet = await EnterWithRoster(play, "juliet/balcony");
        await Request(romeo, juliet);
        await juliet.Sends("<presence to='romeo@verona.lit' type='unsubscribed'/>");
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='unsubscribed'/>");
        await romeo.Receives("<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='juliet@verona.lit' subscription='none'/></query></iq>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Request_to_who_is_offline_and_later_agrees()
    {
        await using var play = await Stage();
        var romeo = await EnterWithRoster(play, "romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Disconnects();
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'><status>我是罗密欧</status></presence>");
        await romeo.Receives(Asked("juliet@verona.lit"));
        await play.NobodyReceivesMore();
        juliet = await EnterWithRoster(play, "juliet/balcony", "<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribe'><status>我是罗密欧</status></presence>");
        await Agree(romeo, juliet);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Request_to_who_is_offline_and_later_refuses()
    {
        await using var play = await Stage();
        var romeo = await EnterWithRoster(play, "romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Disconnects();
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await romeo.Receives(Asked("juliet@verona.lit"));
        await play.NobodyReceivesMore();
        juliet = await EnterWithRoster(play, "juliet/balcony", "<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribe'/>");
        await juliet.Sends("<presence to='romeo@verona.lit' type='unsubscribed'/>");
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='unsubscribed'/>");
        await romeo.Receives("<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='juliet@verona.lit' subscription='none'/></query></iq>");
        await play.NobodyReceivesMore();
        await juliet.Disconnects();
        await EnterWithRoster(play, "juliet/balcony"); // answered is answered
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_a_friend(bool online)
    {
        await using var play = await Stage();
        var (romeo, juliet) = await Friends(play);
        if (!online)
        {
            await juliet.Disconnects();
            await romeo.Receives(Gone("juliet@verona.lit/balcony"));
        }
        await romeo.Sends("<iq type='set' id='del'><query xmlns='jabber:iq:roster'><item jid='juliet@verona.lit' subscription='remove'/></query></iq>");
        await romeo.ReceivesInAnyOrder(
            [
                "<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='juliet@verona.lit' subscription='remove'/></query></iq>",
                "<iq type='result' id='del' …/>",
                .. online ? (string[])[Gone("juliet@verona.lit/balcony")] : [],
            ]);
        if (online)
        {
            await juliet.ReceivesInAnyOrder(
                "<presence from='romeo@verona.lit' type='unsubscribe' …/>",
                "<presence from='romeo@verona.lit' type='unsubscribed' …/>",
                "<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='romeo@verona.lit' subscription='to'/></query></iq>",
                "<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='romeo@verona.lit' subscription='none'/></query></iq>",
                Gone("romeo@verona.lit/orchard"));
        }
        await play.NobodyReceivesMore();
        if (!online)
        {
            juliet = await play.Enter("juliet/balcony");
            await juliet.Sends("<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>");
            await juliet.Receives("<iq type='result' id='r' …><query xmlns='jabber:iq:roster' ver='*'><item jid='romeo@verona.lit' subscription='none'/></query></iq>");
            await play.NobodyReceivesMore();
        }
    }

    [Fact]
    public async Task Search_for_a_friend()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Sends("<iq type='set' id='v'><vCard xmlns='vcard-temp'><NICKNAME>朱丽叶 Capulet</NICKNAME></vCard></iq>");
        await juliet.Receives("<iq type='result' id='v' …/>");
        await romeo.Sends("<iq type='set' id='s' to='verona.lit'><query xmlns='jabber:iq:search'><nick>朱丽</nick></query></iq>");
        await romeo.Receives("<iq type='result' id='s' from='verona.lit' …><query xmlns='jabber:iq:search'><item jid='juliet@verona.lit'>…</item></query></iq>");
        await play.NobodyReceivesMore();
    }

    // ---- §2.3 who is online

    [Fact]
    public async Task Friends_see_each_other_come_and_go()
    {
        await using var play = await Stage();
        var (romeo, juliet) = await Friends(play);
        await juliet.Disconnects();
        await romeo.Receives(Gone("juliet@verona.lit/balcony"));
        juliet = await play.Enter("juliet/balcony");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        await juliet.Receives("<presence from='romeo@verona.lit/orchard' …/>");
        await juliet.DropsLink(); // the link just dies
        await romeo.Receives(Gone("juliet@verona.lit/balcony"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_removed_account_takes_its_data_and_its_friends_along()
    {
        await using var play = await Stage();
        var (romeo, juliet) = await Friends(play);
        await juliet.Sends("<iq type='set' id='bye'><query xmlns='jabber:iq:register'><remove/></query></iq>");
        await juliet.Receives("<iq type='result' id='bye' …/>");
        await juliet.IsDisconnected(StreamErrorCondition.NotAuthorized);
        await romeo.ReceivesInAnyOrder(
            "<presence from='juliet@verona.lit' type='unsubscribe' …/>",
            "<presence from='juliet@verona.lit' type='unsubscribed' …/>",
            "<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='juliet@verona.lit' subscription='to'/></query></iq>",
            "<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='juliet@verona.lit' subscription='none'/></query></iq>",
            Gone("juliet@verona.lit/balcony"));
        await romeo.Sends("<message to='juliet@verona.lit' type='chat' id='m'><body>Gone?</body></message>");
        await romeo.Receives("<message from='juliet@verona.lit' type='error' id='m' …><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions()
    {
        await using var play = await Stage();
        var phone = await play.Enter("juliet/phone");
        var laptop = await play.Enter("juliet/laptop");
        await phone.Receives("<presence from='juliet@verona.lit/laptop' …/>");
        await laptop.Receives("<presence from='juliet@verona.lit/phone' …/>");
        await laptop.Sends("<iq type='set' id='p'><query xmlns='jabber:iq:register'><username>juliet</username><password>a new one</password></query></iq>");
        await phone.IsDisconnected(StreamErrorCondition.Reset);
        await laptop.ReceivesInAnyOrder("<iq type='result' id='p' …/>", Gone("juliet@verona.lit/phone"));
        await play.NobodyReceivesMore();
        await using var connection = await Open(play);
        await Assert.ThrowsAsync<MyChat.Client.Connections.AuthenticationException>(() => connection.LogInAsync(new LogIn("juliet", Play.PasswordOf("juliet"))));
        await connection.LogInAsync(new LogIn("juliet", "a new one"));
    }

    // ---- the steps

    private Task<XmppConnection> Open(Play play)
    {
        var link = play.Server.Connect(transport);
        var options = new ConnectionOptions { Domain = play.Domain, AllowPlaintext = transport is PlayTransport.Memory or PlayTransport.WebSocket };
        return XmppConnection.OpenAsync(link.Transport, options);
    }

    private static async Task<Actor> EnterWithRoster(Play play, string who, params string[] waiting)
    {
        var actor = await play.Enter(who, presence: false);
        await actor.Sends("<iq type='get' id='roster'><query xmlns='jabber:iq:roster'/></iq>");
        await actor.Receives("<iq type='result' id='roster' …><query xmlns='jabber:iq:roster' …>…</query></iq>");
        await actor.Sends("<presence/>");
        await actor.ReceivesInAnyOrder([$"<presence from='{actor.Jid}' …/>", .. waiting]);
        return actor;
    }

    private static string Asked(string jid) =>
        $"<iq type='set' …><query xmlns='jabber:iq:roster' ver='*'><item jid='{jid}' subscription='none' ask='subscribe'/></query></iq>";

    private static async Task Request(Actor romeo, Actor juliet)
    {
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribe'/>");
        await romeo.Receives(Asked("juliet@verona.lit"));
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribe'/>");
    }

    // The answer pre-approves nothing: each side asks the other, as a client does that wants friends on both sides.
    private static async Task Agree(Actor romeo, Actor juliet)
    {
        await juliet.Sends("<presence to='romeo@verona.lit' type='subscribed'/>");
        await juliet.Receives("<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='romeo@verona.lit' subscription='from'/></query></iq>");
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='subscribed'/>");
        await romeo.Receives("<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='juliet@verona.lit' subscription='to'/></query></iq>");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        await juliet.Sends("<presence to='romeo@verona.lit' type='subscribe'/>");
        await juliet.Receives("<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='romeo@verona.lit' subscription='from' ask='subscribe'/></query></iq>");
        await romeo.Receives("<presence from='juliet@verona.lit' to='romeo@verona.lit' type='subscribe'/>");
        await romeo.Sends("<presence to='juliet@verona.lit' type='subscribed'/>");
        await romeo.Receives("<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='juliet@verona.lit' subscription='both'/></query></iq>");
        await juliet.Receives("<presence from='romeo@verona.lit' to='juliet@verona.lit' type='subscribed'/>");
        await juliet.Receives("<iq type='set' …><query xmlns='jabber:iq:roster' …><item jid='romeo@verona.lit' subscription='both'/></query></iq>");
        await juliet.Receives("<presence from='romeo@verona.lit/orchard' …/>");
    }

    private static async Task<(Actor Romeo, Actor Juliet)> Friends(Play play)
    {
        var romeo = await EnterWithRoster(play, "romeo/orchard");
        var juliet = await EnterWithRoster(play, "juliet/balcony");
        await Request(romeo, juliet);
        await Agree(romeo, juliet);
        return (romeo, juliet);
    }

    public sealed class InMemory() : OriginalFlows(PlayTransport.Memory);

    public sealed class OverTls() : OriginalFlows(PlayTransport.Tls);

    public sealed class OverStartTls() : OriginalFlows(PlayTransport.StartTls);

    public sealed class OverWebSocket() : OriginalFlows(PlayTransport.WebSocket);
}
