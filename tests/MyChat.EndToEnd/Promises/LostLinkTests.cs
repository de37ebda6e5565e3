using MyChat.Client.Connections;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.EndToEnd.Promises;

/// <summary>Nothing is lost on a dead connection, and nothing comes twice to the same session. Time is the play's.</summary>
public sealed class LostLinkTests
{
    private static readonly Payload Ping = new(new Element(new XName("urn:xmpp:ping", "ping")));

    private const string Line = "<message from='romeo@verona.lit/orchard' …><body>Soft!</body>…</message>";
    private const string Late = "<message from='romeo@verona.lit/orchard' …><body>Soft!</body><stanza-id …/><delay …/></message>";

    /// <summary>A client that does not answer for this long is gone.</summary>
    private static readonly TimeSpan GivenUp = TimeSpan.FromSeconds(90);

    /// <summary>And its stream can be resumed for five minutes more.</summary>
    private static readonly TimeSpan Expired = TimeSpan.FromSeconds(310);

    [Theory]
    [InlineData(Management.Manual)]
    [InlineData(Management.Off)]
    public async Task What_a_phone_on_a_dead_link_was_sent_reaches_the_laptop(Management management)
    {
        await using var play = await Play.With(PlayTransport.Memory);
        var (romeo, laptop, phone) = await EnterAsync(play, management);

        await romeo.Sends("<message to='juliet@verona.lit/phone' type='chat'><body>Soft!</body></message>");
        await ReceivesSilently(play, phone, management);
        await PassAsync(play, GivenUp, laptop, romeo);
        await IsGivenUp(phone, management);
        await PassAsync(play, management == Management.Off ? TimeSpan.Zero : Expired, laptop, romeo);

        await laptop.Receives("<presence type='unavailable' from='juliet@verona.lit/phone' …/>");
        await laptop.Receives(Late);
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData(Management.Manual)]
    [InlineData(Management.Off)]
    public async Task What_the_laptop_has_does_not_come_again_when_the_phone_dies(Management management)
    {
        await using var play = await Play.With(PlayTransport.Memory);
        var (romeo, laptop, phone) = await EnterAsync(play, management);

        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        await ReceivesSilently(play, phone, management);
        await laptop.Receives(Line);
        await PassAsync(play, GivenUp, laptop, romeo);
        await IsGivenUp(phone, management);
        await PassAsync(play, Expired, laptop, romeo);

        await laptop.Receives("<presence type='unavailable' from='juliet@verona.lit/phone' …/>");
        await play.NobodyReceivesMore();
        // And neither does it come to a session of later.
        await laptop.Disconnects();
        await play.Enter("juliet/tablet");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_waits_for_a_stream_that_is_never_resumed_goes_to_the_other_session()
    {
        await using var play = await Play.With(PlayTransport.Memory);
        var (romeo, laptop, phone) = await EnterAsync(play, Management.Automatic);
        await phone.DropsLink();

        await romeo.Sends("<message to='juliet@verona.lit/phone' type='chat'><body>Soft!</body></message>");
        await romeo.Sends("<iq to='juliet@verona.lit/phone' type='get' id='version'><query xmlns='jabber:iq:version'/></iq>");
        await play.NobodyReceivesMore();
        await PassAsync(play, Expired, laptop, romeo);

        await laptop.Receives("<presence type='unavailable' from='juliet@verona.lit/phone' …/>");
        await laptop.Receives(Late);
        // RFC 6120 §8.2.3: a request is answered, by whomever.
        await romeo.Receives(
            "<iq from='juliet@verona.lit/phone' type='error' id='version' …><error type='cancel'><service-unavailable …/></error></iq>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_waits_for_a_stream_that_is_never_resumed_waits_on_where_nobody_else_is()
    {
        await using var play = await Play.With(PlayTransport.Memory);
        var romeo = await play.Enter("romeo/orchard", management: Management.Automatic);
        var phone = await play.Enter("juliet/phone", management: Management.Automatic);
        await phone.DropsLink();
        await romeo.Sends("<message to='juliet@verona.lit/phone' type='chat'><body>Soft!</body></message>");
        await romeo.Connection.ConfirmAsync(TestContext.Current.CancellationToken);
        await PassAsync(play, Expired, romeo);

        var laptop = await play.Enter("juliet/laptop");
        await laptop.Receives(Late);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_resumed_stream_gets_what_came_meanwhile_and_what_it_had_not_confirmed_once_and_in_order()
    {
        await using var play = await Play.With(PlayTransport.Memory);
        var romeo = await play.Enter("romeo/orchard");
        var phone = await play.Enter("juliet/phone", management: Management.Automatic);
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        await phone.Receives(Line);
        await play.NobodyReceivesMore();
        await phone.DropsLink();
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>It is the east</body></message>");
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Arise</body></message>");
        await play.NobodyReceivesMore();

        await phone.Resumes();
        await phone.Receives("<message …><body>It is the east</body>…</message>");
        await phone.Receives("<message …><body>Arise</body>…</message>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_a_session_of_negative_priority_must_not_get_waits_until_its_priority_rises()
    {
        await using var play = await Play.With(PlayTransport.Memory);
        var romeo = await play.Enter("romeo/orchard");
        var bot = await play.Enter("juliet/bot", priority: -1);
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        await play.NobodyReceivesMore();

        await bot.Sends("<presence/>");
        await bot.Receives("<presence from='juliet@verona.lit/bot' …/>");
        await bot.Receives(Late);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task What_a_session_of_negative_priority_must_not_get_goes_to_the_next_that_comes()
    {
        await using var play = await Play.With(PlayTransport.Memory);
        var romeo = await play.Enter("romeo/orchard");
        var bot = await play.Enter("juliet/bot", priority: -1);
        await romeo.Sends("<message to='juliet@verona.lit' type='chat'><body>Soft!</body></message>");
        await play.NobodyReceivesMore();

        var laptop = await play.Enter("juliet/laptop");
        await bot.Receives("<presence from='juliet@verona.lit/laptop' …/>");
        await laptop.ReceivesInAnyOrder("<presence from='juliet@verona.lit/bot' …><priority>-1</priority></presence>", Late);
        await play.NobodyReceivesMore();
    }

    /// <summary>The message comes, and later the server's question whether it did; there is no answer.</summary>
    private static async Task ReceivesSilently(Play play, Actor phone, Management management)
    {
        if (management == Management.Manual)
        {
            await phone.Receives("<r xmlns='urn:xmpp:sm:3'/>"); // about the presence before
        }
        await phone.Receives(Line);
        if (management == Management.Off)
        {
            play.Passes(TimeSpan.FromSeconds(6));
            await phone.Receives("<iq from='verona.lit' type='get' …><ping xmlns='urn:xmpp:ping'/></iq>");
        }
    }

    private static async Task IsGivenUp(Actor phone, Management management)
    {
        if (management == Management.Manual)
        {
            await phone.Receives("<a xmlns='urn:xmpp:sm:3' h='1'/>");
        }
        await phone.IsDisconnected(StreamErrorCondition.ConnectionTimeout);
    }

    private static async Task<(Actor Romeo, Actor Laptop, Actor Phone)> EnterAsync(Play play, Management management)
    {
        var romeo = await play.Enter("romeo/orchard");
        var laptop = await play.Enter("juliet/laptop", management: Management.Automatic);
        var phone = await play.Enter("juliet/phone", management: management, showServerPings: true);
        await laptop.Receives("<presence from='juliet@verona.lit/phone' …/>");
        await phone.Receives("<presence from='juliet@verona.lit/laptop' …/>");
        return (romeo, laptop, phone);
    }

    /// <summary>Lets time pass in steps that leave the living the time to answer.</summary>
    private static async Task PassAsync(Play play, TimeSpan time, params Actor[] living)
    {
        var step = TimeSpan.FromSeconds(10);
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            play.Passes(step);
            foreach (var actor in living)
            {
                await SpeakAsync(actor);
            }
        }
    }

    private static async Task SpeakAsync(Actor actor)
    {
        try
        {
            await actor.Connection.RequestAsync(new Iq { Type = IqType.Get, Payload = Ping });
        }
        catch (StanzaErrorException)
        {
            // Any answer will do.
        }
    }
}
