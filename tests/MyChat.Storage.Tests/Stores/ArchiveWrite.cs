using System.Buffers;
using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Storage.Tests.Stores;

/// <summary>A message as the server stores it.</summary>
internal sealed class ArchiveWrite : MailboxWrite
{
    private readonly TaskCompletionSource outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ArchiveWrite(
        (long Account, string Jid) from, (long Account, string Jid) to, string body, DateTimeOffset stamp,
        MailboxSides sides = MailboxSides.Recipient | MailboxSides.Sender)
    {
        Message = new Message
        {
            From = Jid.Parse(from.Jid),
            To = Jid.Parse(to.Jid),
            Type = MessageType.Chat,
            Payload = new Payload(new Element(XNames.Body, body)),
        };
        (SenderAccount, SenderKey) = (from.Account, PeerKeys.Of(Message.From.Bare));
        (RecipientAccount, RecipientKey) = (to.Account, PeerKeys.Of(Message.To.Bare));
        var output = new ArrayBufferWriter<byte>();
        Message.WriteTo(output);
        (Sides, Stamp, Stanza) = (sides, stamp, output.WrittenMemory);
    }

    public Message Message { get; }

    /// <summary>Ends when it is committed, or with why it is not.</summary>
    public Task Outcome => outcome.Task;

    public override void Committed() => outcome.TrySetResult();
    public override void Failed(Exception reason) => outcome.TrySetException(reason);
}
