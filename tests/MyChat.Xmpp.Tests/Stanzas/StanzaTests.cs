using System.Buffers;
using System.Text;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Stanzas;

public class StanzaTests
{
    private static readonly Iq Request = new()
    {
        From = Jid.Parse("juliet@verona.lit/b"),
        To = Jid.Parse("verona.lit"),
        Id = "a'<1",
        Type = IqType.Get,
        Payload = new Payload(new Element(new XName("urn:q", "query"), ("a", "&"))),
    };

    [Fact]
    public void A_stanza_is_written_with_its_header_escaped_and_its_payload_as_it_is()
    {
        Assert.Equal(
            "<iq from='juliet@verona.lit/b' to='verona.lit' type='get' id='a&apos;&lt;1'><query xmlns='urn:q' a='&amp;'/></iq>",
            Request.ToString());
        Assert.Equal("<message/>", new Message().ToString());
        Assert.Equal("<presence type='probe' xml:lang='en'/>", new Presence { Type = PresenceType.Probe, Lang = "en" }.ToString());
    }

    [Fact]
    public void A_stanza_declares_its_namespace_when_asked()
    {
        var output = new ArrayBufferWriter<byte>();
        new Message { Type = MessageType.Chat }.WriteTo(output, xmlns: true);

        Assert.Equal("<message xmlns='jabber:client' type='chat'/>", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void A_long_id_of_characters_to_escape_fits()
    {
        var message = new Message { Id = new string('"', 5000) + "\u20AC\U0001D11E" };

        Assert.Equal(message.Id, Element.Parse(message.ToString())["id"]);
    }

    [Fact]
    public void A_result_and_an_error_go_back_to_the_sender()
    {
        Assert.Equal("<iq from='verona.lit' to='juliet@verona.lit/b' type='result' id='a&apos;&lt;1'/>", Request.ToResult().ToString());
        Assert.Equal(
            "<iq from='verona.lit' to='juliet@verona.lit/b' type='error' id='a&apos;&lt;1'><error type='auth'>"
            + "<forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
            + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>No.</text></error></iq>",
            Request.ToError(new StanzaError(StanzaErrorCondition.Forbidden, "No.")).ToString());
    }

    [Fact]
    public void An_error_is_never_answered_with_an_error()
    {
        var error = Request.ToError(new StanzaError(StanzaErrorCondition.Conflict));

        Assert.False(error.MayBeAnswered);
        Assert.False(Request.ToResult().MayBeAnswered);
        Assert.Throws<InvalidOperationException>(() => error.ToError(new StanzaError(StanzaErrorCondition.Conflict)));
    }

    [Fact]
    public void Every_stanza_error_is_read_as_it_was_written()
    {
        foreach (var condition in Enum.GetValues<StanzaErrorCondition>())
        {
            var error = new StanzaError(condition, "Why.");
            Assert.Equal(error, StanzaError.Read(Request.ToError(error)));
        }

        Assert.Null(StanzaError.Read(Request));
    }

    [Fact]
    public void Every_stream_error_is_read_as_it_was_written()
    {
        foreach (var condition in Enum.GetValues<StreamErrorCondition>())
        {
            var error = new StreamError(condition, "Why.");
            Assert.Equal(error, StreamError.Read(Element.Parse(error.ToElement().ToString())));
        }

        Assert.Equal("unsupported-stanza-type", StreamErrorCondition.UnsupportedStanzaType.Name());
        Assert.Equal(
            "<stream:error xmlns:stream='http://etherx.jabber.org/streams'><reset xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>",
            new StreamError(StreamErrorCondition.Reset).ToElement().ToString());
    }

    [Fact]
    public void A_payload_gains_and_loses_elements()
    {
        var body = new Element(XNames.Body, "x");
        var payload = Payload.Empty.With(body).With(new Element(XNames.Thread));

        Assert.Equal(XNames.Body, payload.First);
        Assert.Equal("x", payload.Child(XNames.Body)?.Text);
        Assert.True(payload.Mentions("thread"u8));
        Assert.Equal("<thread/>", Encoding.UTF8.GetString(payload.Without(e => e.Name == XNames.Body).Utf8.Span));
        Assert.Same(payload, payload.Without(_ => false));
        Assert.Same(payload.Elements, payload.Elements);
    }

    [Fact]
    public void A_name_hidden_by_a_character_reference_may_be_there()
    {
        var hidden = Read("<message><x xmlns='urn:xmpp:si&#x64;:0'/></message>").Payload;
        Assert.True(hidden.Mentions("urn:xmpp:sid:0"u8));
        Assert.Equal("urn:xmpp:sid:0", hidden.Elements[0].Name.Ns);
        Assert.False(Read("<message><body>&lt;urn&gt;</body></message>").Payload.Mentions("urn:xmpp:sid:0"u8));
    }

    private static Stanza Read(string xml)
    {
        var parser = new StanzaParser();
        parser.ReadHeader("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"u8);
        return (Stanza)parser.Read(Encoding.UTF8.GetBytes(xml));
    }
}
