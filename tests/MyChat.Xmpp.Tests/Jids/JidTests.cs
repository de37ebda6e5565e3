using System.Text;
using MyChat.Xmpp.Jids;

namespace MyChat.Xmpp.Tests.Jids;

public class JidTests
{
    // RFC 7622 §3.5 table 1, and example 18 of table 2, which erratum 4560 found legal.
    [Theory]
    [InlineData("juliet@example.com", "juliet", "example.com", null)]
    [InlineData("juliet@example.com/foo", "juliet", "example.com", "foo")]
    [InlineData("juliet@example.com/foo bar", "juliet", "example.com", "foo bar")]
    [InlineData("juliet@example.com/foo@bar", "juliet", "example.com", "foo@bar")]
    [InlineData("foo\\20bar@example.com", "foo\\20bar", "example.com", null)]
    [InlineData("fussball@example.com", "fussball", "example.com", null)]
    [InlineData("fu\u00DFball@example.com", "fu\u00DFball", "example.com", null)]
    [InlineData("\u03C0@example.com", "\u03C0", "example.com", null)]
    [InlineData("\u03A3@example.com/foo", "\u03C3", "example.com", "foo")]
    [InlineData("\u03C3@example.com/foo", "\u03C3", "example.com", "foo")]
    [InlineData("\u03C2@example.com/foo", "\u03C2", "example.com", "foo")]
    [InlineData("king@example.com/\u265A", "king", "example.com", "\u265A")]
    [InlineData("example.com", null, "example.com", null)]
    [InlineData("example.com/foobar", null, "example.com", "foobar")]
    [InlineData("a.example.com/b@example.net", null, "a.example.com", "b@example.net")]
    [InlineData("juliet@example.com/ foo", "juliet", "example.com", " foo")]
    // Our own.
    [InlineData("小明@例子.中国/手机", "小明", "例子.中国", "手机")]
    [InlineData("محمد@مثال.إختبار/بيت", "محمد", "مثال.إختبار", "بيت")]
    [InlineData("Tést@Example.COM/Tést", "tést", "example.com", "Tést")]
    [InlineData("a@b/c/d", "a", "b", "c/d")]
    [InlineData("a@localhost/😀", "a", "localhost", "😀")]
    [InlineData("a.b..c.@d", "a.b..c.", "d", null)]
    public void A_legal_address_gives_its_normalized_parts(string text, string? local, string domain, string? resource)
    {
        var jid = Jid.Parse(text);

        Assert.Equal(local, jid.Localpart);
        Assert.Equal(domain, jid.Domainpart);
        Assert.Equal(resource, jid.Resourcepart);
        Assert.Equal(resource is null, jid is BareJid);
        Assert.Equal(resource is null, BareJid.TryParse(text, out _));
        Assert.Equal(resource is not null, FullJid.TryParse(text, out _));
    }

    // RFC 7622 §3.5 table 2.
    [Theory]
    [InlineData("\"juliet\"@example.com")]
    [InlineData("foo bar@example.com")]
    [InlineData("@example.com/")]
    [InlineData("henry\u2163@example.com")]
    [InlineData("\u265A@example.com")]
    [InlineData("juliet@")]
    [InlineData("/foobar")]
    // Our own.
    [InlineData("")]
    [InlineData("@")]
    [InlineData("/")]
    [InlineData("@example.com")]
    [InlineData("a@example.com/")]
    [InlineData("a@b@c")]
    [InlineData("a&b@c")]
    [InlineData("a'b@c")]
    [InlineData("a:b@c")]
    [InlineData("a<b@c")]
    [InlineData("a>b@c")]
    [InlineData("a\uFF20b@c")] // a full-width @ becomes the real one
    [InlineData("a\u0000@c")]
    [InlineData("a@c/\u0007")]
    [InlineData("a@c/\u200B")]
    [InlineData("a@c/x\u200Dy")]
    [InlineData("a@c/\uFFFF")]
    [InlineData("a@c/\uE000")]
    [InlineData("1\u0627@c")] // RFC 5893 §2, condition 1
    [InlineData("\u0627a\u0627@c")] // condition 2
    [InlineData("a\u0627@c")] // condition 5
    [InlineData("\u0627-@c")] // condition 3
    public void An_illegal_address_is_refused(string text)
    {
        Assert.False(Jid.TryParse(text, out var jid));
        Assert.Null(jid);
        Assert.False(Jid.TryParseUtf8(Encoding.UTF8.GetBytes(text), out _));
        Assert.Throws<FormatException>(() => Jid.Parse(text));
        Assert.Throws<FormatException>(() => BareJid.Parse(text));
        Assert.Throws<FormatException>(() => FullJid.Parse(text));
    }

    [Fact]
    public void A_lone_surrogate_is_refused_in_every_part() // not InlineData: attributes are stored as UTF-8
    {
        foreach (var text in (string[])["a\uD800@b", "\uDC00a@b", "a@b\uD800", "a@b\uD800中", "a@b/\uDC00", "a@b/x\uD83D"])
        {
            Assert.False(Jid.TryParse(text, out _));
        }
    }

    [Theory]
    [InlineData("test@example.com", "TEST@EXAMPLE.com")]
    [InlineData("tést@example.com", "TÉST@example.com")]
    [InlineData("tést@example.com", "te\u0301st@example.com")]
    [InlineData("test@example.com", "ＴＥＳＴ@ｅｘａｍｐｌｅ.com")]
    [InlineData("test@example.com", "test@example.com.")]
    [InlineData("小明@例子.中国", "小明@xn--fsqu00a.xn--fiqs8s")]
    [InlineData("小明@例子.中国", "小明@例子。中国")]
    [InlineData("カ@example.com", "ｶ@example.com")]
    [InlineData("a@[::1]", "a@[0:0:0:0:0:0:0:1]")]
    [InlineData("σοφός@example.com", "ΣΟΦΌΣ@example.com")]
    public void Two_spellings_of_one_address_are_equal(string one, string other)
    {
        var (left, right) = (Jid.Parse(one), Jid.Parse(other));

        Assert.Equal(left, right);
        Assert.True(left == right);
        Assert.False(left != right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.Equal(one, right.ToString());
    }

    [Theory]
    [InlineData("a@b", "a@b/c")]
    [InlineData("a@b/c", "a@b/C")]
    [InlineData("a@b", "b")]
    [InlineData("fussball@b", "fu\u00DFball@b")]
    [InlineData("\u03C3@b", "\u03C2@b")]
    [InlineData("a@b", "a@c")]
    public void Addresses_of_different_entities_are_not_equal(string one, string other)
    {
        Assert.NotEqual(Jid.Parse(one), Jid.Parse(other));
        Assert.False(Jid.Parse(one) == Jid.Parse(other));
        Assert.False(Jid.Parse(one).Equals((object)Jid.Parse(other)));
    }

    [Fact]
    public void A_part_has_at_most_1023_octets()
    {
        var ascii = new string('a', 1023);
        var han = new string('明', 341);
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 63), 15)) + "." + new string('e', 63);

        Assert.Equal(1023, domain.Length);
        Assert.Equal((ascii.Length * 2) + 2 + domain.Length, Jid.Parse($"{ascii}@{domain}/{ascii}").ToString().Length);
        Assert.True(Jid.TryParse($"{han}@b/{han}", out _));
        Assert.True(Jid.TryParse($"{new string('Ａ', 1023)}@b", out _)); // the limit is on the mapped part
        Assert.False(Jid.TryParse($"{ascii}a@b", out _));
        Assert.False(Jid.TryParse($"a@b/{ascii}a", out _));
        Assert.False(Jid.TryParse($"{han}a@b", out _));
        Assert.False(Jid.TryParse($"a@b/{han}a", out _));
        Assert.False(Jid.TryParse($"a@{domain[..^2]}.ee", out _));
        Assert.False(Jid.TryParse(new string('a', 10_000), out _));
        Assert.False(BareJid.TryParse(new string('a', 10_000) + "@b", out _));
        Assert.False(BareJid.TryCreate(new string('a', 10_000), "b", out _));
        Assert.False(BareJid.Parse("a@b").TryWithResource(new string('a', 10_000), out _));
        Assert.False(Jid.TryParseUtf8(new byte[100_000], out _));
    }

    [Fact]
    public void Parts_are_put_together_and_taken_apart()
    {
        Assert.True(BareJid.TryCreate("小明", "Example.com", out var bare));
        Assert.True(bare.TryWithResource("手机 & 'more'", out var full));
        Assert.Equal("小明@example.com/手机 & 'more'", full.ToString());
        Assert.Same(bare, full.Bare);
        Assert.Same(bare, bare.Bare);
        Assert.Equal(BareJid.Parse("example.com"), bare.Domain);
        Assert.Same(bare.Domain.Domain.Domainpart, bare.Domainpart);
        Assert.True(BareJid.TryCreate(null, "example.com", out var domain));
        Assert.Same(domain, domain.Domain);
        Assert.Equal("example.com/x", Jid.Parse("example.com/x").ToString());

        Assert.False(BareJid.TryCreate("", "example.com", out _));
        Assert.False(BareJid.TryCreate("a", "", out _));
        Assert.False(BareJid.TryCreate("a@b", "c", out _));
        Assert.False(BareJid.TryCreate("a", "b/c", out _));
        Assert.False(BareJid.TryCreate("a", "b@c", out _));
        Assert.False(bare.TryWithResource("", out _));
    }

    [Fact]
    public void The_attribute_is_escaped_utf8_and_made_once()
    {
        var jid = Jid.Parse("小明@example.com/<a & 'b' \"c\">");

        Assert.Equal("小明@example.com/&lt;a &amp; &apos;b&apos; &quot;c&quot;&gt;", Encoding.UTF8.GetString(jid.AttributeUtf8.Span));
        Assert.True(jid.AttributeUtf8.Equals(jid.AttributeUtf8));
    }

    [Fact]
    public void Malformed_utf8_is_refused()
    {
        foreach (var bytes in (byte[][])
            [[0xFF], [0x61, 0x40, 0xC0, 0xAF], [0x61, 0x40, 0xED, 0xA0, 0x80], [0x61, 0x40, 0x62, 0x2F, 0xE5, 0xB0]])
        {
            Assert.False(Jid.TryParseUtf8(bytes, out var jid));
            Assert.Null(jid);
        }

        Assert.True(Jid.TryParseUtf8("小明@例子.中国/手机"u8, out var parsed));
        Assert.Equal("小明@例子.中国/手机", parsed.ToString());
        Assert.True(Jid.TryParseUtf8(Encoding.UTF8.GetBytes("a@b/" + new string('明', 300)), out _)); // beyond the buffer on the stack
    }

    [Fact]
    public void Parsing_a_bare_ascii_address_allocates_the_object_and_its_strings_only()
    {
        const int Rounds = 1000;
        var text = "Romeo@Montague.lit";
        BareJid.Parse(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            _ = BareJid.TryParse(text, out _);
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
        Assert.InRange(each, 1, 136); // object 48, strings 32 and 48
    }
}
