using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

public class VCardTempTests
{
    private static Element Card(string content) => Element.Parse($"<vCard xmlns='vcard-temp'>{content}</vCard>");

    private static string Photo(int bytes) =>
        $"<PHOTO><TYPE>image/png</TYPE><BINVAL>{Convert.ToBase64String(new byte[bytes], Base64FormattingOptions.InsertLineBreaks)}</BINVAL></PHOTO>";

    [Fact]
    public void A_name_is_read_with_single_spaces_and_an_empty_one_is_none()
    {
        var card = Card("<FN> Juliet\n  Capulet </FN><NICKNAME> </NICKNAME>");
        Assert.Equal("Juliet Capulet", VCardTemp.TextOf(card, VCardTemp.FullName));
        Assert.Null(VCardTemp.TextOf(card, VCardTemp.Nickname));
        Assert.Null(VCardTemp.TextOf(Card(""), VCardTemp.FullName));
    }

    [Fact]
    public void A_photo_may_have_64_kilobytes_once_decoded()
    {
        Assert.Null(VCardTemp.FindFault(Card(Photo(65_536))));
        Assert.Contains("65537", VCardTemp.FindFault(Card(Photo(65_537))));
        Assert.Contains("65537", VCardTemp.FindFault(Card(Photo(1) + Photo(65_537))));
        Assert.Contains("Base64", VCardTemp.FindFault(Card("<PHOTO><BINVAL>no</BINVAL></PHOTO>")));
    }

    [Fact]
    public void A_vcard_may_have_128_kilobytes()
    {
        var frame = Card("<DESC>x</DESC>").ToString().Length - 1;
        Assert.Null(VCardTemp.FindFault(Card($"<DESC>{new string('x', VCardTemp.MaxBytes - frame)}</DESC>")));
        Assert.NotNull(VCardTemp.FindFault(Card($"<DESC>{new string('x', VCardTemp.MaxBytes - frame + 1)}</DESC>")));
    }

    [Fact]
    public void A_name_may_have_1023_bytes()
    {
        Assert.Null(VCardTemp.FindFault(Card($"<FN>{new string('明', 341)}</FN>")));
        Assert.NotNull(VCardTemp.FindFault(Card($"<FN>{new string('明', 341)}x</FN>")));
        Assert.NotNull(VCardTemp.FindFault(Card($"<NICKNAME>{new string('x', 1024)}</NICKNAME>")));
    }
}
