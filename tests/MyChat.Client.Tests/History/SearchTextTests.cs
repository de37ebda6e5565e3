using MyChat.Client.History;

namespace MyChat.Client.Tests.History;

public sealed class SearchTextTests
{
    private static string Marked(string text, string search) =>
        string.Concat(SearchText.Snippet(text, SearchText.Words(search)).Select(part => part.IsHit ? $"[{part.Text}]" : part.Text));

    [Fact]
    public void Each_word_is_marked_wherever_it_stands() => Assert.Equal("[Soft], what [LIGHT]? [Soft]", Marked("Soft, what LIGHT? Soft", "light soft"));

    [Fact]
    public void Two_characters_of_Chinese_are_a_word() => Assert.Equal("明天去[北京]大学", Marked("明天去北京大学", "北京"));

    [Fact]
    public void A_long_text_is_cut_around_the_first_hit_and_between_characters()
    {
        var text = string.Concat(Enumerable.Repeat("🌹", 100)) + "here" + string.Concat(Enumerable.Repeat("🌙", 200));
        var snippet = Marked(text, "here");
        Assert.StartsWith("…🌹", snippet, StringComparison.Ordinal);
        Assert.Contains("[here]", snippet, StringComparison.Ordinal);
        Assert.EndsWith("🌙…", snippet, StringComparison.Ordinal);
        Assert.True(snippet.Length < 160);
    }

    [Fact]
    public void Lines_become_one_and_markup_stays_text() => Assert.Equal("a <b>[x]</b> c", Marked("a\n\n<b>x</b>\t c", "x"));

    [Fact]
    public void A_text_must_have_all_words()
    {
        Assert.True(SearchText.Has("Ich sah ЗИМУ", SearchText.Words("зиму ICH")));
        Assert.False(SearchText.Has("Ich sah", SearchText.Words("ich nicht")));
        Assert.False(SearchText.Has("anything", SearchText.Words("  ")));
    }
}
