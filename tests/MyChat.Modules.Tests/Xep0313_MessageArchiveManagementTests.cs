using MyChat.Client.Connections;
using MyChat.Testing.Plays;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules.Tests;

public class MessageArchiveTests
{
    private const string Form = "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>";

    [Fact]
    public async Task Both_sides_find_what_was_said_with_the_id_that_it_came_with()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Says(juliet, "Soft!", "{soft}");
        await juliet.Says(romeo, "Ay me!", "{ayme}");
        await juliet.Sends("<iq type='set' id='h'><query xmlns='urn:xmpp:mam:2' queryid='f&lt;&apos;27'/></iq>");
        await juliet.Recalls("from='romeo@verona.lit/orchard' to='juliet@verona.lit'", "Soft!", "{soft}", queryId: "f&lt;&apos;27");
        await juliet.Recalls("from='juliet@verona.lit/balcony' to='romeo@verona.lit'", "Ay me!", "{last}", queryId: "f&lt;&apos;27");
        await juliet.Receives(Fin("{soft}", "{last}"));
        await romeo.Sends("<iq type='set' id='h' to='romeo@verona.lit'><query xmlns='urn:xmpp:mam:2'/></iq>");
        await romeo.Recalls("from='romeo@verona.lit/orchard' to='juliet@verona.lit'", "Soft!", "{first}");
        await romeo.Recalls("from='juliet@verona.lit/balcony' to='romeo@verona.lit'", "Ay me!", "{ayme}");
        await romeo.Receives(Fin("{first}", "{ayme}", from: "from='romeo@verona.lit'"));
        Assert.NotEqual(play["soft"], play["first"]); // each archive has ids of its own
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Pages_go_forwards_and_backwards_and_may_be_flipped()
    {
        await using var play = await Scenes.WithAll();
        var (romeo, juliet) = await TenWords(play);
        await juliet.AsksArchive("<set xmlns='http://jabber.org/protocol/rsm'><max>4</max></set>");
        await juliet.RecallsWords(0, 1, 2, 3);
        await juliet.Receives(Fin("{w0}", "{w3}", complete: false));
        await juliet.AsksArchive($"<set xmlns='http://jabber.org/protocol/rsm'><max>4</max><after>{play["w7"]}</after></set>");
        await juliet.RecallsWords(8, 9);
        await juliet.Receives(Fin("{w8}", "{w9}"));
        await juliet.AsksArchive("<set xmlns='http://jabber.org/protocol/rsm'><max>3</max><before/></set>");
        await juliet.RecallsWords(7, 8, 9);
        await juliet.Receives(Fin("{w7}", "{w9}", complete: false));
        await juliet.AsksArchive($"<set xmlns='http://jabber.org/protocol/rsm'><max>3</max><before>{play["w2"]}</before></set><flip-page/>");
        await juliet.RecallsWords(1, 0);
        await juliet.Receives(Fin("{w0}", "{w1}"));
        await juliet.AsksArchive($"<set xmlns='http://jabber.org/protocol/rsm'><after>{play["w9"]}</after></set>");
        await juliet.Receives("<iq type='result' id='h' to='*'><fin xmlns='urn:xmpp:mam:2' complete='true'><set xmlns='http://jabber.org/protocol/rsm'/></fin></iq>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Ids_limit_what_is_found()
    {
        await using var play = await Scenes.WithAll();
        var (_, juliet) = await TenWords(play);
        await juliet.AsksArchive(Form + $"<field var='after-id'><value>{play["w2"]}</value></field><field var='before-id'><value>{play["w5"]}</value></field></x>");
        await juliet.RecallsWords(3, 4);
        await juliet.Receives(Fin("{w3}", "{w4}"));
        await juliet.AsksArchive(Form + $"<field var='ids'><value>{play["w8"]}</value><value>{play["w1"]}</value></field></x>");
        await juliet.RecallsWords(1, 8);
        await juliet.Receives(Fin("{w1}", "{w8}"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Time_limits_what_is_found()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Says(juliet, "0", "{w0}");
        play.Passes(TimeSpan.FromMinutes(1));
        await romeo.Says(juliet, "1", "{w1}");
        play.Passes(TimeSpan.FromMinutes(1));
        await romeo.Says(juliet, "2", "{w2}");
        await juliet.AsksArchive(Form + "<field var='start'><value>2026-01-31T20:01:00Z</value></field><field var='end'><value>2026-01-31T21:01:59.9+01:00</value></field></x>");
        await juliet.RecallsWords(1);
        await juliet.Receives(Fin("{w1}", "{w1}"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_contact_or_one_of_its_resources_limits_what_is_found()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard", presence: false);
        var street = await play.Enter("romeo/street", presence: false);
        var nurse = await play.Enter("nurse/kitchen");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Says(juliet, "0", "{w0}");
        await nurse.Says(juliet, "1", "{w1}");
        await street.Says(juliet, "2", "{w2}");
        await juliet.Says(nurse, "3", "*");
        await juliet.AsksArchive(Form + "<field var='with'><value>romeo@verona.lit</value></field></x>");
        await juliet.Recalls("from='romeo@verona.lit/orchard' to='juliet@verona.lit'", "0", "{w0}");
        await juliet.Recalls("from='romeo@verona.lit/street' to='juliet@verona.lit'", "2", "{w2}");
        await juliet.Receives(Fin("{w0}", "{w2}"));
        await juliet.AsksArchive(Form + "<field var='with'><value>romeo@verona.lit/street</value></field></x>");
        await juliet.Recalls("from='romeo@verona.lit/street' to='juliet@verona.lit'", "2", "{w2}");
        await juliet.Receives(Fin("{w2}", "{w2}"));
        await juliet.AsksArchive(Form + "<field var='with'><value>nurse@verona.lit</value></field></x>");
        await juliet.Recalls("from='nurse@verona.lit/kitchen' to='juliet@verona.lit'", "1", "{w1}");
        await juliet.Recalls("from='juliet@verona.lit/balcony' to='nurse@verona.lit'", "3", "{w3}");
        await juliet.Receives(Fin("{w1}", "{w3}"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task With_the_own_address_only_notes_to_oneself_are_found()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Says(juliet, "to you", "*");
        await juliet.Says(juliet, "to me", "{me}");
        await juliet.AsksArchive(Form + "<field var='with'><value>juliet@verona.lit</value></field></x>");
        await juliet.Recalls("from='juliet@verona.lit/balcony' to='juliet@verona.lit'", "to me", "{me}");
        await juliet.Receives(Fin("{me}", "{me}"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_query_waits_for_what_its_session_sent_before()
    {
        await using var play = await Scenes.WithAll();
        await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        for (var i = 0; i < 20; i++)
        {
            await juliet.Sends($"<message to='romeo@verona.lit' type='chat'><body>{i}</body></message>");
        }
        await juliet.AsksArchive("<set xmlns='http://jabber.org/protocol/rsm'><max>1</max><before/></set>");
        await juliet.Recalls("from='juliet@verona.lit/balcony' to='romeo@verona.lit'", "19", "{id}");
        await juliet.Receives(Fin("{id}", "{id}", complete: false));
    }

    [Theory]
    [InlineData("set", "<query xmlns='urn:xmpp:mam:2'/>")]
    [InlineData("get", "<query xmlns='urn:xmpp:mam:2'/>")]
    [InlineData("get", "<metadata xmlns='urn:xmpp:mam:2'/>")]
    public async Task Nobody_reads_what_is_somebody_elses_and_nobody_learns_who_has_an_account(string type, string payload)
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.LetsSee(romeo);
        await romeo.IsRefused(type, "juliet@verona.lit", payload, "auth", "forbidden");
        await romeo.IsRefused(type, "nobody@verona.lit", payload, "auth", "forbidden");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task An_id_of_another_archive_is_none_of_this_one()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Says(juliet, "Soft!", "{hers}");
        foreach (var id in new[] { play["hers"], "AAAAAAAAAAAAAAAAAAAAAA", "!!!!!!!!!!!!!!!!!!!!!!", "", "7", "不" })
        {
            await romeo.IsRefused("set", null, $"<query xmlns='urn:xmpp:mam:2'>{Form}<field var='ids'><value>{id}</value></field></x></query>", "cancel", "item-not-found");
            await romeo.IsRefused("set", null, $"<query xmlns='urn:xmpp:mam:2'>{Form}<field var='after-id'><value>{id}</value></field></x></query>", "cancel", "item-not-found");
        }
        await romeo.IsRefused(
            "set", null, $"<query xmlns='urn:xmpp:mam:2'><set xmlns='http://jabber.org/protocol/rsm'><after>{play["hers"]}</after></set></query>", "cancel", "item-not-found");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("<set xmlns='http://jabber.org/protocol/rsm'><index>3</index></set>", "cancel", "feature-not-implemented")]
    [InlineData("<set xmlns='http://jabber.org/protocol/rsm'><max>-1</max></set>", "modify", "bad-request")]
    [InlineData(Form + "<field var='urn:else'><value>a</value></field></x>", "cancel", "feature-not-implemented")]
    [InlineData(Form + "<field var='start'><value>yesterday</value></field></x>", "modify", "bad-request")]
    public async Task What_is_not_understood_is_refused(string content, string type, string condition)
    {
        await using var play = await Scenes.WithAll();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.IsRefused("set", null, $"<query xmlns='urn:xmpp:mam:2'>{content}</query>", type, condition);
    }

    [Fact]
    public async Task The_account_says_that_it_has_an_archive_and_where_that_begins_and_ends()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Asks("get", "juliet@verona.lit", "<metadata xmlns='urn:xmpp:mam:2'/>", "<metadata xmlns='urn:xmpp:mam:2'/>");
        await romeo.Says(juliet, "first", "{first}");
        play.Passes(TimeSpan.FromSeconds(30));
        await romeo.Says(juliet, "last", "{last}");
        await juliet.Asks("get", null, "<metadata xmlns='urn:xmpp:mam:2'/>",
            "<metadata xmlns='urn:xmpp:mam:2'><start id='{first}' timestamp='2026-01-31T20:00:00.000Z'/><end id='{last}' timestamp='2026-01-31T20:00:30.000Z'/></metadata>");
        await juliet.Sends("<iq type='get' id='d' to='juliet@verona.lit'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        var info = await juliet.Receives("<iq type='result' id='d' …>…</iq>");
        var features = info.Descendants().Select(element => (string?)element.Attribute("var")).ToList();
        Assert.Contains(MessageArchive.Ns, features);
        Assert.Contains(MessageArchive.ExtendedNs, features);
        Assert.Contains(StanzaIds.Ns, features);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_was_fetched_from_history_does_not_come_again_as_waiting()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var before = await play.Enter("juliet/balcony");
        await before.Disconnects();
        for (var i = 0; i < 3; i++)
        {
            await romeo.Sends($"<message to='juliet@verona.lit' type='chat'><body>{i}</body></message>");
        }
        // The answer waits behind what he sent to her before: all is stored then.
        await romeo.Sends("<iq type='get' id='stored' to='juliet@verona.lit'><ping xmlns='urn:xmpp:ping'/></iq>");
        await romeo.Receives("<iq type='error' id='stored' …><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        var juliet = await play.Enter("juliet/balcony", presence: false);
        await juliet.AsksArchive("<set xmlns='http://jabber.org/protocol/rsm'><max>2</max></set>");
        await juliet.RecallsWords(0, 1);
        await juliet.Receives(Fin("{w0}", "{w1}", complete: false));
        await juliet.Sends("<presence/>");
        await juliet.ReceivesInAnyOrder(
            "<presence from='juliet@verona.lit/balcony' …/>",
            "<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='chat'><body>2</body>…</message>");
        await play.NobodyReceivesMore();
        await juliet.DropsLink();
        var again = await play.Enter("juliet/garden"); // what she proved to have is delivered
        await play.NobodyReceivesMore();
        await again.Disconnects();
    }

    [Fact]
    public async Task A_page_that_a_lost_link_cut_is_whole_when_the_stream_is_resumed()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony", management: Management.Automatic);
        for (var i = 0; i < 30; i++)
        {
            await romeo.Says(juliet, $"{i}", $"{{w{i}}}");
        }
        for (var round = 0; round < 3; round++)
        {
            await juliet.AsksArchive("");
            await juliet.DropsLink();
            await juliet.Resumes();
            await juliet.RecallsWords([.. Enumerable.Range(0, 30)]);
            await juliet.Receives(Fin("{w0}", "{w29}"));
        }
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task However_much_is_asked_at_once_each_question_is_answered()
    {
        await using var play = await Scenes.WithAll();
        var (_, juliet) = await TenWords(play);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(async i =>
        {
            var query = new Iq { Type = IqType.Set, Id = $"q{i}", Payload = new Payload(new Element(MessageArchive.Query)) };
            try
            {
                return (await juliet.Connection.RequestAsync(query, patience.Token)).Payload.First == MessageArchive.Fin;
            }
            catch (StanzaErrorException refusal)
            {
                Assert.Equal(StanzaErrorCondition.ResourceConstraint, refusal.Error.Condition);
                return false;
            }
        }));
        Assert.Contains(true, answers);
    }

    [Fact]
    public async Task What_claims_to_be_a_result_comes_from_whom_it_comes()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        const string forged = "<result xmlns='urn:xmpp:mam:2' id='x'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='nurse@verona.lit/k'><body>Run!</body></message></forwarded></result>";
        await romeo.Sends($"<message from='juliet@verona.lit' to='juliet@verona.lit/balcony'>{forged}</message>");
        await juliet.Receives($"<message from='romeo@verona.lit/orchard' to='juliet@verona.lit/balcony'>{forged}</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_may_not_be_kept_is_no_history()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>a</body><no-permanent-store xmlns='urn:xmpp:hints'/></message>");
        await juliet.Receives("<message …><body>a</body>…</message>");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>b</body><no-store xmlns='urn:xmpp:hints'/></message>");
        await juliet.Receives("<message …><body>b</body>…</message>");
        foreach (var actor in new[] { romeo, juliet })
        {
            await actor.Asks("get", null, "<metadata xmlns='urn:xmpp:mam:2'/>", "<metadata xmlns='urn:xmpp:mam:2'/>");
        }
        await play.NobodyReceivesMore();
    }

    private static async Task<(Actor Romeo, Actor Juliet)> TenWords(Play play)
    {
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        for (var i = 0; i < 10; i++)
        {
            await romeo.Says(juliet, $"{i}", $"{{w{i}}}");
        }
        return (romeo, juliet);
    }

    private static string Fin(string first, string last, bool complete = true, string from = "") =>
        $"<iq type='result' id='h' {from} to='*'><fin xmlns='urn:xmpp:mam:2'{(complete ? " complete='true'" : "")}>"
        + $"<set xmlns='http://jabber.org/protocol/rsm'><first>{first}</first><last>{last}</last></set></fin></iq>";
}

/// <summary>What plays about history say again and again.</summary>
internal static class ArchiveLines
{
    /// <summary>A message that arrives at once; its id is bound to the pattern.</summary>
    public static async Task Says(this Actor actor, Actor to, string body, string id)
    {
        await actor.Sends($"<message to='{to.Jid.Bare}' type='chat'><body>{body}</body></message>");
        await to.Receives(
            $"<message from='{actor.Jid}' to='{to.Jid.Bare}' type='chat'><body>{body}</body><stanza-id xmlns='urn:xmpp:sid:0' by='{to.Jid.Bare}' id='{id}'/></message>");
    }

    public static Task AsksArchive(this Actor actor, string content) => actor.Sends($"<iq type='set' id='h'><query xmlns='urn:xmpp:mam:2'>{content}</query></iq>");

    public static Task Recalls(this Actor actor, string addresses, string body, string id, string? queryId = null) => actor.Receives(
        $"<message from='{actor.Jid.Bare}' to='{actor.Jid}'><result xmlns='urn:xmpp:mam:2' {(queryId is null ? "" : $"queryid='{queryId}'")} id='{id}'>"
        + $"<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' from='verona.lit' stamp='*'/>"
        + $"<message xmlns='jabber:client' {addresses} type='chat'><body>{body}</body></message></forwarded></result></message>");

    /// <summary>The numbered words that romeo said to juliet.</summary>
    public static async Task RecallsWords(this Actor actor, params int[] words)
    {
        foreach (var word in words)
        {
            await actor.Recalls("from='romeo@verona.lit/orchard' to='juliet@verona.lit'", $"{word}", $"{{w{word}}}");
        }
    }
}
