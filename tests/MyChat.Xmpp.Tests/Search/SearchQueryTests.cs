using CsCheck;
using MyChat.Xmpp.Search;

namespace MyChat.Xmpp.Tests.Search;

public sealed class SearchQueryTests
{
    private static readonly string[] Parts = ["a", "b", "ab", "abc", "全", "文", "全文", "搜索", "𠮷", "👍", " ", ".", "\"", "１", "ß", "か"];
    private static readonly Gen<string> Texts = Gen.Int[0, Parts.Length - 1].Array[0, 8].Select(some => string.Concat(some.Select(i => Parts[i])));

    [Theory]
    [InlineData("light", "What light through yonder window")]
    [InlineData("LIG", "What light")] // the last word is still being typed
    [InlineData("window what", "What light through yonder window breaks")]
    [InlineData("搜索", "全文搜索引擎")]
    [InlineData("文搜索引", "全文搜索引擎")]
    [InlineData("擎", "全文搜索引擎")]
    [InlineData("文", "全文搜索引擎")]
    [InlineData("iphone手机", "我的iPhone手机坏了")]
    [InlineData("👍", "好的👍🏽")]
    [InlineData("ａｂｃ", "ABC")]
    [InlineData("STRASSE", "Hauptstraße Straße")]
    [InlineData("romeo@verona.lit", "Write to romeo@verona.lit!")]
    [InlineData("3.14", "pi is 3.14159")]
    [InlineData("\"soft what\"", "But soft! What light")]
    [InlineData("“what light", "What light")] // a quotation that is not ended
    [InlineData("'; DROP TABLE message; --", "he said: drop table message now, '")]
    [InlineData("100%", "100 percent")]
    public void Words_find_texts(string query, string text) => Assert.True(SearchQuery.Parse(query).Matches(SearchText.Read(text)));

    [Theory]
    [InlineData("lig ", "What light")] // a space ends the word
    [InlineData("\"lig\"", "What light")]
    [InlineData("ight", "What light")] // words are found from their beginning
    [InlineData("搜文", "全文搜索引擎")]
    [InlineData("全文引擎", "全文搜索引擎")]
    [InlineData("搜索 图片", "全文搜索引擎")]
    [InlineData("romeo@verona.lit", "romeo is in verona, says lit")]
    [InlineData("\"what soft\"", "But soft! What light")]
    [InlineData("3.14", "14.3")]
    [InlineData("%", "100% _ anything")]
    [InlineData("", "anything")]
    [InlineData("  ", "anything")]
    public void Words_do_not_find_what_has_them_not(string query, string text) =>
        Assert.False(SearchQuery.Parse(query).Matches(SearchText.Read(text)));

    [Theory]
    [InlineData("soft light", "soft light*")]
    [InlineData("soft \"light\"", "soft light")]
    [InlineData("全文搜索", "全文 文搜 搜索")]
    [InlineData("全", "全*")]
    [InlineData("好 好", "好*")]
    [InlineData("👍", "👍")]
    public void A_query_asks_an_index_for_keys(string query, string keys) =>
        Assert.Equal(keys, string.Join(' ', SearchQuery.Parse(query).Keys.Select(key => key.Text + (key.IsPrefix ? "*" : ""))));

    [Fact]
    public void Whatever_matches_is_listed_under_all_keys_of_the_query() => Gen.Select(Texts, Texts).Sample((asked, text) =>
    {
        var query = SearchQuery.Parse(asked);
        var read = SearchText.Read(text);
        var listed = new HashSet<string>();
        read.TakeKeys(key => listed.Add(key.ToString()));
        return !query.Matches(read)
            || query.Keys.All(key => key.IsPrefix ? listed.Any(one => one.StartsWith(key.Text, StringComparison.Ordinal)) : listed.Contains(key.Text));
    }, iter: 20_000);

    [Fact]
    public void Every_piece_of_a_text_finds_it() => Texts.Sample(text =>
    {
        var read = SearchText.Read(text);
        return read.Pieces.All(piece => SearchQuery.Parse($"\"{read.Span(piece)}\"").Matches(read));
    }, iter: 5_000);
}
