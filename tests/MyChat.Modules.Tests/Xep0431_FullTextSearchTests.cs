using MyChat.Testing.Plays;
using MyChat.Xmpp.Search;
using MyChat.Xmpp.Xeps;

namespace MyChat.Modules.Tests;

public class FullTextSearchTests
{
    private const string Nothing = "<iq type='result' id='h' to='*'><fin xmlns='urn:xmpp:mam:2' complete='true'><set xmlns='http://jabber.org/protocol/rsm'/></fin></iq>";
    private const string Addresses = "from='romeo@verona.lit/orchard' to='juliet@verona.lit'";

    [Fact]
    public async Task Words_in_two_languages_find_what_was_said_at_once()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Says(juliet, "But soft! What light through yonder window breaks?", "{light}");
        await romeo.Says(juliet, "朱丽叶就是太阳！", "{sun}");
        await juliet.AsksArchive(Form("LIGHT wind"));
        await juliet.Recalls(Addresses, "But soft! What light through yonder window breaks?", "{light}");
        await juliet.Receives(Fin("{light}"));
        await juliet.AsksArchive(Form("太阳"));
        await juliet.Recalls(Addresses, "朱丽叶就是太阳！", "{sun}");
        await juliet.Receives(Fin("{sun}"));
        await juliet.AsksArchive(Form("月亮"));
        await juliet.Receives(Nothing);
        await juliet.AsksArchive(Form("%"));
        await juliet.Receives(Nothing);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task The_rest_of_the_form_and_pages_hold_for_searches_too()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var nurse = await play.Enter("nurse/kitchen");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Says(juliet, "a rose", "{rose}");
        await nurse.Says(juliet, "a rose too", "*");
        await romeo.Says(juliet, "another rose", "{other}");
        await juliet.AsksArchive(Form("rose", "<field var='with'><value>romeo@verona.lit</value></field>") + "<set xmlns='http://jabber.org/protocol/rsm'><max>1</max><before/></set>");
        await juliet.Recalls(Addresses, "another rose", "{other}");
        await juliet.Receives(Fin("{other}", complete: false));
        await juliet.AsksArchive(Form("rose", "<field var='with'><value>romeo@verona.lit</value></field>")
            + $"<set xmlns='http://jabber.org/protocol/rsm'><max>1</max><before>{play["other"]}</before></set>");
        await juliet.Recalls(Addresses, "a rose", "{rose}");
        await juliet.Receives(Fin("{rose}"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task An_empty_text_asks_for_everything_and_one_that_is_too_long_for_nothing()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.Says(juliet, "Soft!", "{soft}");
        await juliet.AsksArchive(Form(""));
        await juliet.Recalls(Addresses, "Soft!", "{soft}");
        await juliet.Receives(Fin("{soft}"));
        await juliet.IsRefused(
            "set", null, $"<query xmlns='urn:xmpp:mam:2'>{Form(new string('a', SearchQuery.MaxLength + 1))}</query>", "modify", "bad-request");
        await play.NobodyReceivesMore();
    }

    private static string Form(string text, string more = "") =>
        "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>"
        + $"<field var='{FullTextSearch.Field}'><value>{text}</value></field>{more}</x>";

    private static string Fin(string id, bool complete = true) =>
        $"<iq type='result' id='h' to='*'><fin xmlns='urn:xmpp:mam:2'{(complete ? " complete='true'" : "")}><set xmlns='http://jabber.org/protocol/rsm'><first>{id}</first><last>{id}</last></set></fin></iq>";
}
