using MyChat.Client.Connections;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Modules;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Tests.Sessions;

public sealed class SelfTests
{
    [Fact]
    public async Task Presence_tells_what_the_client_can_do_and_the_client_answers_for_it()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        var address = await AddressOf(juliet);
        await using var bystander = await LogIn(world, "romeo");
        await bystander.SendAsync(new Presence());
        var presence = await Next<Presence>(bystander, presence => address.Equals(presence.From));
        var told = presence.Payload.Child(EntityCapabilities.C)!;

        var node = $"{told["node"]}#{told["ver"]}";
        var info = (await Ask(bystander, address, new Element(Disco.Info, ("node", node)))).Payload.Child(Disco.Info)!;
        Assert.Equal(told["ver"], EntityCapabilities.Verify(info));
        Assert.Equal(node, info["node"]);
        var version = (await Ask(bystander, address, new Element(SoftwareVersion.Query))).Payload.Child(SoftwareVersion.Query)!;
        Assert.Equal("MyChat", version.Child(SoftwareVersion.Name)?.Text);
        await Ask(bystander, address, new Element(Ping.Query));
        Assert.NotNull((await Ask(bystander, address, new Element(EntityTime.Time))).Payload.Child(EntityTime.Time));
        var refusal = await Assert.ThrowsAsync<StanzaErrorException>(() => Ask(bystander, address, new Element(Disco.Info, ("node", "urn:mychat:client#x"))));
        Assert.Equal(StanzaErrorCondition.ItemNotFound, refusal.Condition);
        await Refuses(bystander, address, new Element(new XName("urn:example", "what")));
        // How long nobody has looked is for the user's own devices.
        await Refuses(bystander, address, new Element(LastActivity.Query));

        // What the user does not want is not told either.
        await juliet.Client.Self.SetPreferencesAsync(juliet.Client.Self.Preferences with { SendReceipts = false });
        var changed = await Next<Presence>(bystander, presence => address.Equals(presence.From) && presence.Payload.Child(EntityCapabilities.C)?["ver"] != told["ver"]);
        info = (await Ask(bystander, address, new Element(Disco.Info))).Payload.Child(Disco.Info)!;
        Assert.Equal(changed.Payload.Child(EntityCapabilities.C)?["ver"], EntityCapabilities.Verify(info));
        Assert.DoesNotContain(info.Elements, feature => feature["var"] == "urn:xmpp:receipts");
    }

    [Fact]
    public async Task A_stranger_hears_what_it_would_hear_if_nobody_were_there()
    {
        await using var world = await World.StartAsync();
        var juliet = await world.Enter("juliet");
        var address = await AddressOf(juliet);
        await using var tybalt = await LogIn(world, "tybalt");
        foreach (var question in new[] { Ping.Query, SoftwareVersion.Query, EntityTime.Time, Disco.Info })
        {
            await Refuses(tybalt, address, new Element(question));
            await Refuses(tybalt, FullJid.Parse("juliet@verona.lit/nobody"), new Element(question));
        }
    }

    [Fact]
    public async Task What_the_user_chose_is_there_after_a_restart()
    {
        await using var world = await World.StartAsync();
        var juliet = await world.Enter("juliet");
        var preferences = new Preferences
        {
            SendTyping = false,
            SendReadMarkers = false,
            CanBeFound = false,
            Format = new("kai", 14, true, false, true, "#336699"),
        };
        await juliet.Client.Self.SetPreferencesAsync(preferences);
        await juliet.Client.Self.SetAvailabilityAsync(Availability.Away);
        await juliet.Client.Self.SetSignatureAsync("good  night");
        await juliet.Client.StopAsync();

        var again = await world.Enter("juliet", juliet.Store);
        Assert.Equal(preferences, again.Client.Self.Preferences);
        Assert.Equal((Availability.Away, "good night"), (again.Client.Self.Availability, again.Client.Self.Signature));

        // On a new device: what is kept on the server.
        var phone = await world.Enter("juliet");
        Assert.Equal((Availability.Online, "good night"), (phone.Client.Self.Availability, phone.Client.Self.Signature));
        Assert.False(phone.Client.Self.Preferences.CanBeFound);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => phone.Client.Self.SetAvailabilityAsync(Availability.Offline));
    }

    [Fact]
    public async Task The_users_devices_are_shown_with_their_software()
    {
        await using var world = await World.StartAsync();
        var desk = await world.Enter("juliet");
        var phone = await world.Enter("juliet", options: options => options with { ClientName = "Pocket" });
        await phone.Client.Self.SetAvailabilityAsync(Availability.Away);
        await desk.Sees(() => desk.Client.Contacts.Resources(desk.Jid).Any(resource => resource.Availability == Availability.Away));

        var devices = await desk.Client.Self.GetDevicesAsync();

        Assert.Equal(2, devices.Count);
        Assert.True(devices[0].IsThis);
        Assert.StartsWith("MyChat ", devices[0].Software, StringComparison.Ordinal);
        Assert.Equal((false, Availability.Away), (devices[1].IsThis, devices[1].Availability));
        Assert.StartsWith("Pocket ", devices[1].Software, StringComparison.Ordinal);
        await phone.Client.StopAsync();
        await desk.Sees(() => desk.Client.Contacts.Resources(desk.Jid).Count == 1);
    }

    [Fact]
    public async Task The_server_is_told_when_nobody_looks()
    {
        await using var world = await World.StartAsync();
        var wire = new Wire();
        var juliet = await world.Enter("juliet", options: options => options with { Log = wire });
        juliet.Client.Self.SetActive(false);
        juliet.Client.Self.SetActive(false);
        await juliet.Sees(() => wire.Sent.Count(piece => piece.Contains("<inactive ", StringComparison.Ordinal)) == 1);
        juliet.Client.Self.SetActive(true);
        await juliet.Sees(() => wire.Sent.Any(piece => piece.Contains("<active ", StringComparison.Ordinal)));
        Assert.Equal(1, wire.Sent.Count(piece => piece.Contains("<inactive ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_signature_that_the_server_does_not_keep_is_not_pretended()
    {
        await using var world = await World.StartAsync(typeof(VCardModule));
        var juliet = await world.Enter("juliet");
        await Assert.ThrowsAsync<StanzaErrorException>(() => juliet.Client.Self.SetSignatureAsync("hm"));
        Assert.Null(juliet.Client.Self.Signature);
    }

    private static async Task<FullJid> AddressOf(TestDevice device) => (await device.Client.Self.GetDevicesAsync()).Single(own => own.IsThis).Jid;

    private static async Task<XmppConnection> LogIn(World world, string name)
    {
        var connection = await XmppConnection.OpenAsync(world.Server.Connect(PlayTransport.Tls).Transport, new ConnectionOptions { Domain = "verona.lit" });
        await connection.LogInAsync(new LogIn(name, "secret"));
        return connection;
    }

    private static Task<Iq> Ask(XmppConnection connection, Jid to, Element question) =>
        connection.RequestAsync(new Iq { Type = IqType.Get, To = to, Payload = new Payload(question) });

    private static async Task Refuses(XmppConnection connection, Jid to, Element question)
    {
        var refusal = await Assert.ThrowsAsync<StanzaErrorException>(() => Ask(connection, to, question));
        Assert.Equal((StanzaErrorCondition.ServiceUnavailable, StanzaErrorType.Cancel, (string?)null), (refusal.Condition, refusal.Error.Type, refusal.Error.Text));
    }

    private static async Task<T> Next<T>(XmppConnection connection, Func<T, bool> isIt) where T : Stanza
    {
        using var patience = new CancellationTokenSource(World.Patience);
        await foreach (var received in connection.ReceiveAsync(patience.Token))
        {
            if (received.Stanza is T stanza && isIt(stanza))
            {
                return stanza;
            }
        }
        throw new InvalidOperationException("The stream ended.");
    }
}
