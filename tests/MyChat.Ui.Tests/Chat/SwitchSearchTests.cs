using MyChat.Client.Roster;
using MyChat.Ui.Chat;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Tests.Chat;

public sealed class SwitchSearchTests
{
    private static readonly SwitchTarget[] Targets =
    [
        Target("capulet@verona.lit", "Lord Capulet"),
        Target("juliet@verona.lit", "Juliet"),
        Target("zhang@verona.lit", "张小明", "zxm"),
        Target("nurse@verona.lit", "Angelica"),
    ];

    [Theory]
    [InlineData("jul", "Juliet")]
    [InlineData("JULIET", "Juliet")]
    [InlineData("小明", "张小明")]
    [InlineData("zxm", "张小明")]
    [InlineData("nurse", "Angelica")]
    [InlineData("lcap", "Lord Capulet")]
    [InlineData("juliet@verona", "Juliet")]
    public void A_few_letters_find_whom_one_means(string text, string name) =>
        Assert.Equal(name, SwitchSearch.Find(Targets, text).First().Contact.Name);

    [Fact]
    public void Better_matches_stand_before_worse_ones() =>
        Assert.Equal(["Lord Capulet", "Angelica"], SwitchSearch.Find(Targets.Reverse().ToList(), "ca").Select(target => target.Contact.Name));

    [Fact]
    public void Nobody_is_found_who_does_not_match() => Assert.Empty(SwitchSearch.Find(Targets, "qqq"));

    [Fact]
    public void Without_a_text_all_stand_there_in_their_order() => Assert.Equal(Targets, SwitchSearch.Find(Targets, ""));

    private static SwitchTarget Target(string jid, string name, string initials = "") =>
        new(new Contact(BareJid.Parse(jid)) { Name = name }, 0, "", initials);
}
