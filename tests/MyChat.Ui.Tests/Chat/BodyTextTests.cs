using CsCheck;
using MyChat.Ui.Chat;

namespace MyChat.Ui.Tests.Chat;

public sealed class BodyTextTests
{
    private static readonly string[] Pieces = ["https://a.example/", "xmpp:a@b", " ", "(", ")", ".", "，", "😀", "http://\u202E"];

    [Theory]
    [InlineData("see https://example.org/a?b=c#d now", "https://example.org/a?b=c#d")]
    [InlineData("见 https://example.org/地图，很近", "https://example.org/地图")]
    [InlineData("(https://example.org/a_(b))", "https://example.org/a_(b)")]
    [InlineData("http://example.org.", "http://example.org")]
    [InlineData("HTTPS://EXAMPLE.ORG/", "HTTPS://EXAMPLE.ORG/")]
    [InlineData("xmpp:romeo@verona.lit?message", "xmpp:romeo@verona.lit?message")]
    [InlineData("“https://example.org”", "https://example.org")]
    public void An_address_becomes_a_link_without_what_stands_around_it(string body, string link)
    {
        var part = Assert.Single(BodyText.Split(body), part => part.Link is not null);
        Assert.Equal(link, part.Text);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("file:///etc/passwd")]
    [InlineData("vbscript:x and blob:https://x/1")]
    [InlineData("https://bank.example@evil.example/")]
    [InlineData("https://user:password@evil.example/")]
    [InlineData("https://")]
    [InlineData("wordhttps://example.org")]
    public void Nothing_else_becomes_one(string body) => Assert.DoesNotContain(BodyText.Split(body), part => part.Link is not null);

    [Fact]
    public void An_address_ends_where_a_character_would_turn_the_text_around()
    {
        var parts = BodyText.Split("https://good.example\u202E/gnp.exe");
        Assert.Equal("https://good.example", parts[0].Text);
        Assert.Equal("https://good.example/", parts[0].Link!.AbsoluteUri);
    }

    [Fact]
    public void Overrides_lose_their_effect_and_embeddings_become_isolates() =>
        Assert.Equal("a\uFFFDb\uFFFDc\u2066d\u2067e\u2069", BodyText.Neutralize("a\u202Db\u202Ec\u202Ad\u202Be\u202C"));

    [Fact]
    public void The_pieces_are_the_body_again() =>
        Gen.OneOf(Gen.String, Gen.Int[0, 8].Select(i => Pieces[i])).Array[0, 8]
            .Select(string.Concat)
            .Sample(body => Assert.Equal(BodyText.Neutralize(body), string.Concat(BodyText.Split(body).Select(part => part.Text))));

    [Fact]
    public void An_xmpp_address_names_its_contact()
    {
        Assert.Equal("romeo@verona.lit", BodyText.Split("xmpp:romeo@verona.lit?message")[0].Contact?.ToString());
        Assert.Null(BodyText.Split("https://verona.lit/romeo@verona.lit")[0].Contact);
    }

    [Fact]
    public void A_short_body_is_not_folded() => Assert.Null(BodyText.FoldAt(new string('a', BodyText.FoldLength)));

    [Fact]
    public void Many_lines_are_folded_at_a_line() =>
        Assert.Equal(BodyText.FoldLines * 2 - 1, BodyText.FoldAt(string.Concat(Enumerable.Repeat("x\n", 100))));

    [Fact]
    public void A_long_body_is_folded_between_characters_as_a_reader_sees_them()
    {
        const string Family = "👩‍👩‍👧‍👦";
        var at = BodyText.FoldAt(string.Concat(Enumerable.Repeat(Family, 2000)));
        Assert.NotNull(at);
        Assert.Equal(0, at % Family.Length);
    }

    [Fact]
    public void One_character_with_thousands_of_marks_is_folded_too() =>
        Assert.InRange(BodyText.FoldAt("Z" + new string('\u0301', 4000))!.Value, 1, BodyText.FoldLength);

    [Theory]
    [InlineData("😀", true)]
    [InlineData("👩‍👩‍👧‍👦❤️👍🏽", true)]
    [InlineData("😀😀😀😀", false)]
    [InlineData("hi 😀", false)]
    [InlineData("12", false)]
    [InlineData("", false)]
    public void A_few_emoji_alone_are_large(string body, bool large) => Assert.Equal(large, BodyText.IsEmojiOnly(body));
}
