using System.Buffers;
using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Storage.Portable;

/// <summary>A message on its way from a file into one account's log.</summary>
internal sealed class ImportedMessage : MailboxWrite
{
    private static readonly XName Name = new(Ns.Client, "message");

    private readonly TaskCompletionSource outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ImportedMessage(DateTimeOffset stamp, byte[] stanza, BareJid from, BareJid to) =>
        (Stamp, Stanza, SenderKey, RecipientKey) = (stamp, stanza, PeerKeys.Of(from), PeerKeys.Of(to));

    /// <summary>Completes when it is on disk.</summary>
    public Task Outcome => outcome.Task;

    /// <summary>Whether the account received it; else it sent it.</summary>
    public bool IsReceived { get; private init; }

    /// <summary>Whether nobody has proved to have it.</summary>
    public bool IsUnsettled { get; set; }

    /// <summary>Who sent it.</summary>
    public BareJid? From { get; private init; }

    /// <summary>Reads a message of an account.</summary>
    /// <param name="element">As it stands in the file.</param>
    /// <param name="stamp">When it was sent; null where the message itself says so.</param>
    /// <param name="owner">Whose.</param>
    /// <exception cref="FormatException">It is not one that a server would have kept.</exception>
    public static ImportedMessage Read(Element element, DateTimeOffset? stamp, BareJid owner)
    {
        if (element.Name != Name)
        {
            throw new FormatException($"{element.Name} where a message of jabber:client is expected");
        }
        if (element["to"] is { } to && !Jid.TryParse(to, out _))
        {
            throw new FormatException("a message to no address");
        }
        // RFC 6120 §8.1.2.1: what has no sender is from the account itself.
        Jid? from = owner;
        if (element["from"] is { } text && !Jid.TryParse(text, out from))
        {
            throw new FormatException("a message from no address");
        }
        var delay = element.Children(DelayedDelivery.Delay).FirstOrDefault(delay => IsOurs(delay["from"], owner));
        var time = stamp ?? (delay is null ? null : DelayedDelivery.Stamp(delay)) ?? throw new FormatException("a message without its time");
        // What this server says of a message it says anew each time: the id and, where it is not part of the history, the delay.
        var kept = element.Content.Where(node => node is not Element child
            || !((child.Name == StanzaIds.StanzaId && IsOurs(child["by"], owner)) || (stamp is null && ReferenceEquals(child, delay))));
        var whole = new Element(Name, [.. element.Attributes.Select(attribute => (object?)attribute), .. kept]);
        var (sender, recipient) = (from!.Bare, element["to"] is { } other ? Jid.Parse(other).Bare : owner); // both were looked at
        return new ImportedMessage(time, Utf8(whole), sender, recipient)
        {
            From = sender,
            IsReceived = !sender.Equals(owner) || recipient.Equals(owner),
        };
    }

    /// <summary>The id that this account's archive gave it, if the message says so.</summary>
    public static string? IdIn(Element element, BareJid owner) =>
        element.Children(StanzaIds.StanzaId).FirstOrDefault(id => id["by"] is { } by && BareJid.TryParse(by, out var jid) && jid.Equals(owner))?["id"];

    public static bool IsTransient(Element element) => element.Child(MessageProcessingHints.NoPermanentStore) is not null;

    /// <summary>Says whose log it enters.</summary>
    /// <param name="account">The account's number.</param>
    /// <param name="sender">The sender's, where it has one here; else 0.</param>
    /// <param name="isTransient">Whether it goes once it is delivered.</param>
    public void Enter(long account, long sender, bool isTransient) => (Sides, SenderAccount, RecipientAccount) = IsReceived
        ? (MailboxSides.Recipient | (isTransient ? MailboxSides.Transient : 0), sender, account)
        : (MailboxSides.Sender, account, 0);

    public override void Committed() => outcome.TrySetResult();

    public override void Failed(Exception reason) => outcome.TrySetException(reason);

    /// <summary>As the server keeps stanzas: where jabber:client is the default namespace.</summary>
    public static byte[] Utf8(Element stanza)
    {
        var buffer = new ArrayBufferWriter<byte>();
        stanza.WriteTo(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static bool IsOurs(string? text, BareJid owner) =>
        Jid.TryParse(text, out var jid) && (jid.Bare.Equals(owner) || jid.Equals(owner.Domain));
}
