using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Modules.Tests;

public sealed class PrivateXmlStorageTests
{
    [Fact]
    public async Task What_a_client_stores_the_users_other_clients_read()
    {
        await using var play = await Play.With<PrivateXmlStorage>();
        var orchard = await play.Enter("romeo/orchard", presence: false);
        await orchard.Sends("<iq type='set' id='1'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'><nick a='&lt;'>O &amp; R</nick></prefs></query></iq>");
        await orchard.Receives("<iq type='result' id='1' …/>");
        var garden = await play.Enter("romeo/garden", presence: false);
        await garden.Sends("<iq type='get' id='2' to='romeo@verona.lit'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'/></query></iq>");
        await garden.Receives(
            "<iq type='result' id='2' from='romeo@verona.lit' to='romeo@verona.lit/garden'>"
            + "<query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'><nick a='&lt;'>O &amp; R</nick></prefs></query></iq>");
        // The same name in another namespace is another thing.
        await garden.Sends("<iq type='get' id='3'><query xmlns='jabber:iq:private'><prefs xmlns='other:prefs'/></query></iq>");
        await garden.Receives("<iq type='result' id='3' …><query xmlns='jabber:iq:private'><prefs xmlns='other:prefs'/></query></iq>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Nobody_reads_or_writes_what_is_somebody_elses()
    {
        await using var play = await Play.With<PrivateXmlStorage>();
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends("<iq type='set' id='1'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'>secret</prefs></query></iq>");
        await romeo.Receives("<iq type='result' id='1' …/>");
        var tybalt = await play.Enter("tybalt/street", presence: false);
        await tybalt.Sends("<iq type='get' id='2' to='romeo@verona.lit'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'/></query></iq>");
        await tybalt.Receives(Unavailable("2"));
        await tybalt.Sends("<iq type='set' id='3' to='romeo@verona.lit'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'>mine</prefs></query></iq>");
        await tybalt.Receives(Unavailable("3"));
        await tybalt.Sends("<iq type='get' id='4'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'/></query></iq>");
        await tybalt.Receives("<iq type='result' id='4' …><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'/></query></iq>");
        await romeo.Sends("<iq type='get' id='5'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'/></query></iq>");
        await romeo.Receives("<iq type='result' id='5' …><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'>secret</prefs></query></iq>");
        await play.NobodyReceivesMore();

        static string Unavailable(string id) =>
            $"<iq type='error' id='{id}' from='romeo@verona.lit' to='tybalt@verona.lit/street'>"
            + "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";
    }

    [Theory]
    [InlineData("get", "", "bad-request")]
    [InlineData("get", "<a xmlns='a'/><b xmlns='b'/>", "bad-request")]
    [InlineData("get", "<prefs/>", "not-acceptable")]
    [InlineData("set", "", "not-acceptable")]
    [InlineData("set", "<a xmlns='a'>1</a><b xmlns='b'>2</b>", "not-acceptable")]
    [InlineData("set", "<query xmlns='jabber:iq:roster'>1</query>", "not-acceptable")]
    [InlineData("set", "<a xmlns=''>1</a>", "not-acceptable")]
    public async Task Exactly_one_element_with_a_namespace_of_its_own_is_stored(string type, string content, string condition)
    {
        await using var play = await Play.With<PrivateXmlStorage>();
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends($"<iq type='{type}' id='1'><query xmlns='jabber:iq:private'>{content}</query></iq>");
        await romeo.Receives($"<iq type='error' id='1' …><error type='modify'><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>…</error></iq>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task An_account_keeps_no_more_bytes_than_its_share()
    {
        // More than a second's worth of bytes, while the play's clock stands still.
        var options = new TestServerOptions
        {
            Modules = [new PrivateXmlStorage()],
            Configure = server => server.Limits.BytesPerSecondPerSession = 0,
        };
        await using var play = await Play.With(PlayTransport.Memory, options);
        var romeo = await play.Enter("romeo/orchard", presence: false);
        var large = new string('x', PrivateXmlStorage.MostBytes / 5);
        for (var i = 1; i <= 5; i++)
        {
            await romeo.Sends($"<iq type='set' id='{i}'><query xmlns='jabber:iq:private'><a xmlns='urn:{i}'>{large}</a></query></iq>");
            await romeo.Receives(i < 5
                ? $"<iq type='result' id='{i}' …/>"
                : $"<iq type='error' id='{i}' …><error type='cancel'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>…</error></iq>");
        }
        await romeo.Sends("<iq type='set' id='6'><query xmlns='jabber:iq:private'><a xmlns='urn:1'>small</a></query></iq>");
        await romeo.Receives("<iq type='result' id='6' …/>");
        await romeo.Sends($"<iq type='set' id='7'><query xmlns='jabber:iq:private'><a xmlns='urn:5'>{large}</a></query></iq>");
        await romeo.Receives("<iq type='result' id='7' …/>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task An_account_keeps_no_more_than_its_share_and_a_blank_element_makes_room()
    {
        await using var play = await Play.With<PrivateXmlStorage>();
        var romeo = await play.Enter("romeo/orchard", presence: false);
        for (var i = 0; i < PrivateXmlStorage.MostElements; i++)
        {
            await romeo.Sends($"<iq type='set' id='{i}'><query xmlns='jabber:iq:private'><a xmlns='urn:{i}'>x</a></query></iq>");
            await romeo.Receives($"<iq type='result' id='{i}' …/>");
        }
        await romeo.Sends("<iq type='set' id='more'><query xmlns='jabber:iq:private'><a xmlns='urn:more'>x</a></query></iq>");
        await romeo.Receives("<iq type='error' id='more' …><error type='cancel'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>…</error></iq>");
        await romeo.Sends("<iq type='set' id='changed'><query xmlns='jabber:iq:private'><a xmlns='urn:7'>y</a></query></iq>");
        await romeo.Receives("<iq type='result' id='changed' …/>");
        await romeo.Sends("<iq type='set' id='gone'><query xmlns='jabber:iq:private'><a xmlns='urn:8'/></query></iq>");
        await romeo.Receives("<iq type='result' id='gone' …/>");
        await romeo.Sends("<iq type='set' id='again'><query xmlns='jabber:iq:private'><a xmlns='urn:more'>x</a></query></iq>");
        await romeo.Receives("<iq type='result' id='again' …/>");
        await play.NobodyReceivesMore();
    }
}
