using System.Reflection;
using System.Text.RegularExpressions;
using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Ui.Language;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Ui.Tests.Language;

public sealed partial class WordsTests
{
    // The same in every language: names, and what is said by a number alone.
    private static readonly string[] Alike = ["OwnName", "Tag", "About", "Percent"];

    public static TheoryData<string, string> Areas()
    {
        var data = new TheoryData<string, string>();
        foreach (var words in Words.All)
        {
            foreach (var area in typeof(Words).GetProperties().Where(property => property.PropertyType.Name.EndsWith("Words", StringComparison.Ordinal)
                && property.GetMethod!.IsAbstract))
            {
                data.Add(words.Tag, area.Name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void Every_text_is_in_its_language(string language, string area)
    {
        var words = Words.All.Single(words => words.Tag == language);
        var texts = typeof(Words).GetProperty(area)!.GetValue(words)!;
        foreach (var property in texts.GetType().GetProperties().Where(property => property.PropertyType == typeof(string) && !Alike.Contains(property.Name)))
        {
            var text = (string)property.GetValue(texts)!;
            Assert.False(string.IsNullOrWhiteSpace(text), property.Name);
            Assert.True(language != "en" || !Han().IsMatch(text), $"{property.Name}: {text}");
            Assert.True(language == "en" || Han().IsMatch(text) || text is "Enter" or "Ctrl+Enter", $"{property.Name}: {text}");
        }
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void Every_text_of_an_enumeration_has_its_own_words(string language, string area)
    {
        var words = Words.All.Single(words => words.Tag == language);
        var texts = typeof(Words).GetProperty(area)!.GetValue(words)!;
        foreach (var method in texts.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(string) && method.GetParameters() is [{ ParameterType.IsEnum: true }]))
        {
            foreach (var value in Enum.GetValues(method.GetParameters()[0].ParameterType))
            {
                // Somebody else's message has no state to be told.
                Assert.True(value is MessageState.Received || !string.IsNullOrWhiteSpace((string?)method.Invoke(texts, [value])), $"{method.Name}({value})");
            }
        }
    }

    [Fact]
    public void Each_cause_of_a_lost_connection_is_told_apart()
    {
        foreach (var words in Words.All)
        {
            Assert.Equal(Enum.GetValues<ConnectionFault>().Length, Enum.GetValues<ConnectionFault>().Select(words.Errors.Of).Distinct().Count());
            Assert.NotEqual(words.Errors.Of(StanzaErrorCondition.ItemNotFound), words.Errors.Of(StanzaErrorCondition.Conflict));
            Assert.Equal(words.Errors.NoConnection, words.Errors.Of(new XmppException("gone")));
        }
    }

    [Theory]
    [InlineData("zh-CN", "zh-Hans")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("zh_TW", "zh-Hans")]
    [InlineData("EN-gb", "en")]
    [InlineData("de", "en")]
    [InlineData("zhx", "en")]
    public void The_language_is_the_systems(string system, string expected) => Assert.Equal(expected, Words.For(null, [system]).Tag);

    [Fact]
    public void The_language_that_was_chosen_comes_first_and_the_first_that_there_is_after_it()
    {
        Assert.Equal("en", Words.For("en", ["zh-CN"]).Tag);
        Assert.Equal("zh-Hans", Words.For(null, ["fr", "zh-CN", "en"]).Tag);
        Assert.Equal("zh-Hans", Words.For("tlh", ["zh"]).Tag);
        Assert.Equal("en", Words.For(null, []).Tag);
    }

    [Fact]
    public void Plurals()
    {
        Assert.Equal("1 unread message", Words.English.Common.Unread(1));
        Assert.Equal("2 unread messages", Words.English.Common.Unread(2));
        Assert.Equal("1 条未读消息", Words.Chinese.Common.Unread(1));
        Assert.Equal("1 person found", Words.English.Friends.Found(1));
        Assert.Equal("0 people found", Words.English.Friends.Found(0));
        Assert.Equal("My friends (2/5)", Words.English.Friends.MyFriends(2, 5));
        Assert.Equal("我的好友 (2/5)", Words.Chinese.Friends.MyFriends(2, 5));
    }

    [Fact]
    public void The_originals_terms_are_kept()
    {
        Assert.Equal("好友验证", Words.Chinese.Verification.Title);
        Assert.Equal("个性签名", Words.Chinese.Shell.Signature);
        Assert.Equal("请求加你为好友", Words.Chinese.Verification.Text(NoticeKind.Request));
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}
