using MyChat.Testing.Plays;

namespace MyChat.Modules.Tests;

public class ContactAddressesTests
{
    private const string Info = "<query xmlns='http://jabber.org/protocol/disco#info'/>";

    [Fact]
    public async Task The_operators_addresses_stand_in_the_servers_information()
    {
        await using var play = await Scenes.With(_ => [new ServiceDiscovery(), new ContactAddressesModule()], options =>
        {
            options.Contact.Abuse.Add("mailto:abuse@verona.lit");
            options.Contact.Abuse.Add("xmpp:prince@verona.lit");
            options.Contact.Support.Add("https://verona.lit/help?a=1&b=2");
        });
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Asks("get", "verona.lit", Info,
            """
            <query xmlns='http://jabber.org/protocol/disco#info'>
              <identity category='server' type='im' name='MyChat'/>
              <feature var='http://jabber.org/protocol/disco#info'/>
              <feature var='http://jabber.org/protocol/disco#items'/>
              <x xmlns='jabber:x:data' type='result'>
                <field var='FORM_TYPE' type='hidden'><value>http://jabber.org/network/serverinfo</value></field>
                <field var='abuse-addresses' type='list-multi'><value>mailto:abuse@verona.lit</value><value>xmpp:prince@verona.lit</value></field>
                <field var='support-addresses' type='list-multi'><value>https://verona.lit/help?a=1&amp;b=2</value></field>
              </x>
            </query>
            """);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Without_addresses_there_is_no_form()
    {
        await using var play = await Play.With<ServiceDiscovery, ContactAddressesModule>();
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Asks("get", "verona.lit", Info,
            """
            <query xmlns='http://jabber.org/protocol/disco#info'>
              <identity category='server' type='im' name='MyChat'/>
              <feature var='http://jabber.org/protocol/disco#info'/>
              <feature var='http://jabber.org/protocol/disco#items'/>
            </query>
            """);
        await play.NobodyReceivesMore();
    }
}
