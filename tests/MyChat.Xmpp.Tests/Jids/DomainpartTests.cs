using MyChat.Xmpp.Jids;

namespace MyChat.Xmpp.Tests.Jids;

public class DomainpartTests
{
    [Theory]
    [InlineData("localhost", "localhost")]
    [InlineData("Chat.Example.ORG.", "chat.example.org")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("[2001:DB8:0:0::1]", "[2001:db8::1]")]
    [InlineData("[::ffff:192.0.2.1]", "[::ffff:192.0.2.1]")]
    [InlineData("BÜCHER.example", "bücher.example")]
    [InlineData("XN--BCHER-KVA.example", "bücher.example")]
    [InlineData("faß.de", "faß.de")]
    [InlineData("xn--fa-hia.de", "faß.de")]
    [InlineData("例子．中国．", "例子.中国")]
    [InlineData("ΒΌΛΟΣ.gr", "βόλοσ.gr")] // no final sigma is guessed in a name that somebody registered
    [InlineData("βόλος.gr", "βόλος.gr")]
    [InlineData("עברית.example", "עברית.example")]
    [InlineData("xn--p1ai", "рф")]
    [InlineData("xn--ls8h", null)] // 💩 is no letter: IDNA2008 has no such label
    [InlineData("💩.la", null)]
    [InlineData("l·l.cat", "l·l.cat")] // RFC 5892 A.3
    [InlineData("a·l.cat", null)]
    [InlineData("نامه\u200Cای.com", "نامه\u200Cای.com")] // A.1: a final, not a joined, heh
    [InlineData("a\u200Cb.com", null)]
    [InlineData("ク・ク.jp", "ク・ク.jp")]
    [InlineData("a・b.jp", null)]
    [InlineData("\uAB70.com", "\u13A0.com")] // Cherokee folds to its capitals
    [InlineData("\u13A0.com", "\u13A0.com")]
    [InlineData(".", null)]
    [InlineData("..", null)]
    [InlineData("a..b", null)]
    [InlineData("a.b..", null)]
    [InlineData(".a", null)]
    [InlineData("-a.b", null)]
    [InlineData("a-.b", null)]
    [InlineData("ab--cd.e", null)]
    [InlineData("a_b.c", null)]
    [InlineData("a b", null)]
    [InlineData("a:5222", null)]
    [InlineData("-例子.中国", null)]
    [InlineData("\u0301a.com", null)] // a mark may not come first
    [InlineData("xn--a", null)]
    [InlineData("xn--", null)]
    [InlineData("xn--abc-", null)] // decodes to ASCII
    [InlineData("xn--99999999", null)]
    [InlineData("xn--bcher-kva8445foa", null)]
    [InlineData("xn--BCHER-kva\u00E9", null)]
    [InlineData("xn--tda", "ü")]
    [InlineData("xn--wgv71a", "日本")]
    [InlineData("1a.אב", null)] // RFC 5893 §1.4: the rule binds the other labels too
    [InlineData("a1.אב", "a1.אב")]
    [InlineData("אa.com", null)]
    [InlineData("a\u2044b.com", null)]
    [InlineData("a／b.com", null)]
    [InlineData("a＠b.com", null)]
    [InlineData("[]", null)]
    [InlineData("[", null)]
    [InlineData("[::1", null)]
    [InlineData("[127.0.0.1]", null)]
    [InlineData("[fe80::1%eth0]", null)]
    [InlineData("[::1]:80", null)]
    [InlineData("[[::1]]", null)]
    [InlineData("\uFFFE.com", null)]
    public void A_domain_has_one_form(string text, string? expected)
    {
        Assert.Equal(expected, BareJid.TryCreate(null, text, out var jid) ? jid.Domainpart : null);
        if (jid is not null)
        {
            Assert.Equal(jid, BareJid.Parse(jid.ToString()));
        }
    }

    // RFC 3492 §7.1: samples (A), (B), (D), (I) and (J) as the tool of that document gives them.
    [Theory]
    [InlineData("xn--egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟", false)] // its question mark is no letter
    [InlineData("xn--ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文", true)]
    [InlineData("xn--Proprostnemluvesky-uyb24dma41a", "pročprostěnemluvíčesky", true)]
    [InlineData("xn--4dbcagdahymbxekheh6e0a7fei0b", "למההםפשוטלאמדבריםעברית", true)]
    public void Punycode_of_the_specification_decodes(string aLabel, string uLabel, bool allowed)
    {
        Assert.Equal(allowed, BareJid.TryCreate(null, aLabel, out var jid));
        Assert.Equal(allowed, BareJid.TryCreate(null, uLabel, out _));
        Assert.Equal(allowed ? uLabel : null, jid?.Domainpart);
    }

    [Fact]
    public void A_label_has_at_most_63_octets_as_the_DNS_carries_it()
    {
        Assert.True(BareJid.TryCreate(null, new string('a', 63), out _));
        Assert.False(BareJid.TryCreate(null, new string('a', 64), out _));
        Assert.False(BareJid.TryCreate(null, new string('a', 60) + "é", out _));
        Assert.True(BareJid.TryCreate(null, new string('a', 50) + "é", out _));
        Assert.False(BareJid.TryCreate(null, new string('é', 100), out _));
    }
}
