using MyChat.Xmpp.Search;

namespace MyChat.Xmpp.Tests.Search;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Soft! What light?", "W:soft W:what W:light")]
    [InlineData("我们用iPhone15拍照。", "D:我们用 W:iphone15 D:拍照")]
    [InlineData("你好，世界", "D:你好 D:世界")]
    [InlineData("romeo@verona.lit 3.14 snake_case", "W:romeo W:verona W:lit W:3 W:14 W:snake W:case")]
    [InlineData("ok👍👍🏽 👨‍👩‍👧", "W:ok S:👍 S:👍 S:👨 S:👩 S:👧")]
    [InlineData("𠮷野家", "D:𠮷野家")]
    [InlineData("%_'\"\\;--", "")]
    public void A_text_is_cut_into_pieces(string text, string pieces)
    {
        var read = SearchText.Read(text);
        Assert.Equal(pieces, string.Join(' ', read.Pieces.Select(piece => $"{piece.Kind.ToString()[0]}:{read.Span(piece)}")));
    }

    [Theory]
    [InlineData("Soft what", "soft what")]
    [InlineData("全文搜索", "全文 文搜 搜索 索")]
    [InlineData("𠮷野", "𠮷野 野")]
    [InlineData("好", "好")]
    [InlineData("👍ok", "👍 ok")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaa")]
    public void An_index_lists_it_under_keys(string text, string keys)
    {
        var taken = new List<string>();
        SearchText.Read(text).TakeKeys(key => taken.Add(key.ToString()));
        Assert.Equal(keys, string.Join(' ', taken));
    }
}
