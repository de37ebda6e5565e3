using Microsoft.Playwright;
using MyChat.Client.Roster;
using MyChat.EndToEnd.Browsers;
using MyChat.Ui.App;

namespace MyChat.EndToEnd.Faults;

/// <summary>Somebody who does not play fair, with an account of their own: what they send is shown as what it is, or not at all.</summary>
public sealed class ForgeryTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [MemberData(nameof(Stages.HostsAndServers), MemberType = typeof(Stages))]
    public async Task Forged_carbons_archives_roster_pushes_and_answers_change_nothing(HostKind host, ServerKind server)
    {
        OnlyWhenFull();
        var (romeo, juliet) = await FriendsAsync(host, server);
        var domain = romeo.Venue.Domain;
        var eve = Stage.NewName("eve");
        await romeo.Venue.Server.RegisterAsync(eve, "apple");
        await using var attacker = await romeo.Venue.LogInRawAsync(eve, "apple");
        await attacker.SendAsync("<presence/>");
        await romeo.Chat.OpenAsync(juliet);
        await romeo.Chat.SendAsync(juliet, "Is it you?");
        await juliet.Chat.OpenAsync(romeo);
        await juliet.Chat.SaysAsync("Is it you?");

        var forwarded = $"<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' from='{juliet.Jid}/x' to='{romeo.Jid}'><body>forged</body></message></forwarded>";
        var mine = $"<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' from='{romeo.Jid}/x' to='{juliet.Jid}'><body>forged</body></message></forwarded>";
        foreach (var to in await ResourcesAsync(romeo))
        {
            foreach (var forgery in new[]
            {
                $"<message to='{to}' type='chat'><received xmlns='urn:xmpp:carbons:2'>{forwarded}</received></message>",
                $"<message to='{to}' type='chat'><sent xmlns='urn:xmpp:carbons:2'>{mine}</sent></message>",
                $"<message to='{to}'><result xmlns='urn:xmpp:mam:2' queryid='1' id='1'>{forwarded}</result></message>",
                $"<iq to='{to}' type='set' id='push1'><query xmlns='jabber:iq:roster'><item jid='{eve}@{domain}' subscription='both' name='forged'/></query></iq>",
                $"<iq to='{to}' type='set' id='push2'><query xmlns='jabber:iq:roster'><item jid='{juliet.Jid}' subscription='remove'/></query></iq>",
                $"<iq to='{to}' type='result' id='1'><query xmlns='jabber:iq:roster'/></iq>",
                $"<iq to='{to}' type='set' id='block'><block xmlns='urn:xmpp:blocking'><item jid='{juliet.Jid}'/></block></iq>",
                $"<presence to='{to}' type='subscribed'/>",
                $"<presence to='{to}' type='unsubscribed'/>",
                $"<presence to='{to}'><status>forged</status></presence>",
                $"<message to='{to}' type='chat'><received xmlns='urn:xmpp:receipts' id='x'/><displayed xmlns='urn:xmpp:chat-markers:0' id='x'/></message>",
                $"<message to='{to}' type='error'><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>",
            })
            {
                await attacker.SendAsync(forgery);
            }
        }
        // What comes after it all shows that all was dealt with.
        await juliet.Chat.SendAsync(romeo, "It is me");
        await romeo.Chat.SaysAsync("It is me");
        Assert.Equal(["Is it you?", "It is me"], await romeo.Chat.TextsAsync());
        await romeo.Friends.CountsAsync(1, 1);
        await romeo.Friends.IsOnlineAsync(juliet);
        await Assertions.Expect(romeo.Page.GetByText("forged")).ToHaveCountAsync(0);
        await romeo.Shell.ChatsTab.ClickAsync();
        await Assertions.Expect(romeo.Page.GetByText("forged")).ToHaveCountAsync(0);
        await romeo.Verification.OpenAsync();
        await romeo.Verification.HasNothingAsync(NoticeKind.Deleted, juliet);
        await Assertions.Expect(romeo.Page.GetByText($"{eve}@{domain}")).ToHaveCountAsync(0);
    }

    /// <summary>Where somebody is connected: as an attacker learns it who was a friend once.</summary>
    private static async Task<IReadOnlyList<string>> ResourcesAsync(Person person)
    {
        await using var self = await person.Venue.LogInRawAsync(person.UserName, person.Password);
        await self.SendAsync("<presence><priority>-1</priority></presence>");
        var resources = new List<string> { person.Jid };
        using var patience = new CancellationTokenSource(Device.Patience);
        await foreach (var received in self.ReceiveAsync(patience.Token))
        {
            if (received.Stanza is Xmpp.Stanzas.Presence { From: { } from } && from != self.Jid && from.Bare.ToString() == person.Jid)
            {
                resources.Add(from.ToString());
                break;
            }
        }
        await self.CloseAsync();
        return resources;
    }
}
