using CsCheck;
using MyChat.Xmpp.Search;

namespace MyChat.Xmpp.Tests.Search;

public sealed class SearchFoldingTests
{
    [Theory]
    [InlineData("Soft! WHAT light", "soft! what light")]
    [InlineData("ＡＢＣ　１２３", "abc 123")]
    [InlineData("Straße", "strasse")]
    [InlineData("ΟΔΥΣΣΕΥΣ οδυσσευς", "οδυσσευσ οδυσσευσ")]
    [InlineData("ｶﾞ", "ガ")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("co\u00ADoperate", "cooperate")]
    [InlineData("👍🏽", "👍")]
    [InlineData("❤\uFE0F", "❤")]
    public void What_looks_the_same_becomes_the_same(string text, string folded) => Assert.Equal(folded, SearchFolding.Fold(text));

    [Fact]
    public void Half_a_character_is_none() => Assert.Equal("\uFFFDx\uFFFD", SearchFolding.Fold("\uD800x\uDC00"));

    [Fact]
    public void Folding_twice_changes_nothing() => Gen.String.Sample(text =>
    {
        var folded = SearchFolding.Fold(text);
        return SearchFolding.Fold(folded) == folded;
    });
}
