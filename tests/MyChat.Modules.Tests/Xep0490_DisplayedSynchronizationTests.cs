using static MyChat.Modules.Tests.EventingScenes;

namespace MyChat.Modules.Tests;

public class DisplayedSynchronizationTests
{
    private const string Node = "urn:xmpp:mds:displayed:0";
    private const string Juliet = "juliet@verona.lit";

    private static string Options => EventingScenes.Options(
        ("persist_items", "true"), ("max_items", "max"), ("send_last_published_item", "never"), ("access_model", "whitelist"));

    private static string Displayed(string id) =>
        $"<displayed xmlns='urn:xmpp:mds:displayed:0'><stanza-id xmlns='urn:xmpp:sid:0' by='{Juliet}' id='{id}'/></displayed>";

    [Fact]
    public async Task A_device_says_what_was_read_and_the_others_hear_of_it_or_catch_up()
    {
        await using var play = await Stage();
        var balcony = await play.Enter("juliet/balcony");
        await balcony.Wants(Node);
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Wants(Node);
        await balcony.PublishesAndHears(Node, "romeo@montegue.lit", Displayed("0f710f2b"), Options);
        await balcony.PublishesAndHears(Node, "example@conference.shakespeare.lit", Displayed("ca21deaf"), Options);
        await balcony.PublishesAndHears(Node, "romeo@montegue.lit", Displayed("1a2b"), Options);
        await balcony.Disconnects();
        var chamber = await play.Enter("juliet/chamber");
        await chamber.Wants(Node);
        await chamber.Finds(null, Node,
            $"<item id='example@conference.shakespeare.lit'>{Displayed("ca21deaf")}</item><item id='romeo@montegue.lit'>{Displayed("1a2b")}</item>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task The_server_takes_it_out_of_a_message_and_publishes_it()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Wants(Node);
        var romeo = await play.Enter("romeo/orchard");
        await juliet.Sends($"<message to='romeo@verona.lit' type='chat'><displayed xmlns='urn:xmpp:chat-markers:0' id='the-msg-1'/>{Displayed("0423e3a9")}</message>");
        await romeo.Receives($"<message from='{juliet.Jid}' to='romeo@verona.lit' type='chat'><displayed xmlns='urn:xmpp:chat-markers:0' id='the-msg-1'/><stanza-id …/></message>");
        await juliet.Hears(Juliet, Node, $"<item id='romeo@verona.lit'>{Displayed("0423e3a9")}</item>");
        await juliet.IsRefusedAs("set", null, PubSubOf($"<publish node='{Node}'><item>{Displayed("1")}</item></publish>{EventingScenes.Options(("access_model", "open"))}"), "cancel conflict precondition-not-met");
        await juliet.Finds(null, Node, $"<item id='romeo@verona.lit'>{Displayed("0423e3a9")}</item>");
        await play.NobodyReceivesMore();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<stanza-id xmlns='urn:xmpp:sid:0' by='juliet@verona.lit' id='1'/><stanza-id xmlns='urn:xmpp:sid:0' by='juliet@verona.lit' id='2'/>")]
    public async Task What_is_no_read_state_is_taken_out_and_not_published(string content)
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard");
        await juliet.Sends($"<message to='romeo@verona.lit' type='chat'><body>Hi</body><displayed xmlns='{Node}'>{content}</displayed></message>");
        await romeo.Receives($"<message from='{juliet.Jid}' to='romeo@verona.lit' type='chat'><body>Hi</body><stanza-id …/></message>");
        await juliet.IsRefusedAs("get", null, PubSubOf($"<items node='{Node}'/>"), "cancel item-not-found");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task It_is_not_published_where_others_could_read_it()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard");
        await juliet.Asks("set", null, PubSubOf($"<create node='{Node}'/>"), "");
        await juliet.Sends($"<message to='romeo@verona.lit' type='chat'><body>Hi</body>{Displayed("1")}</message>");
        await romeo.Receives($"<message from='{juliet.Jid}' to='romeo@verona.lit' type='chat'><body>Hi</body><stanza-id …/></message>");
        await juliet.Finds(null, Node, "");
        await play.NobodyReceivesMore();
    }
}
