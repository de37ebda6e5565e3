using System.Text;
using MyChat.Host;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Sasl;

namespace MyChat.Server.Tests.Security;

/// <summary>Elements that come when they may not (RFC 6120 §4.3), and streams and sessions that are somebody else's or no longer one's own.</summary>
public sealed class StateHoles
{
    private const string ResumeFailed = "<failed xmlns='urn:xmpp:sm:3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>";

    private static Task<TestServer> Start(Action<ServerOptions>? configure = null) => TestServer.StartAsync(
        PlayTransport.Memory, new TestServerOptions { MoreModules = ServerModules.Create, Configure = configure });

    private static async Task<RawClient> LoggedIn(TestServer server, string name = "romeo", string password = "secret")
    {
        var client = await RawClient.To(server);
        await client.Opens();
        await client.LogsIn(name, password);
        return client;
    }

    // ---- what may come when

    [Theory]
    [InlineData("<message to='romeo@verona.lit'><body>Hi</body></message>", "not-authorized")]
    [InlineData("<presence/>", "not-authorized")]
    [InlineData("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>=</response>", "not-authorized")]
    [InlineData("<abort xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", "not-authorized")]
    [InlineData("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", "not-authorized")]
    [InlineData("<enable xmlns='urn:xmpp:sm:3' resume='true'/>", "not-authorized")]
    [InlineData("<resume xmlns='urn:xmpp:sm:3' previd='x' h='0'/>", "not-authorized")]
    [InlineData("<r xmlns='urn:xmpp:sm:3'/>", "not-authorized")]
    [InlineData("<a xmlns='urn:xmpp:sm:3' h='0'/>", "not-authorized")]
    [InlineData("<stream:stream to='verona.lit' version='1.0'></stream:stream>", "not-authorized")]
    [InlineData("<stream:features/>", "not-authorized")]
    [InlineData("<handshake xmlns='jabber:component:accept'/>", "not-authorized")]
    public async Task A_stranger_may_say_little(string xml, string condition)
    {
        await using var server = await Start();
        await using var stranger = await RawClient.To(server);
        await stranger.Opens();
        await stranger.Sends(xml);
        await stranger.IsEnded(condition);
    }

    [Theory]
    [InlineData("<message to='romeo@verona.lit'><body>Hi</body></message>")]
    [InlineData("<presence/>")]
    [InlineData("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-1'/>")]
    [InlineData("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>=</response>")]
    [InlineData("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")]
    [InlineData("<enable xmlns='urn:xmpp:sm:3' resume='true'/>")]
    [InlineData("<r xmlns='urn:xmpp:sm:3'/>")]
    [InlineData("<a xmlns='urn:xmpp:sm:3' h='0'/>")]
    [InlineData("<inactive xmlns='urn:xmpp:csi:0'/>")]
    [InlineData("<stream:stream to='verona.lit' version='1.0'></stream:stream>")]
    public async Task Before_a_resource_is_bound_nothing_else_may_come(string xml)
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var romeo = await LoggedIn(server);
        await romeo.Sends(xml);
        await romeo.IsEnded("policy-violation");
    }

    [Theory]
    [InlineData("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-1'/>")]
    [InlineData("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")]
    [InlineData("<resume xmlns='urn:xmpp:sm:3' previd='x' h='0'/>")]
    [InlineData("<enabled xmlns='urn:xmpp:sm:3' id='x'/>")]
    [InlineData("<stream:stream to='verona.lit' version='1.0'></stream:stream>")]
    [InlineData("<stream:error><reset xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>")]
    [InlineData("<message xmlns='jabber:server' to='romeo@verona.lit'/>")]
    [InlineData("<iq xmlns='jabber:component:accept' type='get' id='1'/>")]
    public async Task Negotiation_does_not_start_again_on_a_bound_stream(string xml)
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var romeo = await LoggedIn(server);
        await romeo.Binds("orchard");
        await romeo.Sends(xml);
        await romeo.IsEnded("unsupported-stanza-type");
    }

    [Fact]
    public async Task A_second_exchange_does_not_begin_inside_the_first()
    {
        await using var server = await Start();
        await using var stranger = await RawClient.To(server);
        await stranger.Opens();
        await stranger.Tries(SaslMechanism.ScramSha1, Encoding.ASCII.GetBytes("n,,n=romeo,r=abcdefgh"));
        await stranger.Receives("<challenge ");
        await stranger.Tries(SaslMechanism.ScramSha1, Encoding.ASCII.GetBytes("n,,n=juliet,r=abcdefgh"));
        await stranger.IsEnded("not-authorized");
    }

    [Fact]
    public async Task After_success_a_new_header_must_come()
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var romeo = await RawClient.To(server);
        await romeo.Opens();
        var final = await romeo.BeginsScram(SaslMechanism.ScramSha1, new ScramClient(new ScramMechanism(ScramHash.Sha1, Plus: false), "romeo", "secret"));
        Assert.StartsWith("<success ", await romeo.Responds(final), StringComparison.Ordinal);
        romeo.Restarts();
        await romeo.Sends("<iq xmlns='jabber:client' type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        await romeo.IsEnded("bad-format");
    }

    [Fact]
    public async Task Binding_comes_after_log_in_and_once()
    {
        const string Bind = "<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var stranger = await RawClient.To(server);
        await stranger.Opens();
        await stranger.Sends(Bind);
        await stranger.Receives("<not-authorized ");
        await using var romeo = await LoggedIn(server);
        await romeo.Binds("orchard");
        await romeo.Sends(Bind);
        await romeo.Receives("<service-unavailable ");
    }

    [Theory]
    [InlineData("<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams' to='verona.lit' version='1.0'>", "invalid-namespace")]
    [InlineData("<stream:stream xmlns='jabber:client' xmlns:stream='urn:evil' to='verona.lit' version='1.0'>", "invalid-namespace")]
    [InlineData("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='evil.lit' version='1.0'>", "host-unknown")]
    [InlineData("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>", "host-unknown")]
    [InlineData("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='verona.lit'>", "unsupported-version")]
    [InlineData("<message xmlns='jabber:client' to='verona.lit' version='1.0'>", "bad-format")]
    public async Task A_header_that_does_not_fit_opens_nothing(string header, string condition)
    {
        await using var server = await Start();
        await using var stranger = await RawClient.To(server);
        await stranger.Sends(header);
        await stranger.IsEnded(condition);
    }

    // ---- streams of others

    [Fact]
    public async Task Nobody_resumes_a_stream_of_somebody_else()
    {
        await using var play = await Play.With(PlayTransport.Memory);
        var juliet = await play.Enter("juliet/balcony", management: Management.Automatic);
        var id = juliet.Connection.Management!.Id;
        Assert.False(string.IsNullOrEmpty(id));
        await juliet.DropsLink();
        var server = (TestServer)play.Server;
        await server.RegisterAsync("tybalt", "secret");
        await using var tybalt = await LoggedIn(server, "tybalt");
        foreach (var previd in (string?[])[id, id!.ToUpperInvariant(), "", "%", "' OR '1'='1"])
        {
            await tybalt.Sends($"<resume xmlns='urn:xmpp:sm:3' h='0' previd=\"{previd}\"/>");
            Assert.Equal(ResumeFailed, await tybalt.Receives());
        }
        await tybalt.Binds("street");
        await juliet.Resumes();
    }

    // ---- sessions that must end

    [Fact]
    public async Task A_new_password_ends_every_other_session_and_what_waits_to_be_resumed()
    {
        await using var play = await Play.With(PlayTransport.Memory, new TestServerOptions { MoreModules = ServerModules.Create });
        var server = (TestServer)play.Server;
        var own = await play.Enter("romeo/orchard", presence: false);
        var other = await play.Enter("romeo/phone", presence: false);
        var waiting = await play.Enter("romeo/tablet", presence: false, management: Management.Automatic);
        var id = waiting.Connection.Management!.Id;
        await waiting.DropsLink();
        await own.Sends("<iq type='set' id='1' to='verona.lit'><query xmlns='jabber:iq:register'><username>romeo</username><password>new</password></query></iq>");
        await own.Receives("<iq type='result' id='1' …/>");
        await other.IsDisconnected(MyChat.Xmpp.Streams.StreamErrorCondition.Reset);
        await using var again = await LoggedIn(server, "romeo", "new");
        await again.Sends($"<resume xmlns='urn:xmpp:sm:3' h='0' previd='{id}'/>");
        Assert.Equal(ResumeFailed, await again.Receives());
        await using var old = await RawClient.To(server);
        await old.Opens();
        var final = await old.BeginsScram(
            SaslMechanism.ScramSha1, new ScramClient(new ScramMechanism(ScramHash.Sha1, Plus: false), "romeo", Play.PasswordOf("romeo")));
        Assert.Contains("<not-authorized/>", await old.Responds(final), StringComparison.Ordinal);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_logged_in_by_the_old_password_cannot_bind_after_the_change()
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var parked = await LoggedIn(server);
        await using var halfway = await RawClient.To(server);
        await halfway.Opens();
        var final = await halfway.BeginsScram(
            SaslMechanism.ScramSha1, new ScramClient(new ScramMechanism(ScramHash.Sha1, Plus: false), "romeo", "secret"));
        await using var owner = await LoggedIn(server);
        await owner.Binds("orchard");
        await owner.Sends("<iq type='set' id='1' to='verona.lit'><query xmlns='jabber:iq:register'><username>romeo</username><password>new</password></query></iq>");
        await owner.Receives("type='result'");
        await parked.Sends("<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        await parked.IsEnded("reset");
        Assert.Contains("<reset ", await halfway.Responds(final), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_logged_in_to_a_removed_account_is_not_in_the_next_of_that_name()
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var parked = await LoggedIn(server);
        await using var owner = await LoggedIn(server);
        await owner.Binds("orchard");
        await owner.Sends("<iq type='set' id='1' to='verona.lit'><query xmlns='jabber:iq:register'><remove/></query></iq>");
        await owner.Receives("type='result'");
        await owner.IsEnded("not-authorized");
        await server.RegisterAsync("romeo", "another's");
        await parked.Sends("<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        await parked.IsEnded("not-authorized");
    }

    [Fact]
    public async Task A_removed_account_leaves_nothing_to_resume_and_nothing_to_read()
    {
        await using var play = await Play.With(PlayTransport.Memory, new TestServerOptions { MoreModules = ServerModules.Create });
        var server = (TestServer)play.Server;
        var romeo = await play.Enter("romeo/orchard", presence: false);
        var phone = await play.Enter("romeo/phone", presence: false, management: Management.Automatic);
        var id = phone.Connection.Management!.Id;
        await romeo.Sends("<iq type='set' id='1'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'>secret</prefs></query></iq>");
        await romeo.Receives("<iq type='result' id='1' …/>");
        await romeo.Sends("<iq type='set' id='2'><query xmlns='jabber:iq:roster'><item jid='juliet@verona.lit'/></query></iq>");
        await romeo.Receives("<iq type='result' id='2' …/>");
        await phone.DropsLink();
        await romeo.Sends("<iq type='set' id='3' to='verona.lit'><query xmlns='jabber:iq:register'><remove/></query></iq>");
        await romeo.Receives("<iq type='result' id='3' …/>");
        await romeo.IsDisconnected(MyChat.Xmpp.Streams.StreamErrorCondition.NotAuthorized);

        await server.RegisterAsync("romeo", "another's");
        await using var next = await LoggedIn(server, "romeo", "another's");
        await next.Sends($"<resume xmlns='urn:xmpp:sm:3' h='0' previd='{id}'/>");
        Assert.Equal(ResumeFailed, await next.Receives());
        await next.Binds("orchard");
        await next.Sends("<iq type='get' id='4'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'/></query></iq>");
        await next.Receives("<prefs xmlns='exodus:prefs'/>");
        await next.Sends("<iq type='get' id='5'><query xmlns='jabber:iq:roster'/></iq>");
        Assert.DoesNotContain("juliet", await next.Receives("type='result'"), StringComparison.Ordinal);
    }

    // ---- what is another's

    [Theory]
    [InlineData("get", "<query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'/></query>")]
    [InlineData("set", "<query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'>mine</prefs></query>")]
    [InlineData("get", "<query xmlns='jabber:iq:roster'/>")]
    [InlineData("set", "<query xmlns='jabber:iq:roster'><item jid='tybalt@verona.lit'/></query>")]
    [InlineData("set", "<vCard xmlns='vcard-temp'><FN>Fool</FN></vCard>")]
    [InlineData("get", "<blocklist xmlns='urn:xmpp:blocking'/>")]
    [InlineData("set", "<block xmlns='urn:xmpp:blocking'><item jid='juliet@verona.lit'/></block>")]
    [InlineData("set", "<enable xmlns='urn:xmpp:carbons:2'/>")]
    [InlineData("set", "<directory xmlns='urn:mychat:directory:0'><hidden/></directory>")]
    [InlineData("set", "<query xmlns='jabber:iq:register'><remove/></query>")]
    [InlineData("set", "<query xmlns='jabber:iq:register'><username>romeo</username><password>mine</password></query>")]
    public async Task Nobody_reads_or_changes_what_is_anothers(string type, string payload)
    {
        await using var play = await Play.With(PlayTransport.Memory, new TestServerOptions { MoreModules = ServerModules.Create });
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends("<iq type='set' id='1'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'>secret</prefs></query></iq>");
        await romeo.Receives("<iq type='result' id='1' …/>");
        var tybalt = await play.Enter("tybalt/street", presence: false);
        foreach (var to in (string[])["romeo@verona.lit", "nobody@verona.lit", "admin@evil.lit"])
        {
            await tybalt.Sends($"<iq type='{type}' id='2' to='{to}'>{payload}</iq>");
            var answer = await tybalt.Receives("<iq type='error' id='2' …>…</iq>");
            Assert.DoesNotContain("secret", answer.ToString(), StringComparison.Ordinal);
        }
        await play.NobodyReceivesMore();
        await play.Enter("romeo/garden", presence: false); // still there, with the same password
    }

    [Fact]
    public async Task A_password_is_changed_for_oneself_only()
    {
        await using var play = await Play.With(PlayTransport.Memory, new TestServerOptions { MoreModules = ServerModules.Create });
        await play.Enter("romeo/orchard", presence: false);
        var tybalt = await play.Enter("tybalt/street", presence: false);
        foreach (var name in (string[])["romeo", "romeo@verona.lit", "", "tybalt@verona.lit"])
        {
            await tybalt.Sends($"<iq type='set' id='1' to='verona.lit'><query xmlns='jabber:iq:register'><username>{name}</username><password>mine</password></query></iq>");
            await tybalt.Receives("<iq type='error' id='1' …>…</iq>");
        }
        await play.NobodyReceivesMore();
    }
}
