using MyChat.Testing.Plays;
using MyChat.Xmpp.Xeps;

namespace MyChat.Modules.Tests;

public class ArchivePreferencesTests
{
    private const string Empty = "<metadata xmlns='urn:xmpp:mam:2'/>";

    private static string Prefs(string fallback, string always = "", string never = "") =>
        $"<prefs xmlns='urn:xmpp:mam:2' default='{fallback}'><always>{always}</always><never>{never}</never></prefs>";

    [Fact]
    public async Task What_nobody_chose_is_what_the_operator_chose()
    {
        await using var play = await Scenes.WithAll(options => options.History.Default = ArchiveDefault.Roster);
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Asks("get", null, "<prefs xmlns='urn:xmpp:mam:2'/>", Prefs("roster"));
        await juliet.Asks("set", null, Prefs("never", "<jid>romeo@verona.lit</jid>"), Prefs("never", "<jid>romeo@verona.lit</jid>"));
        await juliet.Asks("get", "juliet@verona.lit", "<prefs xmlns='urn:xmpp:mam:2'/>", Prefs("never", "<jid>romeo@verona.lit</jid>"));
    }

    [Fact]
    public async Task Each_side_keeps_what_it_wants_and_what_is_not_kept_still_waits_for_who_is_away()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var before = await play.Enter("juliet/balcony");
        await before.Asks("set", null, Prefs("always", never: "<jid>romeo@verona.lit</jid>"), Prefs("always", never: "<jid>romeo@verona.lit</jid>"));
        await before.Disconnects();
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Receives("<message …><body>Soft!</body>…</message>");
        await juliet.Sends("<message to='romeo@verona.lit' type='chat'><body>Ay me!</body></message>");
        await romeo.Receives("<message …><body>Ay me!</body>…</message>");
        await juliet.Asks("get", null, Empty, Empty);
        await romeo.AsksArchive("");
        await romeo.Recalls("from='romeo@verona.lit/orchard' to='juliet@verona.lit'", "Soft!", "*");
        await romeo.Recalls("from='juliet@verona.lit/balcony' to='romeo@verona.lit'", "Ay me!", "*");
        await romeo.Receives("<iq type='result' id='h' …>…</iq>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Only_contacts_are_kept_when_that_is_wanted()
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Asks("set", null, Prefs("roster"), Prefs("roster"));
        await romeo.Says(juliet, "stranger", "*");
        await juliet.Sends("<iq type='set' id='r'><query xmlns='jabber:iq:roster'><item jid='romeo@verona.lit'/></query></iq>");
        await juliet.Receives("<iq type='result' id='r' …/>");
        await romeo.Says(juliet, "0", "{w0}");
        await juliet.AsksArchive("");
        await juliet.RecallsWords(0);
        await juliet.Receives("<iq type='result' id='h' …>…</iq>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("get")]
    [InlineData("set")]
    public async Task Nobody_sees_or_changes_what_somebody_else_wants(string type)
    {
        await using var play = await Scenes.WithAll();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.LetsSee(romeo);
        await romeo.IsRefused(type, "juliet@verona.lit", Prefs("never"), "auth", "forbidden");
        await romeo.IsRefused(type, "nobody@verona.lit", Prefs("never"), "auth", "forbidden");
        await juliet.Asks("get", null, "<prefs xmlns='urn:xmpp:mam:2'/>", Prefs("always"));
    }

    [Theory]
    [InlineData("<prefs xmlns='urn:xmpp:mam:2'/>", "bad-request")]
    [InlineData("<prefs xmlns='urn:xmpp:mam:2' default='sometimes'/>", "bad-request")]
    [InlineData("<prefs xmlns='urn:xmpp:mam:2' default='never'><always><jid>@</jid></always></prefs>", "jid-malformed")]
    public async Task What_is_no_preference_is_refused(string prefs, string condition)
    {
        await using var play = await Scenes.WithAll();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.IsRefused("set", null, prefs, "modify", condition);
    }
}
