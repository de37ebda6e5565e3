using Microsoft.Extensions.DependencyInjection;
using MyChat.Testing.Plays;

namespace MyChat.Modules.Tests;

public class VCardTests
{
    private const string Empty = "<vCard xmlns='vcard-temp'/>";
    private const string Juliets =
        "<vCard xmlns='vcard-temp'><FN>Juliet Capulet</FN><NICKNAME>小明 &amp; &lt;3</NICKNAME><PHOTO><TYPE>image/png</TYPE><BINVAL>iVBO\nRw==</BINVAL></PHOTO></vCard>";

    private static Task<Play> Stage() => Scenes.With(services => [new VCardModule(services.GetRequiredService<IUserDirectory>())]);

    private static string Photo(int bytes) =>
        $"<vCard xmlns='vcard-temp'><PHOTO><BINVAL>{Convert.ToBase64String(new byte[bytes])}</BINVAL></PHOTO></vCard>";

    [Fact]
    public async Task A_vcard_is_kept_as_it_was_and_read_by_its_owner_and_others()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Asks("set", null, Juliets, "");
        await juliet.Asks("get", null, Empty, Juliets);
        await juliet.Asks("get", "juliet@verona.lit", Empty, Juliets);
        await romeo.Asks("get", "juliet@verona.lit", Empty, Juliets);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task No_vcard_and_no_account_look_the_same_to_others()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        await play.Enter("juliet/balcony");
        await romeo.IsRefused("get", null, Empty, "cancel", "item-not-found");
        await romeo.IsRefused("get", "juliet@verona.lit", Empty, "cancel", "service-unavailable");
        await romeo.IsRefused("get", "nobody@verona.lit", Empty, "cancel", "service-unavailable");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Nobody_sets_somebody_elses_vcard()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await romeo.IsRefused("set", "juliet@verona.lit", Juliets, "auth", "forbidden");
        await romeo.IsRefused("set", "nobody@verona.lit", Juliets, "auth", "forbidden");
        await juliet.IsRefused("get", null, Empty, "cancel", "item-not-found");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task An_empty_vcard_takes_the_old_one_away()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Asks("set", null, Juliets, "");
        await juliet.Asks("set", null, Empty, "");
        await juliet.IsRefused("get", null, Empty, "cancel", "item-not-found");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_is_too_large_is_refused_and_the_old_vcard_stays()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Asks("set", null, Photo(65_536), "");
        await juliet.Sends($"<iq type='set' id='large'>{Photo(65_537)}</iq>");
        await juliet.Receives(
            """
            <iq type='error' id='large' to='juliet@verona.lit/balcony'><error type='modify'>
              <not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
              <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>The photo has 65537 bytes; at most 65536 are kept.</text>
            </error></iq>
            """);
        var novel = $"<vCard xmlns='vcard-temp'><DESC>{new string('x', 131_072)}</DESC></vCard>";
        await juliet.IsRefused("set", null, novel, "modify", "not-acceptable");
        await juliet.Asks("get", null, Empty, Photo(65_536));
        await play.NobodyReceivesMore();
    }
}
