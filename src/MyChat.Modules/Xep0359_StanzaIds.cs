using MyChat.Server.Modules;
using MyChat.Server.Routing;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;

namespace MyChat.Modules;

/// <summary>XEP-0359: Unique and Stable Stanza IDs: what says to be an id of ours is one. (The ids themselves are put on as a message is written.)</summary>
[Xep(359, "0.7.0")]
public sealed class StanzaIdGuard : IXmppModule
{
    public void Configure(ModuleBuilder module) => module
        .Feature(StanzaIds.Ns, IqTargets.Server | IqTargets.Self)
        .OnMessage(Direction.Outbound, MessageStage.Mark, Enum.GetValues<MessageType>(), Strip);

    private static void Strip(MessageTransit message)
    {
        var payload = StanzaIds.WithoutForged(message.Message.Payload, message.Server.Domain.Domainpart);
        if (payload != message.Message.Payload)
        {
            message.Message = message.Message with { Payload = payload };
        }
    }
}
