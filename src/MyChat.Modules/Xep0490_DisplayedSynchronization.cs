using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Server.Routing;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>
/// XEP-0490: Message Displayed Synchronization: what was read on one device is read on all. Clients publish it in a node of their own (XEP-0223);
/// here is the server's help: a client says it in the message that tells the other side, and the server takes it out and publishes it (§4.4).
/// </summary>
[Xep(490, "1.0.1", Note = "With server assist.")]
public sealed class DisplayedSynchronizationModule(PersonalEventing eventing) : IXmppModule
{
    private static readonly Element Conditions = DataForms.Make(
        "submit", PubSub.PublishOptionsNs, null,
        DataForms.MakeField("pubsub#persist_items", values: "true"),
        DataForms.MakeField("pubsub#max_items", values: "max"),
        DataForms.MakeField("pubsub#send_last_published_item", values: "never"),
        DataForms.MakeField("pubsub#access_model", values: "whitelist"));

    public void Configure(ModuleBuilder module) => module
        .Feature(DisplayedSynchronization.ServerAssistNs, IqTargets.Self)
        .OnMessage(Direction.Outbound, MessageStage.Mark, Enum.GetValues<MessageType>(), Take);

    // §5.2: before the message is stored or copied. Whoever it is for must not see it (§7).
    private void Take(MessageTransit transit)
    {
        var message = transit.Message;
        if (!message.Payload.Mentions("urn:xmpp:mds:displayed:0"u8) || message.Payload.Child(DisplayedSynchronization.Displayed) is not { } displayed)
        {
            return;
        }
        transit.Message = message with { Payload = message.Payload.Without(element => element.Name == DisplayedSynchronization.Displayed) };
        if (message.Type is not MessageType.Error && DisplayedSynchronization.Read(displayed) is not null)
        {
            var chat = message.To!.ToString()!; // §4.4.3: as it stands; a message on its way has an address
            transit.Server.Accounts.Post(transit.Account.Jid, new Publication(eventing, transit.Server, chat, displayed));
        }
    }

    // Only where the node is for the owner alone: what was read is nobody else's business (§7). Else the client must mend the node first.
    private sealed class Publication(PersonalEventing eventing, XmppServer server, string chat, Element displayed) : IAccountWork
    {
        public async ValueTask RunAsync(Account account)
        {
            if (!account.Exists)
            {
                return;
            }
            var node = await eventing.FindAsync(account, DisplayedSynchronization.Ns, CancellationToken.None);
            if (node is null or { Configuration.Access: NodeAccess.Whitelist })
            {
                await eventing.Publishing.PublishAsync(
                    server, account, DisplayedSynchronization.Ns, chat, displayed, node is null ? Conditions : null, CancellationToken.None);
            }
        }

        public void Fail(Exception reason) { }
    }
}
