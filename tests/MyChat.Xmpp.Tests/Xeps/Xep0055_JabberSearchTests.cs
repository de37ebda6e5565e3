using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Tests.Xeps;

public class JabberSearchTests
{
    [Theory]
    [InlineData("ＸｉａｏMing", "xiaoming")]
    [InlineData("  Élan \t Vital\u3000", "élan vital")]
    [InlineData("E\u0301", "é")]
    [InlineData("ﾊﾝｸﾞﾙ", "ハングル")]
    [InlineData("100%_'\\", "100%_'\\")]
    public void Text_is_folded_for_comparison(string text, string folded) => Assert.Equal(folded, JabberSearch.Fold(text));

    // Not as a theory's datum: attributes cannot hold a lone surrogate.
    [Fact]
    public void Half_a_character_is_folded_to_the_sign_for_that() => Assert.Equal("\uFFFDx", JabberSearch.Fold("\uD800x"));

    [Theory]
    [InlineData("", false)]
    [InlineData("a", false)]
    [InlineData("%", false)]
    [InlineData("é", false)]
    [InlineData("\U0001F600", false)]
    [InlineData("ab", true)]
    [InlineData("明", true)]
    [InlineData("\U00020BB7", true)]
    [InlineData("あ", true)]
    [InlineData("한", true)]
    public void Two_characters_are_enough_or_one_that_is_a_word(string folded, bool enough) =>
        Assert.Equal(enough, JabberSearch.IsLongEnough(folded));

    [Theory]
    [InlineData("<nick>a</nick>", "a")]
    [InlineData("<first>a</first><last> </last><email/>", "a")]
    [InlineData("<first>a</first><last>b</last>", "a|b")]
    [InlineData("<nick>a</nick><first>a</first>", "a")]
    [InlineData("<other>a</other><nick xmlns='urn:else'>b</nick>", "")]
    [InlineData("<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>jabber:iq:search</value></field><field var='search'><value>a</value></field></x>", "a")]
    [InlineData("<nick>b</nick><x xmlns='jabber:x:data' type='submit'><field var='search'><value>a</value></field></x>", "a")]
    [InlineData("<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:else</value></field><field var='search'><value>a</value></field></x>", null)]
    public void What_is_asked_is_read_from_the_form_or_the_plain_fields(string content, string? asked)
    {
        var query = Element.Parse($"<query xmlns='jabber:iq:search'>{content}</query>");
        Assert.Equal(asked, JabberSearch.Asked(query) is { } values ? string.Join('|', values) : null);
    }
}
