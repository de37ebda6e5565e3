using System.Text;
using CsCheck;
using MyChat.Xmpp.Jids;

namespace MyChat.Xmpp.Tests.Jids;

public class JidProperties
{
    private static readonly string[] Fragments =
    [
        "a", "Z", "5", ".", "-", "@", "/", " ", "&", "'", "[", "]", ":", "xn--", "xn--fsqu00a", "小", "明", "。", "Ａ", "＠", "／", "\u3000",
        "Σ", "ς", "ß", "ẞ", "İ", "ı", "é", "e\u0301", "\u0301", "\u0345", "\u0323", "Ǆ", "ǅ", "\u212A", "\u212B", "Ⅳ", "\u1E9B", "\u03F4",
        "ا", "ب", "א", "\u0661", "\u06F1", "\u064B", "\u200C", "\u200D", "\u094D", "क", "·", "l", "・", "カ", "ｶ", "ﾞ", "\u1100", "\u1161",
        "한", "😀", "𐐀", "\U0001E94B", "\uD800", "\uDC00", "\uFFFE", "\uFFFF", "\u0000", "\u00A8", "\u2260", "\u226E", "\u0338",
        "<", ">", "\"",
        "\uAB70", "\u13A0", "\u1F80", "\uFB1D", "\uFEFF", "\u00AD",
    ];

    private static readonly Gen<string> Text = Gen.Frequency(
        (6, Pick(Fragments).Array[0, 8].Select(string.Concat)),
        (1, Gen.Char.Array[0, 12].Select(chars => new string(chars))),
        (1, Gen.String));

    // Mostly of the right shape, so that many are accepted.
    private static readonly Gen<string> Address = Gen.Frequency(
        (1, Text),
        (3, Gen.Select(Text, Text, (local, domain) => $"{local}@{domain}")),
        (3, Gen.Select(Text, Pick("b", "例子.中国", "אב.com", "[::1]"), Text,
            (local, domain, resource) => $"{local}@{domain}/{resource}")));

    [Fact]
    public void What_is_printed_parses_to_an_equal_address() => Address.Sample(text =>
    {
        if (Jid.TryParse(text, out var jid))
        {
            var again = Jid.Parse(jid.ToString());
            Assert.Equal(jid, again);
            Assert.Equal(jid.GetHashCode(), again.GetHashCode());
            Assert.Equal(jid.ToString(), again.ToString());
            Assert.Equal((jid.Localpart, jid.Domainpart, jid.Resourcepart), (again.Localpart, again.Domainpart, again.Resourcepart));
            Assert.Equal(jid.Bare.ToString(), Jid.Parse(jid.Bare.ToString()).ToString());
        }
    }, iter: 20_000);

    [Fact]
    public void The_utf8_path_agrees_with_the_path_of_characters() => Address.Sample(text =>
    {
        var parsed = Jid.TryParse(text, out var jid);
        if (text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
        {
            return; // a lone surrogate has no UTF-8
        }

        Assert.Equal(parsed, Jid.TryParseUtf8(Encoding.UTF8.GetBytes(text), out var fromUtf8));
        Assert.Equal(jid, fromUtf8);
    }, iter: 20_000);

    [Fact]
    public void Addresses_are_equal_exactly_when_their_texts_are() => Gen.Select(Address, Address).Sample((one, other) =>
    {
        foreach (var spelling in (string[])[other, one.ToUpperInvariant(), one + "/", one + "/a"])
        {
            if (Jid.TryParse(one, out var left) && Jid.TryParse(spelling, out var right))
            {
                Assert.Equal(left.ToString() == right.ToString(), left == right);
                Assert.Equal(left == right, left.Equals((object)right));
                Assert.True(left != right || left.GetHashCode() == right.GetHashCode());
            }
        }
    }, iter: 20_000);

    [Fact]
    public void Enforcing_a_profile_twice_changes_nothing_more() => Text.Sample(text =>
    {
        foreach (var profile in (PrecisProfile[])
            [Precis.UsernameCaseMapped, Precis.UsernameCasePreserved, Precis.OpaqueString, Precis.Nickname, Precis.NicknameForComparison])
        {
            if (profile.TryEnforce(text, out var once))
            {
                Assert.NotEmpty(once);
                Assert.True(profile.TryEnforce(once, out var twice));
                Assert.Equal(once, twice);
            }
        }
    }, iter: 20_000);

    private static Gen<string> Pick(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);
}
