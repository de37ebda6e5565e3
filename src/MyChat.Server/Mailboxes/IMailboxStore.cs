namespace MyChat.Server.Mailboxes;

/// <summary>What an account's mailbox remembers beside the log itself.</summary>
/// <param name="Delivered">The highest id below which every received entry is settled.</param>
/// <param name="SettledAbove">The settled ids above it, ascending.</param>
/// <param name="Bytes">About how many bytes of stanzas the mailbox holds.</param>
public sealed record MailboxState(long Delivered, IReadOnlyList<long> SettledAbove, long Bytes)
{
    public static MailboxState Empty { get; } = new(0, [], 0);
}

/// <summary>A received entry that no session has proved to have.</summary>
/// <param name="Sender">The account that sent it, 0 when that is gone or not of this server.</param>
public readonly record struct UnsettledEntry(long Id, long Sender, bool Transient);

/// <summary>An entry of the log with its stanza: a whole message as UTF-8, self-contained where jabber:client is the default namespace.</summary>
public sealed record MailboxEntry(long Id, DateTimeOffset Stamp, bool Received, ReadOnlyMemory<byte> Stanza);

/// <summary>Whose logs a message enters, and how.</summary>
[Flags]
public enum MailboxSides
{
    /// <summary>Nothing is stored: the write only keeps its place in the order.</summary>
    None = 0,
    Recipient = 1,
    Sender = 2,
    /// <summary>The recipient's entry goes once it is settled.</summary>
    Transient = 4,
}

/// <summary>
/// A message on its way to disk. The store fills in <see cref="Id"/>, commits it with others, and then calls exactly one of
/// <see cref="Committed"/> and <see cref="Failed"/>, in the order in which they were appended. Both must return at once.
/// </summary>
public abstract class MailboxWrite
{
    /// <summary>The entry's place in the log: ascending in order of commit, never given twice, the same on both sides. Set by the store.</summary>
    public long Id { get; set; }

    public MailboxSides Sides { get; protected set; }
    public long RecipientAccount { get; protected set; }
    public long SenderAccount { get; protected set; }

    /// <summary>The sender's address as a number (<see cref="PeerKeys"/>): whom the recipient's entry is from.</summary>
    public long SenderKey { get; protected set; }

    /// <summary>The recipient's address as a number: whom the sender's entry is for.</summary>
    public long RecipientKey { get; protected set; }

    public DateTimeOffset Stamp { get; protected set; }
    public ReadOnlyMemory<byte> Stanza { get; protected set; }

    public abstract void Committed();
    public abstract void Failed(Exception reason);
}

/// <summary>The log of all mailboxes (design: an account's mailbox is a log).</summary>
public interface IMailboxStore
{
    /// <summary>Queues a write; never blocks.</summary>
    void Append(MailboxWrite write);

    /// <summary>Whether the writer's queue is short enough that senders may go on.</summary>
    bool HasRoom { get; }

    /// <summary>Completes when <see cref="HasRoom"/> is true again.</summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellation);

    /// <summary>The received entries that are not settled, ascending.</summary>
    ValueTask<IReadOnlyList<UnsettledEntry>> UnsettledAsync(long account, MailboxState state, CancellationToken cancellation);

    /// <summary>These entries of an account's log, ascending; ids that are not there are left out.</summary>
    ValueTask<IReadOnlyList<MailboxEntry>> ReadAsync(long account, IReadOnlyList<long> ids, CancellationToken cancellation);

    /// <summary>
    /// Keeps the state, and removes the account's side of the entries in <paramref name="expunged"/>, in one transaction; returns the bytes that the
    /// mailbox is smaller by, which the state that is kept does not have any more.
    /// </summary>
    ValueTask<long> SaveStateAsync(long account, MailboxState state, IReadOnlyList<long> expunged, CancellationToken cancellation);
}
