using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Modules.Tests;

public class ServiceDiscoveryTests
{
    private const string Info = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
    private const string Items = "<query xmlns='http://jabber.org/protocol/disco#items'/>";
    private const string InfoAtNode = "<query xmlns='http://jabber.org/protocol/disco#info' node='urn:example:none'/>";
    private const string ItemsAtNode = "<query xmlns='http://jabber.org/protocol/disco#items' node='urn:example:none'/>";

    [Fact]
    public async Task The_server_says_what_its_modules_declared()
    {
        await using var play = await Play.With<ServiceDiscovery, PingModule>();
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Asks("get", "verona.lit", Info,
            """
            <query xmlns='http://jabber.org/protocol/disco#info'>
              <identity category='server' type='im' name='MyChat'/>
              <feature var='http://jabber.org/protocol/disco#info'/>
              <feature var='http://jabber.org/protocol/disco#items'/>
              <feature var='urn:xmpp:ping'/>
            </query>
            """);
        await romeo.Asks("get", "verona.lit", Items, Items);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task The_own_account_is_described_with_its_available_sessions()
    {
        await using var play = await Play.With<ServiceDiscovery, PingModule>();
        var romeo = await play.Enter("romeo/orchard");
        await play.Enter("romeo/hidden", presence: false);
        const string Description =
            """
            <query xmlns='http://jabber.org/protocol/disco#info'>
              <identity category='account' type='registered'/>
              <feature var='http://jabber.org/protocol/disco#info'/>
              <feature var='http://jabber.org/protocol/disco#items'/>
              <feature var='urn:xmpp:ping'/>
            </query>
            """;
        await romeo.Asks("get", null, Info, Description);
        await romeo.Asks("get", "romeo@verona.lit", Info, Description);
        await romeo.Asks("get", null, Items, "<query xmlns='http://jabber.org/protocol/disco#items'><item jid='romeo@verona.lit/orchard'/></query>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_stranger_cannot_tell_an_account_from_an_address_that_nobody_has()
    {
        await using var play = await Play.With<ServiceDiscovery, PingModule>();
        var romeo = await play.Enter("romeo/orchard");
        await play.Enter("juliet/balcony");
        foreach (var address in new[] { "juliet@verona.lit", "nobody@verona.lit" })
        {
            await romeo.IsRefused("get", address, Info, "cancel", "service-unavailable");
            await romeo.IsRefused("get", address, InfoAtNode, "cancel", "service-unavailable");
            await romeo.Asks("get", address, Items, Items);
            await romeo.Asks("get", address, ItemsAtNode, ItemsAtNode);
        }
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_sees_the_presence_sees_the_account()
    {
        await using var play = await Play.With<ServiceDiscovery, PingModule>();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.LetsSee(romeo);
        await romeo.Asks("get", "juliet@verona.lit", Info,
            """
            <query xmlns='http://jabber.org/protocol/disco#info'>
              <identity category='account' type='registered'/>
              <feature var='http://jabber.org/protocol/disco#info'/>
              <feature var='http://jabber.org/protocol/disco#items'/>
            </query>
            """);
        await romeo.Asks("get", "juliet@verona.lit", Items,
            "<query xmlns='http://jabber.org/protocol/disco#items'><item jid='juliet@verona.lit/balcony'/></query>");
        // Not the other way round: she does not see him.
        await juliet.IsRefused("get", "romeo@verona.lit", Info, "cancel", "service-unavailable");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("verona.lit")]
    [InlineData(null)]
    [InlineData("juliet@verona.lit")]
    public async Task A_node_that_is_not_there_is_not_found(string? address)
    {
        await using var play = await Play.With<ServiceDiscovery>();
        var romeo = await play.Enter("romeo/orchard");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.LetsSee(romeo);
        await romeo.IsRefused("get", address, InfoAtNode, "cancel", "item-not-found");
        await romeo.IsRefused("get", address, ItemsAtNode, "cancel", "item-not-found");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData(PlayTransport.Tls)]
    [InlineData(PlayTransport.WebSocket)]
    public async Task It_is_the_same_over_real_connections(PlayTransport transport)
    {
        await using var play = await Play.With<ServiceDiscovery>(transport);
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Asks("get", "verona.lit", Items, Items);
        await play.NobodyReceivesMore();
    }
}
