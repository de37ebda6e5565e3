using MyChat.Client.Connections;
using MyChat.Client.Profiles;
using MyChat.Client.Roster;
using MyChat.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Tests.Roster;

public sealed class PeopleSearchTests
{
    [Fact]
    public async Task People_are_found_by_part_of_a_name_with_what_they_are_to_the_user()
    {
        await using var world = await World.StartAsync();
        var (romeo, juliet) = await world.Friends();
        await juliet.Client.Profiles.PublishAsync(new Profile("朱丽叶", null, null));
        await romeo.Client.Profiles.PublishAsync(new Profile("朱罗密欧", null, null));
        await romeo.Sees(() => romeo.Client.Search.IsOffered);

        var found = await romeo.Client.Search.FindAsync(" 朱 ");

        Assert.Equal([("朱丽叶", Friendship.Friends, false), ("朱罗密欧", Friendship.None, true)],
            found.OrderBy(person => person.IsSelf).Select(person => (person.Name, person.Friendship, person.IsSelf)));
        Assert.Equal(juliet.Jid, (await romeo.Client.Search.FindAsync("juliet@verona.lit")).Single().Jid);
        var refusal = await Assert.ThrowsAsync<StanzaErrorException>(() => romeo.Client.Search.FindAsync("j"));
        Assert.Equal(StanzaErrorCondition.NotAcceptable, refusal.Condition);

        await juliet.Client.Self.SetPreferencesAsync(juliet.Client.Self.Preferences with { CanBeFound = false });
        Assert.DoesNotContain(await romeo.Client.Search.FindAsync("朱"), person => person.Jid.Equals(juliet.Jid));
    }

    [Fact]
    public async Task A_server_without_search_offers_none()
    {
        await using var world = await World.StartAsync(typeof(UserSearch));
        var romeo = await world.Enter("romeo");
        await romeo.Sees(() => !romeo.Client.Search.IsOffered);
        await Assert.ThrowsAsync<XmppException>(() => romeo.Client.Search.FindAsync("juliet"));
        Assert.False(romeo.Client.Search.IsOffered);
    }

    [Fact]
    public void Plain_fields_are_asked_one_by_one_for_the_service_joins_them()
    {
        var questions = SearchForm.Ask(
            Element.Parse("<query xmlns='jabber:iq:search'><instructions/><first/><last/><nick/><email/></query>"), "jul");
        Assert.Equal(["nick", "first"], questions.Select(question => Assert.Single(question.Elements).Name.Local));
        Assert.All(questions, question => Assert.Equal(["jul"], JabberSearch.Asked(question)));
    }

    [Fact]
    public void Answers_of_other_services_are_read()
    {
        var plain = Element.Parse(
            "<query xmlns='jabber:iq:search'><item jid='a@b.lit'><first>A</first><nick/></item><item jid='not a jid@@'/><item/><item jid='c@b.lit'/></query>");
        Assert.Equal([("a@b.lit", "A"), ("c@b.lit", "c")], SearchForm.Read(plain).Select(person => (person.Jid.ToString(), person.Name)));
        var form = new Element(JabberSearch.Query, DataForms.Make("result", JabberSearch.Ns, null,
            new Element(DataForms.Item, DataForms.MakeField("jid", null, null, "a@b.lit"), DataForms.MakeField("fn", null, null, "\u202EA"))));
        Assert.Equal([("a@b.lit", "A")], SearchForm.Read(form).Select(person => (person.Jid.ToString(), person.Name)));
    }
}
