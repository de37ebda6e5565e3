using MyChat.Client.Profiles;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Tests.Profiles;

public sealed class VCardsTests
{
    public static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public void Names_signature_and_picture_are_read()
    {
        var profile = VCards.Read(Element.Parse(
            "<vCard xmlns='vcard-temp'><FN>Juliet Capulet</FN><NICKNAME> Jule \n</NICKNAME><DESC>Wherefore\n art thou?</DESC>"
            + $"<PHOTO><TYPE>text/html</TYPE><BINVAL>\n{Convert.ToBase64String(Png)}\n</BINVAL></PHOTO></vCard>"));
        Assert.Equal(("Jule", "Wherefore art thou?"), (profile.Name, profile.Signature));
        Assert.Equal("image/png", profile.Picture?.Type);
        Assert.Equal(Png, profile.Picture?.Bytes);
    }

    [Fact]
    public void The_full_name_stands_in_for_a_nickname() =>
        Assert.Equal("Juliet", VCards.Read(Element.Parse("<vCard xmlns='vcard-temp'><NICKNAME>\u202E</NICKNAME><FN>Juliet</FN></vCard>")).Name);

    [Theory]
    [InlineData("<svg onload='alert(1)'/>")]
    [InlineData("")]
    public void What_is_no_picture_is_never_one(string content) => Assert.Null(VCards.Read(Element.Parse(
        $"<vCard xmlns='vcard-temp'><PHOTO><TYPE>image/png</TYPE><BINVAL>{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(content))}</BINVAL></PHOTO></vCard>"))
        .Picture);

    [Fact]
    public void A_picture_without_end_is_not_decoded()
    {
        var bytes = new byte[VCards.MostPictureBytes + 1];
        Png.CopyTo(bytes, 0);
        var photo = $"<vCard xmlns='vcard-temp'><PHOTO><BINVAL>{Convert.ToBase64String(bytes)}</BINVAL></PHOTO></vCard>";
        Assert.Null(VCards.Read(Element.Parse(photo)).Picture);
        Assert.Null(VCards.Read(Element.Parse("<vCard xmlns='vcard-temp'><PHOTO><BINVAL>no base64!</BINVAL></PHOTO></vCard>")).Picture);
    }

    [Fact]
    public void What_a_profile_does_not_know_stays_in_the_vcard()
    {
        var vcard = Element.Parse(
            "<vCard xmlns='vcard-temp'><FN>Juliet Capulet</FN><TEL><HOME/><NUMBER>1</NUMBER></TEL><NICKNAME>J</NICKNAME><DESC>old</DESC></vCard>");
        var written = VCards.Write(new Profile("朱丽叶", null, VCards.MakePicture(Png)), vcard);
        var profile = VCards.Read(written);
        Assert.Equal(("朱丽叶", (string?)null, "image/png"), (profile.Name, profile.Signature, profile.Picture?.Type));
        Assert.Equal("1", written.Child(new XName("vcard-temp", "TEL"))?.Child(new XName("vcard-temp", "NUMBER"))?.Text);
        Assert.Equal("Juliet Capulet", written.Child(new XName("vcard-temp", "FN"))?.Text);
        Assert.Single(written.Elements, element => element.Name.Local == "NICKNAME");
    }

    [Theory]
    [InlineData("  a\t\nb ", "a b")]
    [InlineData("evil\u202Egnp.exe\u2066\u200E", "evilgnp.exe")]
    [InlineData("\u0007\u200B \u202C", null)]
    [InlineData("👩‍👩‍👧 家", "👩‍👩‍👧 家")]
    [InlineData("lone \uD800 half", "lone half")]
    [InlineData(null, null)]
    public void A_line_holds_nothing_that_changes_the_text_around_it(string? text, string? clean) => Assert.Equal(clean, CleanText.Line(text, 100));

    [Fact]
    public void A_line_ends_somewhere()
    {
        Assert.Equal(new string('好', 99) + "…", CleanText.Name(new string('好', 500)));
        Assert.InRange(CleanText.Name("a" + new string('\u0301', 5000))!.Length, 1, 401);
        Assert.Equal(new string('好', 100), CleanText.Name(new string('好', 100)));
    }
}
