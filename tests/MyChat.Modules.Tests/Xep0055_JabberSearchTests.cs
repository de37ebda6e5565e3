using Microsoft.Extensions.DependencyInjection;
using MyChat.Testing.Plays;

namespace MyChat.Modules.Tests;

public class UserSearchTests
{
    private static Task<Play> Stage() => Scenes.With(services =>
    [
        new VCardModule(services.GetRequiredService<IUserDirectory>()),
        new UserSearch(services.GetRequiredService<IUserDirectory>()),
    ]);

    private static string Plain(string asked) => $"<query xmlns='jabber:iq:search'><nick>{asked}</nick></query>";

    private static string Form(string asked, string var = "search") =>
        "<query xmlns='jabber:iq:search'><x xmlns='jabber:x:data' type='submit'>"
        + "<field var='FORM_TYPE' type='hidden'><value>jabber:iq:search</value></field>"
        + $"<field var='{var}'><value>{asked}</value></field></x></query>";

    private static string Item(string localpart, string nick = "", string name = "") =>
        $"<item jid='{localpart}@verona.lit'><first>{name}</first><last/><nick>{nick}</nick><email/></item>";

    private static string Found(string items) => $"<query xmlns='jabber:iq:search'>{items}</query>";

    private static Task Calls(Actor actor, string nick, string name) =>
        actor.Asks("set", null, $"<vCard xmlns='vcard-temp'><FN>{name}</FN><NICKNAME>{nick}</NICKNAME></vCard>", "");

    [Fact]
    public async Task The_fields_are_offered_plainly_and_as_a_form()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Asks("get", "verona.lit", "<query xmlns='jabber:iq:search'/>",
            """
            <query xmlns='jabber:iq:search'>
              <instructions>*</instructions>
              <nick/>
              <x xmlns='jabber:x:data' type='form'>
                <instructions>*</instructions>
                <field var='FORM_TYPE' type='hidden'><value>jabber:iq:search</value></field>
                <field var='search' type='text-single' label='Name or address'/>
              </x>
            </query>
            """);
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("小明", true)]
    [InlineData("明", true)]
    [InlineData("ＸＩＡＯ", true)]
    [InlineData("xiaoming@verona.lit", true)]
    [InlineData("XiaoMing@Verona.LIT/phone", true)]
    [InlineData("ｘｉａｏｍｉｎｇ＠ｖｅｒｏｎａ．ｌｉｔ", true)]
    [InlineData("WANG  xiaoming", true)]
    [InlineData("100%_", true)]
    [InlineData("%_&apos;", true)]
    [InlineData("_&apos;&quot;", true)]
    [InlineData("%%", false)]
    [InlineData("__", false)]
    [InlineData("x%g", false)]
    [InlineData("xiaoming@mantua.lit", false)]
    [InlineData("iaoming@verona.lit", false)]
    [InlineData("&apos; OR 1=1 --", false)]
    [InlineData("大明", false)]
    public async Task A_person_is_found_by_any_part_of_a_name_literally(string asked, bool found)
    {
        await using var play = await Stage();
        var xiaoming = await play.Enter("xiaoming/phone");
        await Calls(xiaoming, "王小明100%_&apos;&quot;", "Wang Xiaoming");
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Asks("set", "verona.lit", Plain(asked), Found(found ? Item("xiaoming", "王小明100%_&apos;&quot;", "Wang Xiaoming") : ""));
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("search")]
    [InlineData("nick")]
    [InlineData("first")]
    public async Task Who_asks_by_form_is_answered_by_form(string var)
    {
        await using var play = await Stage();
        var xiaoming = await play.Enter("xiaoming/phone");
        await Calls(xiaoming, "小明", "");
        await xiaoming.Asks("set", "verona.lit", Form("小明", var),
            """
            <query xmlns='jabber:iq:search'><x xmlns='jabber:x:data' type='result'>
              <field var='FORM_TYPE' type='hidden'><value>jabber:iq:search</value></field>
              <reported>
                <field var='jid' type='jid-single' label='Address'/>
                <field var='nick' type='text-single' label='Nickname'/>
                <field var='first' type='text-single' label='Name'/>
              </reported>
              <item>
                <field var='jid'><value>xiaoming@verona.lit</value></field>
                <field var='nick'><value>小明</value></field>
                <field var='first'><value></value></field>
              </item>
            </x></query>
            """);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_hides_is_not_found_until_showing_up_again()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard");
        const string Shown = "<directory xmlns='urn:mychat:directory:0'/>";
        const string Hidden = "<directory xmlns='urn:mychat:directory:0'><hidden/></directory>";
        await juliet.Asks("get", null, Shown, Shown);
        await juliet.Asks("set", null, Hidden, "");
        await juliet.Asks("get", null, Shown, Hidden);
        await romeo.Asks("set", "verona.lit", Plain("juliet"), Found(""));
        await romeo.Asks("set", "verona.lit", Plain("juliet@verona.lit"), Found(""));
        await Calls(juliet, "Jule", "Juliet"); // a new vCard does not bring her back
        await romeo.Asks("set", "verona.lit", Plain("jul"), Found(""));
        await juliet.Asks("set", null, Shown, "");
        await romeo.Asks("set", "verona.lit", Plain("jul"), Found(Item("juliet", "Jule", "Juliet")));
        await romeo.IsRefused("set", "juliet@verona.lit", Hidden, "cancel", "service-unavailable");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("<query xmlns='jabber:iq:search'/>")]
    [InlineData("<query xmlns='jabber:iq:search'><nick> </nick></query>")]
    [InlineData("<query xmlns='jabber:iq:search'><nick>a</nick></query>")]
    [InlineData("<query xmlns='jabber:iq:search'><nick>%</nick></query>")]
    [InlineData("<query xmlns='jabber:iq:search'><nick>romeo</nick><first>Juliet</first></query>")]
    [InlineData("<query xmlns='jabber:iq:search'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:else</value></field></x></query>")]
    public async Task A_search_for_nothing_in_particular_is_refused(string query)
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        await romeo.IsRefused("set", "verona.lit", query, "modify", "not-acceptable");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Fifty_are_shown_and_more_are_said_to_be_there()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        for (var i = 10; i < 60; i++)
        {
            await play.Server.RegisterAsync($"guest{i}", "secret");
        }
        var fifty = string.Concat(Enumerable.Range(10, 50).Select(i => Item($"guest{i}")));
        await romeo.Asks("set", "verona.lit", Plain("guest"), Found(fifty));
        await play.Server.RegisterAsync("guest60", "secret");
        await romeo.Asks("set", "verona.lit", Plain("guest"), Found("<instructions>*</instructions>" + fifty));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_searches_without_pause_must_wait()
    {
        await using var play = await Stage();
        var romeo = await play.Enter("romeo/orchard");
        for (var i = 0; i < 20; i++)
        {
            await romeo.Asks("set", "verona.lit", Plain("montague"), Found(""));
        }
        await romeo.IsRefused("set", "verona.lit", Plain("montague"), "wait", "resource-constraint");
        var other = await play.Enter("romeo/cell", presence: false);
        await other.IsRefused("set", "verona.lit", Plain("montague"), "wait", "resource-constraint");
        play.Passes(TimeSpan.FromSeconds(1));
        await romeo.Asks("set", "verona.lit", Plain("montague"), Found(""));
        await romeo.IsRefused("set", "verona.lit", Plain("montague"), "wait", "resource-constraint");
        await play.NobodyReceivesMore();
    }
}
