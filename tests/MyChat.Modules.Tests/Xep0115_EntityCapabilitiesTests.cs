using MyChat.Server;
using MyChat.Testing.Plays;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules.Tests;

public class EntityCapabilitiesTests
{
    [Fact]
    public async Task The_stream_features_name_a_node_at_which_the_answer_has_that_hash()
    {
        await using var play = await Scenes.WithAll(options => options.Contact.Abuse.Add("mailto:abuse@verona.lit"));
        var romeo = await play.Enter("romeo/orchard");
        var c = romeo.Connection.Features.Child(EntityCapabilities.C);
        Assert.Equal("sha-1", c?["hash"]);
        var node = $"{c!["node"]}#{c["ver"]}";
        await romeo.Sends($"<iq type='get' id='q1' to='verona.lit'><query xmlns='http://jabber.org/protocol/disco#info' node='{node}'/></iq>");
        var answer = await romeo.Receives(
            $"<iq type='result' id='q1' from='verona.lit' to='*'><query xmlns='http://jabber.org/protocol/disco#info' node='{node}'>…</query></iq>");
        var info = Element.Parse(answer.Elements().Single().ToString());
        Assert.Equal(c["ver"], EntityCapabilities.Verify(info));
        Assert.Contains(info.Children(Disco.Feature), feature => feature["var"] == EntityCapabilities.Ns);
        Assert.NotNull(info.Child(DataForms.Form));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_node_with_another_hash_is_not_found()
    {
        await using var play = await Play.With<ServiceDiscovery, EntityCapabilitiesModule>();
        var romeo = await play.Enter("romeo/orchard");
        await romeo.IsRefused(
            "get", "verona.lit", "<query xmlns='http://jabber.org/protocol/disco#info' node='urn:mychat:server#AAAA'/>", "cancel", "item-not-found");
        await play.NobodyReceivesMore();
    }
}
