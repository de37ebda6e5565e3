using Microsoft.Extensions.DependencyInjection;
using MyChat.Server;
using MyChat.Testing.Plays;
using MyChat.Xmpp.Xeps;

namespace MyChat.Modules.Tests;

/// <summary>What plays about nodes (XEP-0163) begin with.</summary>
internal static class EventingScenes
{
    public static Task<Play> Stage(Action<ServerOptions>? configure = null) => Scenes.With(services =>
    {
        var eventing = new PersonalEventing(services.GetRequiredService<INodeStore>());
        return [new BlockingCommand(), new MessageCarbons(), new ServiceDiscovery(), eventing, new DisplayedSynchronizationModule(eventing)];
    }, configure);

    /// <summary>The actor's client says that it wants to hear of these nodes, and the server asks what its hash stands for.</summary>
    public static async Task Wants(this Actor actor, params string[] nodes)
    {
        var info = Disco.MakeInfo([new DiscoIdentity("client", "pc", $"{actor.Name} {string.Join(' ', nodes)}")], nodes.Select(node => node + PubSub.Notify));
        var ver = EntityCapabilities.Verify(info)!;
        await actor.Tells(ver);
        await actor.IsAsked(ver, info.ToString());
    }

    /// <summary>The actor sends presence with these capabilities.</summary>
    public static async Task Tells(this Actor actor, string ver)
    {
        await actor.Sends($"<presence><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='urn:example:client' ver='{ver}'/></presence>");
        await actor.Receives($"<presence from='{actor.Jid}' to='{actor.Jid}'>…</presence>");
    }

    /// <summary>The server asks what the capabilities stand for, and is answered.</summary>
    public static async Task IsAsked(this Actor actor, string ver, string answer)
    {
        var question = await actor.Receives(
            $"<iq type='get' id='*' from='verona.lit' to='{actor.Jid}'>"
            + $"<query xmlns='http://jabber.org/protocol/disco#info' node='urn:example:client#{ver}'/></iq>");
        await actor.Sends($"<iq type='result' id='{question.Attribute("id")!.Value}' to='verona.lit'>{answer}</iq>");
    }

    /// <summary>A request in the name space of XEP-0060, or with "#owner" after it.</summary>
    public static string PubSubOf(string content, string part = "") => $"<pubsub xmlns='http://jabber.org/protocol/pubsub{part}'>{content}</pubsub>";

    public static string Options(params (string Var, string Value)[] fields) =>
        "<publish-options>" + Form("publish-options", fields) + "</publish-options>";

    public static string Form(string type, params (string Var, string Value)[] fields) =>
        $"<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/pubsub#{type}</value></field>"
        + string.Concat(fields.Select(field => $"<field var='pubsub#{field.Var}'><value>{field.Value}</value></field>")) + "</x>";

    /// <summary>The actor publishes an item, and it is taken.</summary>
    public static Task Publishes(this Actor actor, string node, string id, string payload, string options = "") => actor.Asks(
        "set", null,
        PubSubOf($"<publish node='{node}'><item id='{id}'>{payload}</item></publish>{options}"),
        PubSubOf($"<publish node='{node}'><item id='{id}'/></publish>"));

    /// <summary>The same by an actor who wants to hear of the node: it hears of it first.</summary>
    public static async Task PublishesAndHears(this Actor actor, string node, string id, string payload, string options = "")
    {
        await actor.Sends($"<iq type='set' id='pub'>{PubSubOf($"<publish node='{node}'><item id='{id}'>{payload}</item></publish>{options}")}</iq>");
        await actor.ReceivesInAnyOrder(
            Word(actor.Jid.Bare.ToString()!, actor, Items(node, $"<item id='{id}'>{payload}</item>")),
            $"<iq type='result' id='pub' to='{actor.Jid}'>{PubSubOf($"<publish node='{node}'><item id='{id}'/></publish>")}</iq>");
    }

    public static Task Hears(this Actor actor, string from, string node, string items) => actor.Receives(Word(from, actor, Items(node, items)));

    /// <summary>It is told what was the last item before it came.</summary>
    public static Task HearsLast(this Actor actor, string from, string node, string item) => actor.Receives(
        $"<message type='headline' from='{from}' to='{actor.Jid}'><event xmlns='http://jabber.org/protocol/pubsub#event'>{Items(node, item)}</event>"
        + $"<delay xmlns='urn:xmpp:delay' from='{from}' stamp='*'/></message>");

    public static string Word(string from, Actor to, string content) =>
        $"<message type='headline' from='{from}' to='{to.Jid}'><event xmlns='http://jabber.org/protocol/pubsub#event'>{content}</event></message>";

    public static string Items(string node, string items) => $"<items node='{node}'>{items}</items>";

    /// <summary>What is at a node.</summary>
    public static Task Finds(this Actor actor, string? at, string node, string items) =>
        actor.Asks("get", at, PubSubOf($"<items node='{node}'/>"), PubSubOf($"<items node='{node}'>{items}</items>"));

    /// <summary>A request that must be refused with this condition and the one of XEP-0060 beside it.</summary>
    public static async Task IsRefusedAs(this Actor actor, string type, string? to, string payload, string error)
    {
        var (address, from) = to is null ? ("", "") : ($" to='{to}'", $" from='{to}'");
        var words = error.Split(' ');
        await actor.Sends($"<iq type='{type}' id='ask'{address}>{payload}</iq>");
        var answer = await actor.Receives($"<iq type='error' id='ask'{from} to='{actor.Jid}'><error type='{words[0]}'>…</error></iq>");
        var conditions = answer.Elements().Single().Elements().Where(child => child.Name.LocalName != "text")
            .Select(child => child.Name.LocalName + (child.Attribute("feature") is { } found ? $" {found.Value}" : ""));
        Assert.Equal(string.Join(' ', words[1..]), string.Join(' ', conditions));
    }
}
