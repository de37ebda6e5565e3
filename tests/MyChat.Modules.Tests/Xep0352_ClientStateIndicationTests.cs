using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.Modules.Tests;

public sealed class ClientStateIndicationTests
{
    private const string Composing = "<composing xmlns='http://jabber.org/protocol/chatstates'/>";
    private const string Paused = "<paused xmlns='http://jabber.org/protocol/chatstates'/>";

    // The fence of a play is a request, which lets out what waits: that it waited shows in what never comes, and in the order.

    /// <summary>What the actor sent so far has reached the accounts it is for.</summary>
    private static async Task HasBeenHeard(Actor who)
    {
        await who.Sends("<iq type='get' id='heard' to='verona.lit'><ping xmlns='urn:xmpp:ping'/></iq>");
        await who.Receives("<iq type='result' id='heard' …/>");
    }

    [Fact]
    public async Task What_can_wait_comes_newest_only_and_in_order_before_what_cannot()
    {
        await using var play = await Play.With<ClientStateIndication, PingModule>();
        var phone = await play.Enter("juliet/phone");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        var nurse = await play.Enter("nurse/house", presence: false);
        await phone.Sends("<inactive xmlns='urn:xmpp:csi:0'/>");
        await HasBeenHeard(phone);
        await romeo.Sends("<presence to='juliet@verona.lit/phone'><show>away</show></presence>");
        await romeo.Sends($"<message to='juliet@verona.lit' type='chat'>{Composing}</message>");
        await HasBeenHeard(romeo);
        await nurse.Sends("<presence to='juliet@verona.lit/phone'/>");
        await HasBeenHeard(nurse);
        await romeo.Sends($"<message to='juliet@verona.lit/phone' type='chat'>{Paused}</message>");
        await romeo.Sends("<presence to='juliet@verona.lit/phone'><show>dnd</show></presence>");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        await phone.Receives("<presence from='nurse@verona.lit/house' to='juliet@verona.lit/phone'/>");
        await phone.Receives($"<message from='romeo@verona.lit/orchard' to='juliet@verona.lit/phone' type='chat'>{Paused}</message>");
        await phone.Receives("<presence from='romeo@verona.lit/orchard' to='juliet@verona.lit/phone'><show>dnd</show></presence>");
        await phone.Receives("<message from='romeo@verona.lit/orchard' …><body>Soft!</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("<iq to='juliet@verona.lit/phone' type='result' id='1'/>")]
    [InlineData("<presence to='juliet@verona.lit' type='subscribe'/>")]
    [InlineData("<message to='juliet@verona.lit/phone' type='headline'><body>News</body></message>")]
    public async Task What_matters_does_not_wait_and_lets_out_what_does(string important)
    {
        await using var play = await Play.With<ClientStateIndication, PingModule>();
        var phone = await play.Enter("juliet/phone");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await phone.Sends("<inactive xmlns='urn:xmpp:csi:0'/>");
        await HasBeenHeard(phone);
        await romeo.Sends("<presence to='juliet@verona.lit/phone'><show>away</show></presence>");
        await romeo.Sends("<presence to='juliet@verona.lit/phone'/>");
        await romeo.Sends(important);
        await phone.Receives("<presence from='romeo@verona.lit/orchard' to='juliet@verona.lit/phone'/>");
        await phone.Receives(important[1..2] switch
        {
            "i" => "<iq from='romeo@verona.lit/orchard' …/>",
            "p" => "<presence type='subscribe' …/>",
            _ => "<message from='romeo@verona.lit/orchard' …><body>News</body></message>",
        });
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task All_that_waited_comes_before_the_answer_to_what_follows_active()
    {
        await using var play = await Play.With<ClientStateIndication, PingModule>();
        var phone = await play.Enter("juliet/phone");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await phone.Sends("<inactive xmlns='urn:xmpp:csi:0'/>");
        await HasBeenHeard(phone);
        await romeo.Sends("<presence to='juliet@verona.lit/phone'><show>away</show></presence>");
        await romeo.Sends("<presence to='juliet@verona.lit/phone'/>");
        await HasBeenHeard(romeo);
        await phone.Sends("<inactive xmlns='urn:xmpp:csi:0'/>"); // said twice, it changes nothing
        await phone.Sends("<active xmlns='urn:xmpp:csi:0'/><iq type='get' id='1' to='verona.lit'><ping xmlns='urn:xmpp:ping'/></iq>");
        await phone.Receives("<presence from='romeo@verona.lit/orchard' to='juliet@verona.lit/phone'/>");
        await phone.Receives("<iq type='result' id='1' …/>");
        await romeo.Sends("<presence to='juliet@verona.lit/phone'><show>xa</show></presence>");
        await romeo.Sends("<presence to='juliet@verona.lit/phone'><show>chat</show></presence>");
        await phone.Receives("<presence from='romeo@verona.lit/orchard' …><show>xa</show></presence>");
        await phone.Receives("<presence from='romeo@verona.lit/orchard' …><show>chat</show></presence>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_copy_of_a_chat_state_waits_and_is_still_a_copy()
    {
        await using var play = await Play.With<ClientStateIndication, MessageCarbons>();
        var phone = await play.Enter("juliet/phone", presence: false);
        await phone.Sends("<inactive xmlns='urn:xmpp:csi:0'/>");
        await phone.Sends("<iq type='set' id='1'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
        await phone.Receives("<iq type='result' id='1' …/>");
        var laptop = await play.Enter("juliet/laptop", presence: false);
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await romeo.Sends($"<message to='juliet@verona.lit/laptop' type='chat'>{Composing}</message>");
        await romeo.Sends($"<message to='juliet@verona.lit/laptop' type='chat'>{Paused}</message>");
        await romeo.Sends("<message to='juliet@verona.lit/phone' type='chat'><body>Soft!</body></message>");
        await laptop.Receives($"<message …>{Composing}</message>");
        await laptop.Receives($"<message …>{Paused}</message>");
        await phone.Receives(
            "<message from='juliet@verona.lit' to='juliet@verona.lit/phone' type='chat'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + $"<message xmlns='jabber:client' from='romeo@verona.lit/orchard' to='juliet@verona.lit/laptop' type='chat'>{Paused}</message>"
            + "</forwarded></received></message>");
        await phone.Receives("<message from='romeo@verona.lit/orchard' …><body>Soft!</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task It_is_offered_after_log_in()
    {
        await using var play = await Play.With<ClientStateIndication>();
        var phone = await play.Enter("juliet/phone", presence: false);
        Assert.NotNull(phone.Connection.Features.Child(Xmpp.Xeps.ClientState.Feature));
    }

    [Fact]
    public async Task A_resumed_stream_is_active()
    {
        await using var play = await Play.With<ClientStateIndication, PingModule>();
        var phone = await play.Enter("juliet/phone", management: Management.Automatic);
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await phone.Sends("<inactive xmlns='urn:xmpp:csi:0'/>");
        await HasBeenHeard(phone);
        await phone.DropsLink();
        await romeo.Sends("<presence to='juliet@verona.lit/phone'><show>away</show></presence>");
        await romeo.Sends("<presence to='juliet@verona.lit/phone'/>");
        await HasBeenHeard(romeo);
        await phone.Resumes();
        await phone.Receives("<presence from='romeo@verona.lit/orchard' to='juliet@verona.lit/phone'/>");
        await romeo.Sends("<presence to='juliet@verona.lit/phone'><show>xa</show></presence>");
        await phone.Receives("<presence from='romeo@verona.lit/orchard' …><show>xa</show></presence>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Presence_that_waited_is_forgotten_when_the_client_goes_offline()
    {
        await using var play = await Play.With<ClientStateIndication, PingModule>();
        var phone = await play.Enter("juliet/phone");
        var romeo = await play.Enter("romeo/orchard", presence: false);
        await phone.Sends("<inactive xmlns='urn:xmpp:csi:0'/>");
        await HasBeenHeard(phone);
        await romeo.Sends("<presence to='juliet@verona.lit/phone'><show>away</show></presence>");
        await romeo.Sends($"<message to='juliet@verona.lit/phone' type='chat'>{Composing}</message>");
        await HasBeenHeard(romeo);
        await phone.Sends("<presence type='unavailable'/>");
        await phone.Receives("<presence type='unavailable' from='juliet@verona.lit/phone' …/>");
        await phone.Sends("<active xmlns='urn:xmpp:csi:0'/>");
        await phone.Receives($"<message from='romeo@verona.lit/orchard' …>{Composing}</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task No_more_waits_than_may()
    {
        await using var play = await Play.With(
            PlayTransport.Memory, new TestServerOptions { Modules = [new ClientStateIndication { MostHeld = 2 }, new PingModule()] });
        var phone = await play.Enter("juliet/phone");
        await phone.Sends("<inactive xmlns='urn:xmpp:csi:0'/>");
        await HasBeenHeard(phone);
        var senders = new List<Actor>();
        for (var i = 1; i <= 3; i++)
        {
            senders.Add(await play.Enter($"romeo/{i}", presence: false));
            await senders[^1].Sends("<presence to='juliet@verona.lit/phone'/>");
            await HasBeenHeard(senders[^1]);
        }
        // Nothing but presence came, and all of it is here.
        await phone.Receives("<presence from='romeo@verona.lit/1' …/>");
        await phone.Receives("<presence from='romeo@verona.lit/2' …/>");
        await phone.Receives("<presence from='romeo@verona.lit/3' …/>");
        await play.NobodyReceivesMore();
    }
}
