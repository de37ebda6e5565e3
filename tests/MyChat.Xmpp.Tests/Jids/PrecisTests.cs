using System.Globalization;
using System.Text;
using MyChat.Xmpp.Jids;

namespace MyChat.Xmpp.Tests.Jids;

public class PrecisTests
{
    private static readonly PrecisProfile[] Profiles =
        [Precis.UsernameCaseMapped, Precis.UsernameCasePreserved, Precis.OpaqueString, Precis.Nickname, Precis.NicknameForComparison];

    // RFC 8265 §3.5 tables 3 and 4.
    [Theory]
    [InlineData("juliet@example.com", "juliet@example.com")]
    [InlineData("fussball", "fussball")]
    [InlineData("fu\u00DFball", "fu\u00DFball")]
    [InlineData("\u03C0", "\u03C0")]
    [InlineData("\u03A3", "\u03C3")]
    [InlineData("\u03C3", "\u03C3")]
    [InlineData("\u03C2", "\u03C2")]
    [InlineData("foo bar", null)]
    [InlineData("", null)]
    [InlineData("henry\u2163", null)]
    [InlineData("\u265A", null)]
    // Our own.
    [InlineData("ＴＥＳＴ", "test")]
    [InlineData("\u0130", "i\u0307")]
    [InlineData("J\u030C", "\u01F0")] // composes only once it is small
    [InlineData("ΑΣ ", null)]
    [InlineData("ΑΣ", "ας")]
    [InlineData("ΑΣΑ", "ασα")]
    [InlineData("ΑΣ.Α", "ασ.α")]
    [InlineData("Α\u0301Σ", "άς")]
    [InlineData("𐐀", "𐐨")] // beyond the BMP
    [InlineData("\u212A", null)] // KELVIN SIGN: HasCompat, although it lower-cases to k
    [InlineData("\u017F", null)]
    [InlineData("\u1100\u1161", null)] // OldHangulJamo
    [InlineData("한", "한")]
    [InlineData("\u0378", null)] // unassigned
    [InlineData("\u00AD", null)]
    [InlineData("\u0640", null)]
    [InlineData("\u06FD", "\u06FD")]
    [InlineData("L·L", "l·l")]
    [InlineData("·l", null)]
    [InlineData("\u0375α", "\u0375α")]
    [InlineData("\u0375a", null)]
    [InlineData("א\u05F3", "א\u05F3")]
    [InlineData("a\u05F4", null)]
    [InlineData("ا\u0661", "ا\u0661")]
    [InlineData("ا\u0661\u06F1", null)]
    [InlineData("क\u094D\u200Dष", "क\u094D\u200Dष")]
    [InlineData("क\u200Dष", null)]
    [InlineData("ب\u064B\u200C\u064Bب", "ب\u064B\u200C\u064Bب")] // transparent marks on both sides
    [InlineData("ا\u200Cب", null)] // an alef joins to the right only
    public void A_case_mapped_username_is_as_the_specification_says(string text, string? expected) =>
        Assert.Equal(expected, Enforce(Precis.UsernameCaseMapped, text));

    [Theory]
    [InlineData("\u03A3", "\u03A3")]
    [InlineData("ＴｅＳＴ", "TeST")]
    [InlineData("Te\u0301st", "Tést")]
    [InlineData("a b", null)]
    public void A_case_preserved_username_keeps_its_case(string text, string? expected) =>
        Assert.Equal(expected, Enforce(Precis.UsernameCasePreserved, text));

    // RFC 8265 §4.3 tables 5 and 6.
    [Theory]
    [InlineData("correct horse battery staple", "correct horse battery staple")]
    [InlineData("Correct Horse Battery Staple", "Correct Horse Battery Staple")]
    [InlineData("\u03C0\u00DF\u00E5", "\u03C0\u00DF\u00E5")]
    [InlineData("Jack of \u2666s", "Jack of \u2666s")]
    [InlineData("foo\u1680bar", "foo bar")]
    [InlineData("", null)]
    [InlineData("my cat is a \u0009by", null)]
    // Our own.
    [InlineData("ＴＥＳＴ", "ＴＥＳＴ")]
    [InlineData("密码 e\u0301", "密码 é")]
    [InlineData("  two  ", "  two  ")]
    [InlineData("\u007F", null)]
    [InlineData("\u3000", " ")]
    public void An_opaque_string_is_as_the_specification_says(string text, string? expected) =>
        Assert.Equal(expected, Enforce(Precis.OpaqueString, text));

    // RFC 8266 §3 table 1: as shown, and as compared.
    [Theory]
    [InlineData("Foo", "Foo", "foo")]
    [InlineData("foo", "foo", "foo")]
    [InlineData("Foo Bar", "Foo Bar", "foo bar")]
    [InlineData("foo bar", "foo bar", "foo bar")]
    [InlineData("\u03A3", "\u03A3", "\u03C3")]
    [InlineData("\u03C3", "\u03C3", "\u03C3")]
    [InlineData("\u03C2", "\u03C2", "\u03C2")]
    [InlineData("\u265A", "\u265A", "\u265A")]
    [InlineData("Richard \u2163", "Richard IV", "richard iv")]
    // Our own.
    [InlineData("  Swan  of\u00A0\u3000Avon ", "Swan of Avon", "swan of avon")]
    [InlineData("  Swan  of   Avon ", "Swan of Avon", "swan of avon")]
    [InlineData("   ", null, null)]
    [InlineData("\u00A0", null, null)]
    [InlineData("\u00A8a", "\u0308a", "\u0308a")] // NFKC makes a leading space, the next round takes it
    [InlineData("ＴＥＳＴ 小明", "TEST 小明", "test 小明")]
    public void A_nickname_is_as_the_specification_says(string text, string? shown, string? compared)
    {
        Assert.Equal(shown, Enforce(Precis.Nickname, text));
        Assert.Equal(compared, Enforce(Precis.NicknameForComparison, text));
    }

    [Fact]
    public void Every_code_point_is_refused_or_stable_under_every_profile()
    {
        foreach (var rune in AllRunes())
        {
            foreach (var text in (string[])[rune.ToString(), "Ａ" + rune + "\u0301", "Σ" + rune + "Σ"])
            {
                foreach (var profile in Profiles)
                {
                    if (profile.TryEnforce(text, out var once))
                    {
                        Assert.True(profile.TryEnforce(once, out var twice) && once == twice, $"U+{rune.Value:X4}");
                    }
                }
            }
        }
    }

    // The tables against .NET's normalization, which knows the same of Unicode up to the version of its ICU.
    [Fact]
    public void Exactly_the_letters_and_digits_with_a_compatibility_form_are_kept_from_names()
    {
        foreach (var rune in AllRunes().Where(IsPlainLetterOrDigit))
        {
            var text = rune.ToString();
            var hasCompat = text.Normalize(NormalizationForm.FormKC) != text;
            Assert.True(hasCompat != Precis.UsernameCasePreserved.TryEnforce(text, out _), $"U+{rune.Value:X4}");
        }
    }

    private static string? Enforce(PrecisProfile profile, string text) => profile.TryEnforce(text, out var result) ? result : null;

    // All that is assigned but the insides of the blocks of Han, Hangul and Tangut, which are all alike.
    private static IEnumerable<Rune> AllRunes() =>
        Between(0x80, 0x3500).Concat(Between(0x9F00, 0xAD00)).Concat(Between(0xD700, 0x17100)).Concat(Between(0x18700, 0x20010))
            .Concat(Between(0x2A6D0, 0x2A710)).Concat(Between(0x2EB00, 0x30010)).Concat(Between(0x323A0, 0x323B0))
            .Concat(Between(0xE0000, 0xE0200)).Concat([0x10FFFE, 0x10FFFF])
            .Where(Rune.IsValid).Select(cp => new Rune(cp));

    private static IEnumerable<int> Between(int first, int end) => Enumerable.Range(first, end - first);

    // Without what other rules decide: exceptions, context, Bidi (Arabic digits), jamo, default-ignorable code points, width forms;
    // and without Unicode 16's outlined digits, which an older ICU does not know.
    private static bool IsPlainLetterOrDigit(Rune rune) =>
        CharUnicodeInfo.GetUnicodeCategory(rune.Value) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ModifierLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        && rune.Value is not (0x640 or 0x7FA or 0x302E or 0x302F or (>= 0x3031 and <= 0x3035) or 0x303B or 0x34F or 0x17B4 or 0x17B5
            or (>= 0x660 and <= 0x669) or (>= 0x6F0 and <= 0x6F9) or (>= 0x10D30 and <= 0x10D39)
            or (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97C) or (>= 0xD7B0 and <= 0xD7FB) or 0x3164
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFF00 and <= 0xFFEF)
            or (>= 0x1CCF0 and <= 0x1CCF9) or (>= 0xE0100 and <= 0xE01EF));
}
