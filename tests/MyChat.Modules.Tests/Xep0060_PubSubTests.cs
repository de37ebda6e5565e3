using MyChat.Server;
using MyChat.Testing.Plays;
using static MyChat.Modules.Tests.EventingScenes;

namespace MyChat.Modules.Tests;

/// <summary>The subset of XEP-0060 that an owner uses at the own account.</summary>
public class PubSubTests
{
    private const string A = "<a xmlns='urn:example'>1</a>";
    private const string B = "<b xmlns='urn:example'/>";

    private static async Task<(Play Play, Actor Juliet)> Begin(Action<ServerOptions>? configure = null)
    {
        var play = await Stage(configure);
        return (play, await play.Enter("juliet/balcony"));
    }

    [Fact]
    public async Task Items_are_read_all_by_number_and_by_id()
    {
        var (play, juliet) = await Begin();
        await using var _ = play;
        foreach (var id in new[] { "1", "2", "3", "1" })
        {
            await juliet.Publishes("n", id, A, Options(("max_items", "max")));
        }
        await juliet.Finds(null, "n", $"<item id='2'>{A}</item><item id='3'>{A}</item><item id='1'>{A}</item>");
        await juliet.Asks("get", "juliet@verona.lit", PubSubOf("<items node='n' max_items='2'/>"), PubSubOf($"<items node='n'><item id='3'>{A}</item><item id='1'>{A}</item></items>"));
        await juliet.Asks("get", null, PubSubOf("<items node='n'><item id='3'/><item id='none'/></items>"), PubSubOf($"<items node='n'><item id='3'>{A}</item></items>"));
        await juliet.Asks("get", null, PubSubOf("<items node='n'><item id='none'/></items>"), PubSubOf("<items node='n'/>"));
        await juliet.IsRefusedAs("get", null, PubSubOf("<items/>"), "modify bad-request nodeid-required");
        await juliet.IsRefusedAs("get", null, PubSubOf("<items node='none'/>"), "cancel item-not-found");
        await juliet.IsRefusedAs("get", null, PubSubOf("<items node='n' max_items='0'/>"), "modify bad-request");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_node_keeps_one_item_unless_it_is_told_otherwise_and_an_item_without_id_gets_one()
    {
        var (play, juliet) = await Begin();
        await using var _ = play;
        await juliet.Publishes("n", "1", A);
        await juliet.Asks("set", null, PubSubOf($"<publish node='n'><item>{B}</item></publish>"), PubSubOf("<publish node='n'><item id='{made}'/></publish>"));
        await juliet.Finds(null, "n", $"<item id='{{made}}'>{B}</item>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("<publish><item/></publish>", "modify bad-request nodeid-required")]
    [InlineData("<publish node='n'/>", "modify bad-request item-required")]
    [InlineData("<publish node='n'><item/></publish>", "modify bad-request payload-required")]
    [InlineData("<publish node='n'><item><a xmlns='a'/><b xmlns='b'/></item></publish>", "modify bad-request invalid-payload")]
    [InlineData("<publish node='n'><item><a xmlns='a'/></item><item><a xmlns='a'/></item></publish>", "modify bad-request")]
    [InlineData("<publish node='n'><item><a xmlns='a'/></item></publish><publish-options/>", "modify bad-request")]
    [InlineData("<retract><item id='1'/></retract>", "modify bad-request nodeid-required")]
    [InlineData("<retract node='n'/>", "modify bad-request item-required")]
    [InlineData("<retract node='n'><item/></retract>", "modify bad-request item-required")]
    [InlineData("<retract node='n'><item id='1'/></retract>", "cancel item-not-found")]
    [InlineData("<create/>", "modify not-acceptable nodeid-required")]
    [InlineData("<subscribe node='n' jid='juliet@verona.lit'/>", "cancel feature-not-implemented unsupported subscribe")]
    [InlineData("<unknown/>", "modify bad-request")]
    [InlineData("", "modify bad-request")]
    public async Task What_cannot_be_done_is_refused_and_makes_no_node(string content, string error)
    {
        var (play, juliet) = await Begin();
        await using var _ = play;
        await juliet.IsRefusedAs("set", null, PubSubOf(content), error);
        await juliet.IsRefusedAs("get", null, PubSubOf("<items node='n'/>"), "cancel item-not-found");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("access_model", "open")]
    [InlineData("max_items", "2")]
    [InlineData("persist_items", "0")]
    [InlineData("send_last_published_item", "on_sub_and_presence")]
    [InlineData("access_model", "everybody")]
    [InlineData("max_items", "-1")]
    [InlineData("unknown", "1")]
    public async Task A_condition_that_does_not_hold_fails_the_publication(string field, string value)
    {
        var (play, juliet) = await Begin();
        await using var _ = play;
        await juliet.Publishes("n", "1", A, Options(("persist_items", "1"), ("max_items", "max"), ("send_last_published_item", "never"), ("access_model", "whitelist")));
        await juliet.IsRefusedAs(
            "set", null, PubSubOf($"<publish node='n'><item id='2'>{B}</item></publish>{Options((field, value))}"), "cancel conflict precondition-not-met");
        await juliet.Finds(null, "n", $"<item id='1'>{A}</item>");
        await juliet.Publishes("n", "2", B, Options(("access_model", "whitelist"), ("persist_items", "true"), ("publish_model", "publishers")));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task An_unknown_condition_makes_no_node()
    {
        var (play, juliet) = await Begin();
        await using var _ = play;
        await juliet.IsRefusedAs("set", null, PubSubOf($"<publish node='n'><item>{A}</item></publish>{Options(("unknown", "1"))}"), "cancel conflict precondition-not-met");
        await juliet.IsRefusedAs("get", null, PubSubOf("<items node='n'/>"), "cancel item-not-found");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_node_is_made_configured_and_removed()
    {
        var (play, juliet) = await Begin();
        await using var _ = play;
        await juliet.Wants("n");
        await juliet.Asks("set", null, PubSubOf($"<create node='n'/><configure>{Form("node_config", ("max_items", "3"), ("title", "Mine"))}</configure>"), "");
        await juliet.IsRefusedAs("set", null, PubSubOf("<create node='n'/>"), "cancel conflict");
        await juliet.Asks("get", null, PubSubOf("<configure node='n'/>", "#owner"), PubSubOf($"<configure node='n'>{Shown("presence", "3")}</configure>", "#owner"));
        await juliet.Asks("get", null, PubSubOf("<default/>", "#owner"), PubSubOf($"<default>{Shown("presence", "1")}</default>", "#owner"));
        await juliet.Asks("set", null, PubSubOf($"<configure node='n'>{Form("node_config", ("access_model", "open"), ("max_items", "max"))}</configure>", "#owner"), "");
        await juliet.Asks("get", null, PubSubOf("<configure node='n'/>", "#owner"), PubSubOf($"<configure node='n'>{Shown("open", "max")}</configure>", "#owner"));
        await juliet.IsRefusedAs("set", null, PubSubOf($"<configure node='n'>{Form("node_config", ("access_model", "roster"))}</configure>", "#owner"), "modify not-acceptable");
        await juliet.IsRefusedAs("set", null, PubSubOf("<configure node='n'/>", "#owner"), "modify bad-request");
        await juliet.Asks("set", null, PubSubOf("<configure node='n'><x xmlns='jabber:x:data' type='cancel'/></configure>", "#owner"), "");
        await juliet.Sends($"<iq type='set' id='d'>{PubSubOf("<delete node='n'/>", "#owner")}</iq>");
        await juliet.ReceivesInAnyOrder(Word("juliet@verona.lit", juliet, "<delete node='n'/>"), $"<iq type='result' id='d' to='{juliet.Jid}'/>");
        await juliet.IsRefusedAs("get", null, PubSubOf("<configure node='n'/>", "#owner"), "cancel item-not-found");
        await juliet.IsRefusedAs("set", null, PubSubOf("<delete node='n'/>", "#owner"), "cancel item-not-found");
        await play.NobodyReceivesMore();
    }

    private static string Shown(string access, string maxItems) =>
        $"""
        <x xmlns='jabber:x:data' type='form'>
          <field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/pubsub#node_config</value></field>
          <field var='pubsub#access_model' type='list-single' label='*'><value>{access}</value>
            <option><value>presence</value></option>
            <option><value>open</value></option>
            <option><value>whitelist</value></option>
          </field>
          <field var='pubsub#persist_items' type='boolean' label='*'><value>true</value></field>
          <field var='pubsub#max_items' type='text-single' label='*'><value>{maxItems}</value></field>
          <field var='pubsub#send_last_published_item' type='list-single' label='*'><value>on_sub_and_presence</value>
            <option><value>never</value></option>
            <option><value>on_sub</value></option>
            <option><value>on_sub_and_presence</value></option>
          </field>
          <field var='pubsub#notify_retract' type='boolean' label='*'><value>true</value></field>
          <field var='pubsub#notify_delete' type='boolean' label='*'><value>true</value></field>
        </x>
        """;

    [Fact]
    public async Task An_item_of_a_node_that_keeps_none_is_told_and_forgotten()
    {
        var (play, juliet) = await Begin();
        await using var _ = play;
        await juliet.Wants("n");
        await juliet.PublishesAndHears("n", "1", A, Options(("persist_items", "false")));
        await juliet.Finds(null, "n", "");
        await juliet.IsRefusedAs("set", null, PubSubOf("<retract node='n'><item id='1'/></retract>"), "cancel feature-not-implemented unsupported persistent-items");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task There_are_limits()
    {
        var (play, juliet) = await Begin(options =>
        {
            options.Limits.NodesPerAccount = 2;
            options.Limits.ItemsPerNode = 2;
            options.Limits.ItemBytes = 100;
        });
        await using var _ = play;
        await juliet.IsRefusedAs("set", null, PubSubOf($"<publish node='n'><item><a xmlns='a'>{new string('x', 100)}</a></item></publish>"), "modify not-acceptable payload-too-big");
        foreach (var id in new[] { "1", "2", "3" })
        {
            await juliet.Publishes("n", id, B, Options(("max_items", "max")));
        }
        await juliet.Finds(null, "n", $"<item id='2'>{B}</item><item id='3'>{B}</item>");
        await juliet.Asks("set", null, PubSubOf("<create node='m'/>"), "");
        await juliet.IsRefusedAs("set", null, PubSubOf("<create node='o'/>"), "wait resource-constraint");
        await juliet.IsRefusedAs("set", null, PubSubOf($"<publish node='o'><item>{B}</item></publish>"), "wait resource-constraint");
        await juliet.IsRefusedAs("set", null, PubSubOf($"<publish node='{new string('n', 1025)}'><item>{B}</item></publish>"), "modify not-acceptable");
        await juliet.IsRefusedAs("set", null, PubSubOf($"<publish node='n'><item id='{new string('i', 2048)}'>{B}</item></publish>"), "modify not-acceptable");
        await play.NobodyReceivesMore();
    }
}
