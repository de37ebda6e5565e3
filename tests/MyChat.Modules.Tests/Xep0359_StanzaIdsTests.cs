using MyChat.Testing.Plays;

namespace MyChat.Modules.Tests;

public sealed class StanzaIdGuardTests
{
    [Fact]
    public async Task Forged_ids_are_taken_out_and_one_true_one_is_put_in()
    {
        await using var play = await Play.With<StanzaIdGuard>();
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        const string Foreign = "<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.verona.lit' id='r'/><origin-id xmlns='urn:xmpp:sid:0' id='o'/>";
        await romeo.Sends(
            "<message to='juliet@verona.lit' type='chat'><body>Soft!</body><stanza-id xmlns='urn:xmpp:sid:0' by='juliet@verona.lit' id='forged'/>"
            + "<stanza-id xmlns='urn:xmpp:si&#x64;:0' by='juliet@verona.lit' id='hidden'/>"
            + "<stanza-id xmlns='urn:xmpp:sid:0' by='Juliet&#64;VERONA.lit/x' id='hidden'/>"
            + $"<s:stanza-id xmlns:s='urn:xmpp:sid:0' by='verona.lit' id='prefixed'/>{Foreign}</message>");
        await juliet.Receives(
            "<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='chat'><body>Soft!</body>"
            + $"{Foreign}<stanza-id xmlns='urn:xmpp:sid:0' by='juliet@verona.lit' id='{{true}}'/></message>");
        Assert.DoesNotContain(play["true"], (string[])["forged", "hidden", "prefixed"]);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_forged_id_hidden_by_a_reference_is_taken_out_also_where_none_is_put_in()
    {
        await using var play = await Play.With<StanzaIdGuard>();
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends(
            "<message to='juliet@verona.lit' type='headline'><body>News</body><stanza-id xmlns='urn:xmpp:si&#x64;:0' by='juliet@verona.lit' id='forged'/></message>");
        await juliet.Receives("<message from='romeo@verona.lit/orchard' to='juliet@verona.lit' type='headline'><body>News</body></message>");
        await play.NobodyReceivesMore();
    }
}
