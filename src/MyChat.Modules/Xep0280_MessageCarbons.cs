using System.Buffers;
using MyChat.Server.Mailboxes;
using MyChat.Server.Modules;
using MyChat.Server.Routing;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>XEP-0280: Message Carbons: all of a user's clients see the whole conversation.</summary>
[Xep(280, "1.0.1", Note = "Errors are not copied: a message that this server refuses was not copied either. What is private stays marked as such (§9, note).")]
public sealed class MessageCarbons : IXmppModule
{
    public void Configure(ModuleBuilder module) => module
        .Feature(Carbons.Ns)
        .OnIq(IqType.Set, IqTargets.Self, Carbons.Enable, Enable)
        .OnIq(IqType.Set, IqTargets.Self, Carbons.Disable, Disable)
        .OnMessage(Direction.Outbound, MessageStage.Copy, [MessageType.Chat, MessageType.Normal], CopySent)
        .OnMessage(Direction.Inbound, MessageStage.Copy, [MessageType.Chat, MessageType.Normal], CopyReceived);

    private sealed record Enabled;

    private static ValueTask<IqReply> Enable(IqRequest request, CancellationToken cancellation)
    {
        request.Session!.Set(new Enabled());
        return new(IqReply.Empty);
    }

    private static ValueTask<IqReply> Disable(IqRequest request, CancellationToken cancellation)
    {
        request.Session!.Remove<Enabled>();
        return new(IqReply.Empty);
    }

    private static void CopySent(MessageTransit message)
    {
        // What users say to themselves reaches their other sessions as received, and once is enough.
        if (!message.Message.To!.Bare.Equals(message.Account.Jid))
        {
            Copy(message, received: false);
        }
    }

    private static void CopyReceived(MessageTransit message) => Copy(message, received: true);

    private static void Copy(MessageTransit message, bool received)
    {
        if (!Carbons.IsEligible(message.Message, received))
        {
            return;
        }
        // What nobody was given waits. Who is about to come gets it then, after what waits already, and as the message that it is.
        var waits = received && message.Given.Count == 0;
        foreach (var session in message.Account.Sessions)
        {
            if (session != message.Sender && session.Get<Enabled>() is not null && (session.IsAvailable || !waits))
            {
                message.CopyTo(session, CarbonForm.Of(message.Message.Type, received));
            }
        }
    }

    /// <summary>The message inside a message from the account itself (§7, §8; XEP-0297).</summary>
    private sealed class CarbonForm(MessageType type, bool received) : EntryForm
    {
        private static readonly CarbonForm ChatSent = new(MessageType.Chat, received: false);
        private static readonly CarbonForm ChatReceived = new(MessageType.Chat, received: true);
        private static readonly CarbonForm NormalSent = new(MessageType.Normal, received: false);
        private static readonly CarbonForm NormalReceived = new(MessageType.Normal, received: true);

        public static CarbonForm Of(MessageType type, bool received) => type == MessageType.Chat
            ? received ? ChatReceived : ChatSent
            : received ? NormalReceived : NormalSent;

        public override void Write(IBufferWriter<byte> output, in EntryView entry, bool xmlns)
        {
            output.Write(xmlns ? "<message xmlns='jabber:client' from='"u8 : "<message from='"u8);
            output.Write(entry.Owner.AttributeUtf8.Span);
            output.Write("' to='"u8);
            output.Write(entry.Target.AttributeUtf8.Span);
            output.Write(type == MessageType.Chat ? "' type='chat'>"u8 : "'>"u8);
            output.Write(received ? "<received xmlns='urn:xmpp:carbons:2'>"u8 : "<sent xmlns='urn:xmpp:carbons:2'>"u8);
            output.Write("<forwarded xmlns='urn:xmpp:forward:0'>"u8);
            entry.WriteDelay(output);
            entry.WriteMessage(output, xmlns: true, withDelay: false);
            output.Write("</forwarded>"u8);
            output.Write(received ? "</received></message>"u8 : "</sent></message>"u8);
        }
    }
}
