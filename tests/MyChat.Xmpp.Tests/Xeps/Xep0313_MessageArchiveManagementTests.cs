using System.Buffers;
using System.Text;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

public class MessageArchiveTests
{
    private static readonly BareJid Juliet = BareJid.Parse("juliet@verona.lit");
    private static readonly DateTimeOffset Noon = new(2026, 5, 17, 12, 0, 0, 250, TimeSpan.Zero);

    [Fact]
    public void A_result_is_written_and_read()
    {
        var written = new ArrayBufferWriter<byte>();
        MessageArchive.WriteResultStart(written, "a'<&\n", "id");
        written.Write("<delay xmlns='urn:xmpp:delay' stamp='2026-05-17T12:00:00.250Z'/><message xmlns='jabber:client' from='romeo@verona.lit/orchard' type='chat'><body>Soft!</body></message>"u8);
        MessageArchive.WriteResultEnd(written);
        var payload = new Payload(Element.Parse(Encoding.UTF8.GetString(written.WrittenSpan)));
        var result = MessageArchive.ReadResult(new Message { From = Juliet, Payload = payload }, Juliet);
        Assert.NotNull(result);
        Assert.Equal(("a'<&\n", "id", Noon), (result.QueryId, result.Id, result.Stamp));
        Assert.Equal("romeo@verona.lit/orchard", result.Message.From!.ToString());
        Assert.Equal("Soft!", result.Message.Payload.Child(XNames.Body)!.Text);
        Assert.NotNull(MessageArchive.ReadResult(new Message { Payload = payload }, Juliet));
        Assert.Null(MessageArchive.ReadResult(new Message { From = Jid.Parse("romeo@verona.lit"), Payload = payload }, Juliet));
        Assert.Null(MessageArchive.ReadResult(new Message { From = Jid.Parse("juliet@verona.lit/balcony"), Payload = payload }, Juliet));
    }

    [Theory]
    [InlineData("<result xmlns='urn:xmpp:mam:2' id='1'/>")]
    [InlineData("<result xmlns='urn:xmpp:mam:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'/></forwarded></result>")]
    [InlineData("<body>urn:xmpp:mam:2</body>")]
    public void What_is_no_result_is_none(string content) =>
        Assert.Null(MessageArchive.ReadResult(new Message { Payload = new Payload(Element.Parse(content)) }, Juliet));

    [Theory]
    [InlineData(true, "a", "b")]
    [InlineData(false, "a", "a")]
    [InlineData(true, null, null)]
    public void The_end_of_the_results_is_written_and_read(bool isComplete, string? first, string? last) =>
        Assert.Equal((new ResultSetPage(first, last, null), isComplete), MessageArchive.ReadFin(MessageArchive.MakeFin(isComplete, first, last)));

    [Fact]
    public void What_an_archive_says_of_itself_is_written_and_read()
    {
        var (start, end) = (new ArchiveEnd("a", Noon), new ArchiveEnd("b", Noon.AddYears(1)));
        Assert.Equal((start, end), MessageArchive.ReadMetadata(MessageArchive.MakeMetadata(start, end)));
        Assert.Null(MessageArchive.ReadMetadata(MessageArchive.MakeMetadata(null, null)));
    }
}
