using System.Text;
using MyChat.Xmpp.Xeps;

namespace MyChat.Xmpp.Tests.Xeps;

public sealed class StanzaIdsTests
{
    private const string Body = "<body>Soft!</body>";

    [Theory]
    [InlineData("<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='verona.lit'/>")]
    [InlineData("<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='juliet@verona.lit'/>")]
    [InlineData("<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='JULIET@Verona.Lit/x'/>")]
    [InlineData("<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='juliet&#64;veron&#x61;.lit'/>")]
    [InlineData("<stanza-id xmlns='urn:xmpp:si&#100;:0' id='1' by='juliet@verona.lit'/>")]
    [InlineData("<s:stanza-id xmlns:s='urn:xmpp:sid:0' id='1' by='juliet@verona.lit'/>")]
    [InlineData("<stanza-id xmlns='urn:xmpp:sid:0' id='1' by=' juliet@verona.lit'/>")]
    [InlineData("<stanza-id xmlns='urn:xmpp:sid:0' id='1'/>")]
    public void An_id_that_only_this_server_gives_is_taken_out(string forged)
    {
        var payload = Messages.Read($"<message>{Body}{forged}</message>").Payload;
        Assert.Equal(Body, Encoding.UTF8.GetString(StanzaIds.WithoutForged(payload, "verona.lit").Utf8.Span));
    }

    [Theory]
    [InlineData("<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='room@muc.verona.lit'/>")]
    [InlineData("<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='juliet@verona.lit.example'/>")]
    [InlineData("<origin-id xmlns='urn:xmpp:sid:0' id='1'/>")]
    [InlineData("<stanza-id xmlns='urn:other' id='1' by='verona.lit'/>")]
    public void What_others_gave_stays(string element)
    {
        var payload = Messages.Read($"<message>{Body}{element}</message>").Payload;
        Assert.Same(payload, StanzaIds.WithoutForged(payload, "verona.lit"));
    }
}
