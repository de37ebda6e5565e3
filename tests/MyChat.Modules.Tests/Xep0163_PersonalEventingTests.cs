using MyChat.Testing.Plays;
using MyChat.Xmpp.Xeps;
using static MyChat.Modules.Tests.EventingScenes;

namespace MyChat.Modules.Tests;

public class PersonalEventingTests
{
    private const string Tune = "http://jabber.org/protocol/tune";
    private const string Song = "<tune xmlns='http://jabber.org/protocol/tune'><title>Allegro</title></tune>";
    private const string Silence = "<tune xmlns='http://jabber.org/protocol/tune'/>";
    private const string Juliet = "juliet@verona.lit";

    [Fact]
    public async Task Those_who_see_the_presence_and_want_to_know_hear_of_it_and_so_do_the_own_devices()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var chamber = await play.Enter("juliet/chamber");
        await juliet.Receives("<presence from='juliet@verona.lit/chamber' to='juliet@verona.lit/balcony'/>");
        await chamber.Receives("<presence from='juliet@verona.lit/balcony' to='juliet@verona.lit/chamber'/>");
        await chamber.Disconnects();
        await juliet.Receives("<presence type='unavailable' from='juliet@verona.lit/chamber' to='juliet@verona.lit/balcony'/>");
        await juliet.Wants(Tune);
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Wants(Tune);
        var nurse = await play.Enter("nurse/chamber"); // sees her, wants nothing
        var paris = await play.Enter("paris/church"); // wants it, sees nothing
        await paris.Wants(Tune);
        foreach (var friend in new[] { romeo, nurse })
        {
            await friend.Sends($"<presence to='{Juliet}' type='subscribe'/>");
            await juliet.Receives($"<presence from='{friend.Jid.Bare}' to='{Juliet}' type='subscribe'/>");
            await juliet.Sends($"<presence to='{friend.Jid.Bare}' type='subscribed'/>");
            await friend.Receives($"<presence from='{Juliet}' to='{friend.Jid.Bare}' type='subscribed'/>");
            await friend.Receives($"<presence from='{juliet.Jid}' to='{friend.Jid.Bare}'>…</presence>");
        }
        await juliet.PublishesAndHears(Tune, "1", Song);
        await romeo.Hears(Juliet, Tune, $"<item id='1'>{Song}</item>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Who_comes_or_may_see_the_presence_from_now_on_is_told_the_last_item()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Publishes(Tune, "1", Silence);
        await juliet.Publishes(Tune, "2", Song);
        await juliet.Publishes("quiet", "1", Song, Options(("send_last_published_item", "never")));
        await juliet.Publishes("private", "1", Song, Options(("access_model", "whitelist")));
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Wants(Tune, "quiet", "private");
        await juliet.LetsSee(romeo);
        await romeo.HearsLast(Juliet, Tune, $"<item id='2'>{Song}</item>");
        await juliet.Disconnects();
        await romeo.Receives($"<presence type='unavailable' from='{juliet.Jid}' to='romeo@verona.lit'/>");
        var phone = await play.Enter("romeo/phone");
        await phone.Receives($"<presence from='{romeo.Jid}' to='{phone.Jid}'>…</presence>");
        await romeo.Receives($"<presence from='{phone.Jid}' to='{romeo.Jid}'/>");
        await phone.Sends("<presence type='unavailable'/>");
        await romeo.Receives($"<presence type='unavailable' from='{phone.Jid}' to='{romeo.Jid}'/>");
        await phone.Receives($"<presence type='unavailable' from='{phone.Jid}' to='{phone.Jid}'/>");
        await play.NobodyReceivesMore();
        await romeo.Sends("<presence type='unavailable'/>");
        await romeo.Receives($"<presence type='unavailable' from='{romeo.Jid}' to='{romeo.Jid}'/>");
        var ver = EntityCapabilities.Verify(Disco.MakeInfo(
            [new DiscoIdentity("client", "pc", $"romeo/orchard {Tune} quiet private")], new[] { Tune, "quiet", "private" }.Select(node => node + "+notify")))!;
        await romeo.Tells(ver); // known by now: she is away, and nobody is asked
        await romeo.HearsLast(Juliet, Tune, $"<item id='2'>{Song}</item>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_client_is_asked_once_and_one_that_lies_is_believed_only_for_itself()
    {
        await using var play = await Stage();
        var info = Disco.MakeInfo([new DiscoIdentity("client", "pc")], [Tune + "+notify"]);
        var ver = EntityCapabilities.Verify(info)!;
        var liar = await play.Enter("paris/church");
        await liar.Tells(ver);
        await liar.IsAsked(ver, "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='client' type='pc'/><feature var='mood+notify'/></query>");
        await play.NobodyReceivesMore();
        await liar.PublishesAndHears("mood", "1", "<mood xmlns='mood'/>");
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Tells(ver);
        await juliet.IsAsked(ver, info.ToString());
        await play.NobodyReceivesMore();
        await juliet.PublishesAndHears(Tune, "1", Song);
        await juliet.Publishes("mood", "1", "<mood xmlns='mood'/>");
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Tells(ver);
        await play.NobodyReceivesMore();
        await romeo.PublishesAndHears(Tune, "1", Song);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Whom_the_owner_blocks_hears_nothing()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Wants(Tune);
        await juliet.LetsSee(romeo);
        await juliet.Publishes(Tune, "1", Song);
        await romeo.Hears(Juliet, Tune, $"<item id='1'>{Song}</item>");
        await juliet.Asks("set", null, "<block xmlns='urn:xmpp:blocking'><item jid='romeo@verona.lit'/></block>", "");
        await romeo.Receives($"<presence type='unavailable' from='{juliet.Jid}' to='romeo@verona.lit'/>");
        await juliet.Publishes(Tune, "2", Silence);
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_stranger_hears_the_same_of_every_node_that_is_not_open_and_of_every_address()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Publishes(Tune, "1", Song);
        await juliet.Publishes("private", "1", Song, Options(("access_model", "whitelist")));
        await juliet.Publishes("open", "1", Song, Options(("access_model", "open")));
        var paris = await play.Enter("paris/church");
        foreach (var (address, node) in new[] { (Juliet, Tune), (Juliet, "private"), (Juliet, "none"), ("nobody@verona.lit", Tune) })
        {
            await paris.IsRefusedAs("get", address, PubSubOf($"<items node='{node}'/>"), "auth not-authorized presence-subscription-required");
            await paris.IsRefusedAs("get", address, PubSubOf($"<items node='{node}'><item id='1'/></items>"), "auth not-authorized presence-subscription-required");
            await paris.IsRefusedAs("set", address, PubSubOf($"<publish node='{node}'><item>{Song}</item></publish>"), "auth forbidden");
            await paris.IsRefusedAs("set", address, PubSubOf($"<retract node='{node}'><item id='1'/></retract>"), "auth forbidden");
            await paris.IsRefusedAs("get", address, PubSubOf($"<configure node='{node}'/>", "#owner"), "auth forbidden");
            await paris.IsRefusedAs("set", address, PubSubOf($"<delete node='{node}'/>", "#owner"), "auth forbidden");
            await paris.IsRefusedAs("set", address, PubSubOf($"<subscribe node='{node}' jid='paris@verona.lit'/>"), "cancel feature-not-implemented unsupported subscribe");
        }
        await paris.Finds(Juliet, "open", $"<item id='1'>{Song}</item>");
        await paris.Asks("get", Juliet, "<query xmlns='http://jabber.org/protocol/disco#items'/>",
            $"<query xmlns='http://jabber.org/protocol/disco#items'><item jid='{Juliet}' node='open'/></query>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_friend_reads_what_is_for_friends_and_only_the_owner_what_is_on_the_whitelist()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Publishes(Tune, "1", Song);
        await juliet.Publishes("private", "1", Song, Options(("access_model", "whitelist")));
        var romeo = await play.Enter("romeo/orchard");
        await juliet.LetsSee(romeo);
        await romeo.Finds(Juliet, Tune, $"<item id='1'>{Song}</item>");
        await romeo.IsRefusedAs("get", Juliet, PubSubOf("<items node='private'/>"), "cancel not-allowed closed-node");
        await romeo.IsRefusedAs("get", Juliet, PubSubOf("<items node='none'/>"), "cancel item-not-found");
        await romeo.IsRefusedAs("set", Juliet, PubSubOf($"<publish node='{Tune}'><item>{Song}</item></publish>"), "auth forbidden");
        await juliet.Finds(null, "private", $"<item id='1'>{Song}</item>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task Service_discovery_tells_of_it_and_of_the_nodes_that_one_may_read()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Publishes(Tune, "song", Song);
        await juliet.Publishes("private", "1", Song, Options(("access_model", "whitelist")));
        var romeo = await play.Enter("romeo/orchard");
        await juliet.LetsSee(romeo);
        await romeo.Sends($"<iq type='get' id='info' to='{Juliet}'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        var info = await romeo.Receives($"<iq type='result' id='info' from='{Juliet}' to='{romeo.Jid}'>…</iq>");
        Assert.Contains(info.Descendants(), child => (string?)child.Attribute("category") == "pubsub" && (string?)child.Attribute("type") == "pep");
        Assert.Contains(info.Descendants(), child => (string?)child.Attribute("var") == "http://jabber.org/protocol/pubsub#publish-options");
        await romeo.Asks("get", Juliet, "<query xmlns='http://jabber.org/protocol/disco#items'/>",
            $"<query xmlns='http://jabber.org/protocol/disco#items'><item jid='{juliet.Jid}'/><item jid='{Juliet}' node='{Tune}'/></query>");
        await romeo.Asks("get", Juliet, $"<query xmlns='http://jabber.org/protocol/disco#items' node='{Tune}'/>",
            $"<query xmlns='http://jabber.org/protocol/disco#items' node='{Tune}'><item jid='{Juliet}' name='song'/></query>");
        await romeo.Asks("get", Juliet, $"<query xmlns='http://jabber.org/protocol/disco#info' node='{Tune}'/>",
            $"<query xmlns='http://jabber.org/protocol/disco#info' node='{Tune}'><identity category='pubsub' type='leaf'/><feature var='http://jabber.org/protocol/pubsub'/></query>");
        await romeo.IsRefused("get", Juliet, "<query xmlns='http://jabber.org/protocol/disco#info' node='private'/>", "cancel", "item-not-found");
        await romeo.IsRefused("get", Juliet, "<query xmlns='http://jabber.org/protocol/disco#items' node='private'/>", "cancel", "item-not-found");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task An_avatar_is_published_as_data_and_metadata_and_friends_hear_of_the_latter()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Wants("urn:xmpp:avatar:metadata");
        await juliet.LetsSee(romeo);
        const string Hash = "111f4b3c50d7b0df729d299bc6f8e9ef9066971f";
        const string Data = "<data xmlns='urn:xmpp:avatar:data'>qANQR1DBwU4DX7jmYZnncm</data>";
        const string Metadata = $"<metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='12345' height='64' id='{Hash}' type='image/png' width='64'/></metadata>";
        await juliet.Publishes("urn:xmpp:avatar:data", Hash, Data);
        await juliet.Publishes("urn:xmpp:avatar:metadata", Hash, Metadata);
        await romeo.Hears(Juliet, "urn:xmpp:avatar:metadata", $"<item id='{Hash}'>{Metadata}</item>");
        await romeo.Asks("get", Juliet, PubSubOf($"<items node='urn:xmpp:avatar:data'><item id='{Hash}'/></items>"),
            PubSubOf($"<items node='urn:xmpp:avatar:data'><item id='{Hash}'>{Data}</item></items>"));
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_list_of_encryption_devices_is_open_to_strangers_and_told_to_friends()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Wants("eu.siacs.conversations.axolotl.devicelist");
        await juliet.LetsSee(romeo);
        const string Devices = "<list xmlns='eu.siacs.conversations.axolotl'><device id='12345'/><device id='4223'/></list>";
        await juliet.Publishes("eu.siacs.conversations.axolotl.devicelist", "current", Devices, Options(("access_model", "open")));
        await juliet.Publishes("urn:xmpp:omemo:2:bundles", "12345", "<bundle xmlns='urn:xmpp:omemo:2'/>", Options(("access_model", "open"), ("max_items", "max")));
        await juliet.Publishes("urn:xmpp:omemo:2:bundles", "4223", "<bundle xmlns='urn:xmpp:omemo:2'/>", Options(("access_model", "open"), ("max_items", "max")));
        await romeo.Hears(Juliet, "eu.siacs.conversations.axolotl.devicelist", $"<item id='current'>{Devices}</item>");
        var paris = await play.Enter("paris/church");
        await paris.Finds(Juliet, "eu.siacs.conversations.axolotl.devicelist", $"<item id='current'>{Devices}</item>");
        await paris.Finds(Juliet, "urn:xmpp:omemo:2:bundles", "<item id='12345'><bundle xmlns='urn:xmpp:omemo:2'/></item><item id='4223'><bundle xmlns='urn:xmpp:omemo:2'/></item>");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_bookmark_is_told_to_the_own_devices_alone_and_so_is_its_end()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        await juliet.Wants("urn:xmpp:bookmarks:1");
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Wants("urn:xmpp:bookmarks:1");
        const string Room = "<conference xmlns='urn:xmpp:bookmarks:1' name='Council' autojoin='true'><nick>JC</nick></conference>";
        await juliet.PublishesAndHears("urn:xmpp:bookmarks:1", "orchard@rooms.verona.lit", Room, Options(
            ("persist_items", "true"), ("max_items", "max"), ("send_last_published_item", "never"), ("access_model", "whitelist")));
        await juliet.Sends($"<iq type='set' id='r'>{PubSubOf("<retract node='urn:xmpp:bookmarks:1' notify='true'><item id='orchard@rooms.verona.lit'/></retract>")}</iq>");
        await juliet.ReceivesInAnyOrder(
            Word(Juliet, juliet, Items("urn:xmpp:bookmarks:1", "<retract id='orchard@rooms.verona.lit'/>")),
            $"<iq type='result' id='r' to='{juliet.Jid}'/>");
        await juliet.Finds(null, "urn:xmpp:bookmarks:1", "");
        await play.NobodyReceivesMore();
    }

    [Fact]
    public async Task A_nickname_is_told_to_friends()
    {
        await using var play = await Stage();
        var juliet = await play.Enter("juliet/balcony");
        var romeo = await play.Enter("romeo/orchard");
        await romeo.Wants("http://jabber.org/protocol/nick");
        await juliet.LetsSee(romeo);
        const string Nick = "<nick xmlns='http://jabber.org/protocol/nick'>朱丽叶</nick>";
        await juliet.Publishes("http://jabber.org/protocol/nick", "current", Nick);
        await romeo.Hears(Juliet, "http://jabber.org/protocol/nick", $"<item id='current'>{Nick}</item>");
        await play.NobodyReceivesMore();
    }
}
