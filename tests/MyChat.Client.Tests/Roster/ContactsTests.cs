using MyChat.Client.Connections;
using MyChat.Client.Roster;
using MyChat.Client.Stores;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Tests.Roster;

public sealed class ContactsTests
{
    [Fact]
    public async Task Two_become_friends_and_see_each_other()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = (await world.Enter("romeo"), await world.Enter("juliet"));

        await romeo.Client.Contacts.AskAsync(juliet.Jid, "It is the east");
        Assert.Equal(Friendship.Asked, romeo[juliet].Friendship);
        await juliet.Sees(() => juliet.Arrived.SequenceEqual(["Request romeo"]));
        Assert.Equal("It is the east", juliet.Client.Notices.All[0].Note);
        Assert.Equal(1, juliet.Client.Notices.UnseenCount);

        await juliet.Client.Notices.AgreeAsync(romeo.Jid);
        await romeo.Sees(() => romeo[juliet] is { Friendship: Friendship.Friends, IsOnline: true });
        await juliet.Sees(() => juliet[romeo] is { Friendship: Friendship.Friends, IsOnline: true });
        await romeo.SeesInbox("Agreed juliet");
        await juliet.SeesInbox();
        await romeo.Sees(() => romeo.Arrived.SequenceEqual(["Agreed juliet"]));
        Assert.Equal(["Request romeo"], juliet.Arrived);
        Assert.Equal(1, romeo.Client.Contacts.OnlineCount);
    }

    [Fact]
    public async Task Where_the_server_does_not_know_pre_approval_the_client_says_yes_to_whom_it_asked()
    {
        await using var world = await World.StartAsync();
        var romeo = await world.Enter("romeo", options: options => options with
        {
            Dial = (_, _) => ValueTask.FromResult<ClientTransport>(new EditedTransport(
                world.Server.Connect(PlayTransport.Tls).Transport,
                piece => piece.Replace(Ns.PreApproval, "urn:example:unknown", StringComparison.Ordinal))),
        });
        var juliet = await world.Enter("juliet");
        await romeo.Befriends(juliet);
        await romeo.Settles();
        Assert.DoesNotContain("Request juliet", romeo.Arrived);
    }

    [Fact]
    public async Task The_roster_is_there_at_once_and_is_not_sent_twice()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        await juliet.Client.Contacts.RenameAsync(romeo.Jid, "my  \u202Elove");
        await juliet.Sees(() => juliet[romeo].Name == "my love");
        await juliet.Settles();
        await juliet.Client.StopAsync();

        var wire = new Wire();
        await using var offline = new ChatClient(
            new MyChat.Client.Sessions.ChatOptions
            {
                Account = juliet.Jid,
                Credentials = new MyChat.Client.Sessions.Credentials("secret"),
                Dial = (_, _) => throw new IOException("No network."),
            },
            juliet.Store);
        await offline.StartAsync();
        Assert.True(offline.Contacts.IsLoaded);
        var friend = Assert.Single(offline.Contacts.Friends);
        Assert.Equal(("my love", "my love", Availability.Offline), (friend.Name, friend.Alias, friend.Availability));

        var again = await world.Enter("juliet", juliet.Store, options => options with { Log = wire });
        await again.Sees(() => again[romeo].IsOnline);
        await again.Settles();
        Assert.DoesNotContain(wire.Received, piece => piece.Contains("<item jid='romeo@verona.lit'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Presence_tells_how_reachable_somebody_is_and_when_they_left()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        await juliet.Client.Self.SetSignatureAsync("Thou know'st the mask of night is on my face");
        await juliet.Client.Self.SetAvailabilityAsync(Availability.Busy);
        await romeo.Sees(() => romeo[juliet] is { Availability: Availability.Busy, Signature: "Thou know'st the mask of night is on my face" });

        // The second device is more reachable; both have the same priority.
        var phone = await world.Enter("juliet");
        await romeo.Sees(() => romeo[juliet].Availability == Availability.Online);
        await phone.Client.StopAsync();
        await romeo.Sees(() => romeo[juliet].Availability == Availability.Busy);
        await juliet.Client.StopAsync();
        await romeo.Sees(() => romeo[juliet] is { Availability: Availability.Offline, LastSeen: not null });
        Assert.Equal("Thou know'st the mask of night is on my face", romeo[juliet].Signature);
        Assert.Equal(0, romeo.Client.Contacts.OnlineCount);
    }

    [Fact]
    public async Task When_an_absent_friend_was_last_seen_is_asked_of_the_server()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        await romeo.Settles();
        await romeo.Client.StopAsync();
        await juliet.Client.StopAsync();
        // The server tells whole seconds, and zero says that somebody is there.
        await using (var bystander = await LogIn(world, "romeo"))
        {
            var question = new Iq { Type = IqType.Get, To = juliet.Jid, Payload = new Payload(new Element(LastActivity.Query)) };
            while ((await bystander.RequestAsync(question)).Payload.Child(LastActivity.Query)?["seconds"] == "0")
            {
                await Task.Yield();
            }
        }
        var again = await world.Enter("romeo", romeo.Store);
        await again.Sees(() => again[juliet].LastSeen is not null);
        Assert.Equal(Availability.Offline, again[juliet].Availability);
    }

    [Fact]
    public async Task A_roster_push_of_somebody_else_is_not_believed()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        await using var tybalt = await Stranger(world);
        var push = new Iq
        {
            Type = IqType.Set,
            To = await AddressOf(romeo),
            Payload = new Payload(new Element(
                RosterNames.Query, new Element(RosterNames.Item, ("jid", "tybalt@verona.lit"), ("subscription", "both"), ("name", "juliet")))),
        };

        var refusal = await Assert.ThrowsAsync<StanzaErrorException>(() => tybalt.RequestAsync(push));

        Assert.Equal(StanzaErrorCondition.ServiceUnavailable, refusal.Condition);
        Assert.Equal([juliet.Jid], romeo.Client.Contacts.All.Select(contact => contact.Jid));
    }

    [Fact]
    public async Task Presence_of_somebody_who_is_no_friend_changes_nothing()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        var address = await AddressOf(romeo);
        await using var tybalt = await Stranger(world);
        await tybalt.SendAsync(new Presence { To = address, Payload = new Payload(new Element(XNames.Status, "Turn thee, Benvolio")) });
        // A question that stands behind it: the client has seen both when it refuses.
        await Assert.ThrowsAsync<StanzaErrorException>(() => tybalt.RequestAsync(
            new Iq { Type = IqType.Get, To = address, Payload = new Payload(new Element(new XName("urn:example", "fence"))) }));
        var stranger = romeo.Client.Contacts[World.Jid("tybalt")];
        Assert.Equal((Friendship.None, Availability.Offline, null), (stranger.Friendship, stranger.Availability, stranger.Signature));
        Assert.Equal("tybalt", stranger.Name);
        Assert.True(romeo[juliet].IsOnline);
    }

    [Fact]
    public async Task Asking_an_address_that_no_server_has_is_an_error_and_leaves_nothing()
    {
        await using var world = await World.StartAsync();
        var romeo = await world.Enter("romeo");
        var refusal = await Assert.ThrowsAsync<StanzaErrorException>(() => romeo.Client.Contacts.AskAsync(BareJid.Parse("a@nowhere.lit"), null));
        Assert.Equal(StanzaErrorCondition.RemoteServerNotFound, refusal.Condition);
        await romeo.Sees(() => romeo.Client.Contacts.ItemOf(BareJid.Parse("a@nowhere.lit")) is null);
        await Assert.ThrowsAsync<ArgumentException>(() => romeo.Client.Contacts.AskAsync(romeo.Jid, null));
        await romeo.Settles();
        Assert.Empty(romeo.Client.Notices.All);
    }

    [Fact]
    public async Task Half_a_friendship_is_completed()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        // Another kind of client lets go of one direction.
        await using var other = await LogIn(world, "juliet");
        await other.SendAsync(new Presence { Type = PresenceType.Unsubscribe, To = romeo.Jid });
        await juliet.Sees(() => juliet[romeo].Friendship == Friendship.OnlyTheyFollow);
        await romeo.Sees(() => romeo[juliet].Friendship == Friendship.OnlyIFollow);
        Assert.Empty(romeo.Client.Notices.All);

        await juliet.Client.Contacts.CompleteAsync(romeo.Jid);
        await romeo.SeesInbox("Request juliet");
        await romeo.Client.Contacts.CompleteAsync(juliet.Jid);
        await juliet.Sees(() => juliet[romeo].Friendship == Friendship.Friends);
        await romeo.SeesInbox();
    }

    [Fact]
    public async Task A_request_can_be_taken_back()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = (await world.Enter("romeo"), await world.Enter("juliet"));
        await romeo.Client.Contacts.AskAsync(juliet.Jid, null);
        await juliet.SeesInbox("Request romeo");
        await romeo.Client.Contacts.TakeBackAsync(juliet.Jid);
        await juliet.SeesInbox();
        await romeo.Sees(() => romeo.Client.Contacts.All.Count == 0);
        await romeo.Settles();
        Assert.Empty(romeo.Client.Notices.All);
    }

    [Fact]
    public async Task Whom_the_user_blocks_is_unblocked_everywhere_at_once()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        var phone = await world.Enter("romeo");
        await romeo.Client.Contacts.BlockAsync(juliet.Jid);
        await phone.Sees(() => phone[juliet] is { IsBlocked: true, Friendship: Friendship.Friends });
        await juliet.Sees(() => !juliet[romeo].IsOnline);
        await phone.Client.Contacts.UnblockAsync(juliet.Jid);
        await romeo.Sees(() => !romeo[juliet].IsBlocked);
        await juliet.Sees(() => juliet[romeo].IsOnline);
        await Assert.ThrowsAsync<XmppException>(async () =>
        {
            await romeo.Client.StopAsync();
            await romeo.Client.Contacts.BlockAsync(juliet.Jid);
        });
    }

    private static async Task<Jid> AddressOf(TestDevice device) => (await device.Client.Self.GetDevicesAsync()).Single(own => own.IsThis).Jid;

    private static Task<XmppConnection> Stranger(World world) => LogIn(world, "tybalt");

    private static async Task<XmppConnection> LogIn(World world, string name)
    {
        var connection = await XmppConnection.OpenAsync(world.Server.Connect(PlayTransport.Tls).Transport, new ConnectionOptions { Domain = "verona.lit" });
        await connection.LogInAsync(new LogIn(name, "secret"));
        return connection;
    }
}
