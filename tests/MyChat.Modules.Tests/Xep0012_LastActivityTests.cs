using MyChat.Testing.Plays;

namespace MyChat.Modules.Tests;

public class LastActivityTests
{
    private const string Query = "<query xmlns='jabber:iq:last'/>";

    private static string Seconds(int seconds, string status = "") => $"<query xmlns='jabber:iq:last' seconds='{seconds}'>{status}</query>";

    [Fact]
    public async Task The_server_tells_how_long_it_runs()
    {
        await using var play = await Play.With<LastActivityModule>();
        var romeo = await play.Enter("romeo/orchard");
        play.Passes(TimeSpan.FromSeconds(90));
        await romeo.Asks("get", "verona.lit", Query, Seconds(90));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_sees_the_presence_learns_when_the_user_left_and_with_what_words()
    {
        await using var play = await Play.With<LastActivityModule>();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.LetsSee(romeo);
        await romeo.Asks("get", "juliet@verona.lit", Query, Seconds(0));

        await juliet.Sends("<presence type='unavailable'><status>Good night, good night!</status></presence>");
        await juliet.Receives("<presence from='juliet@verona.lit/balcony' … type='unavailable'><status>Good night, good night!</status></presence>");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' … type='unavailable'><status>Good night, good night!</status></presence>");
        play.Passes(TimeSpan.FromSeconds(45));
        await romeo.Asks("get", "juliet@verona.lit", Query, Seconds(45, "Good night, good night!"));

        // Still connected, but not available: the time goes on from when she left.
        await juliet.Asks("get", null, Query, Seconds(45, "Good night, good night!"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task While_another_session_is_there_the_user_has_not_left()
    {
        await using var play = await Play.With<LastActivityModule>();
        var romeo = await play.Enter("romeo/orchard");
        var balcony = await play.Enter("juliet/balcony");
        await balcony.LetsSee(romeo);
        var chamber = await play.Enter("juliet/chamber");
        await romeo.Receives("<presence from='juliet@verona.lit/chamber' …/>");
        await chamber.Receives("<presence from='juliet@verona.lit/balcony' …/>");
        await balcony.Receives("<presence from='juliet@verona.lit/chamber' …/>");
        await balcony.DropsLink();
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' … type='unavailable'/>");
        await chamber.Receives("<presence from='juliet@verona.lit/balcony' … type='unavailable'/>");
        await romeo.Asks("get", "juliet@verona.lit", Query, Seconds(0));

        await chamber.DropsLink();
        await romeo.Receives("<presence from='juliet@verona.lit/chamber' … type='unavailable'/>");
        play.Passes(TimeSpan.FromSeconds(3));
        await romeo.Asks("get", "juliet@verona.lit", Query, Seconds(3));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_stranger_learns_nothing_not_even_whether_there_is_such_an_account()
    {
        await using var play = await Play.With<LastActivityModule>();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.IsRefused("get", "juliet@verona.lit", Query, "auth", "forbidden");
        await romeo.IsRefused("get", "nobody@verona.lit", Query, "auth", "forbidden");
        // §4: nor does it reach her client, or tell whether a resource is there.
        await romeo.IsRefused("get", "juliet@verona.lit/balcony", Query, "auth", "forbidden");
        await romeo.IsRefused("get", "juliet@verona.lit/chamber", Query, "auth", "forbidden");
        await juliet.LetsSee(romeo);
        await romeo.Sends("<iq type='get' id='idle' to='juliet@verona.lit/balcony'><query xmlns='jabber:iq:last'/></iq>");
        await juliet.Receives(
            "<iq type='get' id='idle' from='romeo@verona.lit/orchard' to='juliet@verona.lit/balcony'><query xmlns='jabber:iq:last'/></iq>");
        await juliet.Sends("<iq type='result' id='idle' to='romeo@verona.lit/orchard'><query xmlns='jabber:iq:last' seconds='7'/></iq>");
        await romeo.Receives(
            "<iq type='result' id='idle' from='juliet@verona.lit/balcony' to='romeo@verona.lit/orchard'><query xmlns='jabber:iq:last' seconds='7'/></iq>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_was_never_there_has_no_last_activity()
    {
        await using var play = await Play.With<LastActivityModule>();
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.IsRefused("get", null, Query, "cancel", "item-not-found");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_the_server_forgot_it_reads_from_the_database()
    {
        await using var play = await Scenes.With(_ => [new LastActivityModule()], options => options.Limits.CachedAccounts = 1);
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.LetsSee(romeo);
        await juliet.Sends("<presence type='unavailable'><status>Gone\nto bed</status></presence>");
        await juliet.Receives("<presence from='juliet@verona.lit/balcony' … type='unavailable'><status>Gone\nto bed</status></presence>");
        await romeo.Receives("<presence from='juliet@verona.lit/balcony' … type='unavailable'><status>Gone\nto bed</status></presence>");
        await juliet.Disconnects();
        play.Passes(TimeSpan.FromSeconds(60)); // the server's tick lets go of accounts that are not in use
        await romeo.Asks("get", "juliet@verona.lit", Query, Seconds(60, "Gone\nto bed"));
        await play.NobodyReceivesMore();
    }
}
