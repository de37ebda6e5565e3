using System.Xml.Linq;
using MyChat.Host;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Server.Tests.Security;

public sealed class MemorySpoofHoles() : SpoofHoles(PlayTransport.Memory);

public sealed class StartTlsSpoofHoles() : SpoofHoles(PlayTransport.StartTls);

public sealed class WebSocketSpoofHoles() : SpoofHoles(PlayTransport.WebSocket);

/// <summary>What one client makes another believe: the sender, the server's own words, and XML that two parsers read differently.</summary>
public abstract class SpoofHoles(PlayTransport transport)
{
    private Task<Play> Stage() => Play.With(transport, new TestServerOptions { MoreModules = ServerModules.Create });

    [Theory]
    [InlineData("juliet@verona.lit")]
    [InlineData("juliet@verona.lit/balcony")]
    [InlineData("verona.lit")]
    [InlineData("admin@evil.lit")]
    [InlineData("romeo@verona.lit/other")]
    public async Task Everything_comes_from_who_sent_it(string from)
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var tybalt = await play.Enter("romeo/orchard", presence: false);
        await tybalt.Sends($"<message from='{from}' to='juliet@verona.lit' type='chat'><body>Trust me</body></message>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' …><body>Trust me</body>…</message>");
        await tybalt.Sends($"<iq from='{from}' to='juliet@verona.lit/balcony' type='get' id='1'><x xmlns='urn:example'/></iq>");
        await juliet.Receives("<iq from='romeo@verona.lit/orchard' id='1' …>…</iq>");
        await tybalt.Sends($"<presence from='{from}' to='juliet@verona.lit'/>");
        await juliet.Receives("<presence from='romeo@verona.lit/orchard' …/>");
        await tybalt.Sends($"<presence from='{from}' to='juliet@verona.lit' type='subscribe'/>");
        await juliet.Receives("<presence from='romeo@verona.lit' type='subscribe' …/>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("juliet@verona.lit")] // to the account: the server answers, and relays nothing
    [InlineData("juliet@verona.lit/balcony")]
    public async Task A_clients_roster_push_changes_nothing_and_names_its_sender(string to)
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Sends("<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>");
        await juliet.Receives("<iq type='result' id='r' …><query xmlns='jabber:iq:roster' …/></iq>");
        var tybalt = await play.Enter("tybalt/street", presence: false);
        await tybalt.Sends($"<iq from='juliet@verona.lit' to='{to}' type='set' id='push'><query xmlns='jabber:iq:roster'><item jid='evil@verona.lit' subscription='both'/></query></iq>");
        if (to.Contains('/', StringComparison.Ordinal))
        {
            // RFC 6121 §2.1.6: this is what tells the client that it is no push.
            await juliet.Receives("<iq from='tybalt@verona.lit/street' type='set' id='push' …>…</iq>");
        }
        else
        {
            await tybalt.Receives("<iq type='error' id='push' …>…</iq>");
        }
        await juliet.Sends("<iq type='get' id='again'><query xmlns='jabber:iq:roster'/></iq>");
        await juliet.Receives("<iq type='result' id='again' …><query xmlns='jabber:iq:roster' …/></iq>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("received")]
    [InlineData("sent")]
    public async Task A_forged_carbon_stays_inside_a_message_of_its_author(string kind)
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Sends("<iq type='set' id='1'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
        await juliet.Receives("<iq type='result' id='1' …/>");
        var tybalt = await play.Enter("tybalt/street", presence: false);
        var forged = $"<{kind} xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<message xmlns='jabber:client' from='romeo@verona.lit/orchard' to='juliet@verona.lit'><body>Forged</body></message></forwarded>"
            + $"</{kind}>";
        await tybalt.Sends($"<message from='juliet@verona.lit' to='juliet@verona.lit' type='chat'>{forged}<body>x</body></message>");
        await juliet.Receives($"<message from='tybalt@verona.lit/street' to='juliet@verona.lit' type='chat'>{forged}<body>x</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_forged_stanza_id_of_ours_does_not_arrive()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var tybalt = await play.Enter("tybalt/street", presence: false);
        await tybalt.Sends(
            "<message to='juliet@verona.lit' type='chat'><body>1</body><s:stanza-id xmlns:s='urn:xmpp:sid:0' id='forged' by='juliet@verona.lit'/>"
            + "<stanza-id xmlns='urn:xmpp:sid:0' id='forged' by='VERONA.lit'/><stanza-id xmlns='urn:xmpp:sid:0' id='theirs' by='room@evil.lit'/></message>");
        var message = await juliet.Receives("<message …>…</message>");
        XNamespace sid = "urn:xmpp:sid:0";
        var ids = message.Elements(sid + "stanza-id").Select(element => (string?)element.Attribute("by")).ToArray();
        Assert.Equal(["juliet@verona.lit", "room@evil.lit"], ids.Order());
        Assert.DoesNotContain("forged", message.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_names_who_sent_it_whatever_id_it_has()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var tybalt = await play.Enter("tybalt/street", presence: false);
        foreach (var id in (string[])["proof-1", "roster", "push-1"])
        {
            await tybalt.Sends($"<iq from='verona.lit' to='juliet@verona.lit/balcony' type='result' id='{id}'><query xmlns='jabber:iq:roster'/></iq>");
            await juliet.Receives($"<iq from='tybalt@verona.lit/street' to='juliet@verona.lit/balcony' type='result' id='{id}'>…</iq>");
            await tybalt.Sends($"<iq to='juliet@verona.lit' type='result' id='{id}'/>"); // to the account: nobody's answer
        }
        await play.NobodyReceivesMore();
    }

    // ---- SQL

    [Theory]
    [InlineData("'; DROP TABLE account; --")]
    [InlineData("%")]
    [InlineData("_____")]
    [InlineData("\\'; --")]
    [InlineData("\" OR 1=1 --")]
    [InlineData("{0} :p1 @p1 ?")]
    public async Task Text_that_looks_like_sql_is_text(string evil)
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", presence: false);
        var text = new XText(evil).ToString();
        var name = new XAttribute("n", evil).ToString()[2..]; // quoted, as a value

        await romeo.Sends($"<iq type='set' id='1'><query xmlns='jabber:iq:roster'><item jid='juliet@verona.lit' name={name}><group>{text}</group></item></query></iq>");
        await romeo.Receives("<iq type='result' id='1' …/>");
        await romeo.Sends("<iq type='get' id='2'><query xmlns='jabber:iq:roster'/></iq>");
        await romeo.Receives($"<iq type='result' id='2' …><query xmlns='jabber:iq:roster' …><item jid='juliet@verona.lit' subscription='none' name={name}><group>{text}</group></item></query></iq>");

        await romeo.Sends($"<iq type='set' id='3'><vCard xmlns='vcard-temp'><FN>{text}</FN><NICKNAME>{text}</NICKNAME></vCard></iq>");
        await romeo.Receives("<iq type='result' id='3' …/>");
        await romeo.Sends($"<iq type='set' id='4'><query xmlns='jabber:iq:private'><prefs xmlns={name}>{text}</prefs></query></iq>");
        await romeo.Receives("<iq type='result' id='4' …/>");
        await romeo.Sends($"<iq type='get' id='5'><query xmlns='jabber:iq:private'><prefs xmlns={name}/></query></iq>");
        await romeo.Receives($"<iq type='result' id='5' …><query xmlns='jabber:iq:private'><prefs xmlns={name}>{text}</prefs></query></iq>");

        // Only who has the text is found by it: the wildcards of LIKE are none here.
        await romeo.Sends($"<iq type='set' id='6' to='verona.lit'><query xmlns='jabber:iq:search'><nick>{text}</nick></query></iq>");
        var found = await romeo.Receives("<iq id='6' …>…</iq>");
        Assert.DoesNotContain("juliet", found.ToString(), StringComparison.Ordinal);

        await romeo.Sends($"<message to='juliet@verona.lit' type='chat' id={name}><body>{text}</body><subject>{text}</subject></message>");
        await juliet.Sends("<presence/>");
        await juliet.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        await juliet.Receives($"<message from='romeo@verona.lit/orchard' id={name} …><body>{text}</body><subject>{text}</subject>…</message>");

        var resource = await play.Enter("romeo/" + evil, presence: false);
        Assert.Equal(evil, resource.Jid.Resourcepart);
        await play.NobodyReceivesMore();
    }

    // ---- smuggling: the play's actors read what arrives with the platform's XmlReader

    [Theory]
    [InlineData("<body><![CDATA[</body></message><message from='verona.lit'><body>]]></body>")]
    [InlineData("<body><![CDATA[]]]]><![CDATA[>]]></body>")]
    [InlineData("<body>&lt;/body>&#x26;lt;&#60;x/&#62;</body>")]
    [InlineData("<body>&#xD;\r\n&#xA;\t</body>")]
    [InlineData("<body xml:lang='&#x27;&gt;&lt;'>x</body>")]
    [InlineData("<x:body xmlns:x='jabber:client'>x</x:body>")]
    [InlineData("<body>x</body><x:message xmlns:x='jabber:client' from='verona.lit'><x:body>inner</x:body></x:message>")]
    [InlineData("<body>x</body><e xmlns=''><f xmlns='u'><g xmlns='jabber:client'/></f></e>")]
    [InlineData("<body>x</body><stream:error xmlns:stream='http://etherx.jabber.org/streams'/>")]
    [InlineData("<body>x</body><stream:stream xmlns:stream='urn:odd'/>")]
    [InlineData("<body>x</body><a xmlns:n='u' xmlns:m='v' n:b='1' m:b='2' b='3'/>")]
    [InlineData("<body>x</body><a xmlns='urn:&quot;&apos;&lt;&amp;'/>")]
    [InlineData("<body>\U0001F600\u00A0\u2028\u0085\uFFFD</body>")]
    [InlineData("<body\n\t >x</body\r\n><_.-·a/>")]
    public async Task What_arrives_is_read_as_it_was_sent(string content)
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var tybalt = await play.Enter("tybalt/street", presence: false);
        var sent = $"<message xmlns='jabber:client' to='juliet@verona.lit' type='chat'>{content}</message>";
        await tybalt.Sends(sent);
        var received = await juliet.Receives("<message from='tybalt@verona.lit/street' to='juliet@verona.lit' type='chat'>…</message>");
        received.Elements().Last().Remove(); // the stanza-id
        var wanted = XElement.Parse(sent, LoadOptions.PreserveWhitespace);
        Assert.Equal(Canonical(wanted.Nodes()), Canonical(received.Nodes()));
        await play.NobodyReceivesMore();
    }

    private static string Canonical(IEnumerable<XNode> nodes) => string.Concat(nodes.Select(node => node switch
    {
        XText text => text.Value,
        XElement element => $"<{element.Name}{string.Concat(element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)
            .OrderBy(attribute => attribute.Name.ToString(), StringComparer.Ordinal).Select(attribute => $" {attribute.Name}=\"{attribute.Value}\""))}>"
            + $"{Canonical(element.Nodes())}</>",
        _ => throw new InvalidOperationException($"{node.NodeType} arrived."),
    }));

    [Fact]
    public async Task The_deepest_message_that_is_taken_breaks_no_stream_when_it_is_copied()
    {
        await using var play = await Stage();
        var phone = await play.Enter("juliet/phone");
        var laptop = await play.Enter("juliet/laptop", priority: -1);
        await phone.Receives("<presence from='juliet@verona.lit/laptop' …>…</presence>");
        await laptop.Receives("<presence from='juliet@verona.lit/phone' …/>");
        await laptop.Sends("<iq type='set' id='1'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
        await laptop.Receives("<iq type='result' id='1' …/>");
        var tybalt = await play.Enter("tybalt/street", presence: false);
        var deepest = 0;
        for (var depth = 40; tybalt.Connection.Ended is { IsCompleted: false }; depth++)
        {
            var open = string.Concat(Enumerable.Range(0, depth).Select(i => $"<d xmlns='urn:{i}'>"));
            await tybalt.Sends($"<message to='juliet@verona.lit' type='chat'><body>{depth}</body>{open}{string.Concat(Enumerable.Repeat("</d>", depth))}</message>");
            try
            {
                await tybalt.Sends("<iq type='get' id='fence' to='verona.lit'><ping xmlns='urn:xmpp:ping'/></iq>");
                await tybalt.Receives("<iq type='result' id='fence' …/>");
            }
            catch (PlayException)
            {
                break; // too deep: why the stream ended is looked at below
            }
            deepest = depth;
            await phone.Receives($"<message …><body>{depth}</body>…</message>");
            await laptop.Receives($"<message …><received xmlns='urn:xmpp:carbons:2'>…</received></message>");
        }
        await tybalt.IsDisconnected(MyChat.Xmpp.Streams.StreamErrorCondition.PolicyViolation);
        Assert.InRange(deepest, 41, 60);
        await play.NobodyReceivesMore();
    }
}
