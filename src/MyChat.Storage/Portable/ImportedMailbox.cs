using LinqToDB;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Storage.Portable;

/// <summary>
/// Puts an account's messages into its log as they come out of a file, in the order of their time: those that nobody has yet may stand before
/// the history, and are named in it by their id.
/// </summary>
internal sealed class ImportedMailbox(Database database, long account, BareJid jid)
{
    /// <summary>Messages on their way to disk at one time.</summary>
    private const int Batch = 256;

    /// <summary>How many results of an archive are remembered for undelivered messages that come after it.</summary>
    private const int Remembered = 20_000;

    /// <summary>Undelivered messages that wait for their place in the history; more than this go in before it.</summary>
    private const long MostWaitingBytes = 64 * 1024 * 1024;

    private readonly HashSet<string> undelivered = new(StringComparer.Ordinal);
    private readonly Queue<(ImportedMessage Message, bool IsTransient)> waiting = new();
    private readonly Queue<string> order = new();
    private readonly Dictionary<string, long> remembered = new(StringComparer.Ordinal);
    private readonly List<(ImportedMessage Message, string? Id)> batch = [];
    private readonly Dictionary<string, long> senders = new(StringComparer.Ordinal);
    private readonly SortedSet<long> unsettled = [];
    private readonly List<long> settled = []; // above the first unsettled one
    private long waitingBytes;
    private long highest;
    private bool isArchiveRead;

    public long Messages { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The cursor that says what is settled.</summary>
    public MailboxState State
    {
        get
        {
            var delivered = unsettled.Count > 0 ? unsettled.Min - 1 : highest;
            return new MailboxState(delivered, [.. settled.Where(id => id > delivered && !unsettled.Contains(id))], Bytes);
        }
    }

    /// <summary>Takes a message of §3.5.</summary>
    public async ValueTask AddOfflineAsync(Element element)
    {
        var message = ImportedMessage.Read(element, null, jid);
        if (ImportedMessage.IdIn(element, jid) is { } id)
        {
            if (!isArchiveRead)
            {
                undelivered.Add(id); // it comes with the history
                return;
            }
            if (remembered.TryGetValue(id, out var known))
            {
                unsettled.Add(known);
                return;
            }
        }
        message.IsUnsettled = true;
        waiting.Enqueue((message, ImportedMessage.IsTransient(element)));
        waitingBytes += message.Stanza.Length;
        if (isArchiveRead || waitingBytes > MostWaitingBytes)
        {
            await LetInAsync(DateTimeOffset.MaxValue);
        }
    }

    /// <summary>Takes a result of §3.11.</summary>
    public async ValueTask AddResultAsync(Element result)
    {
        isArchiveRead = true;
        var forwarded = result.Child(StanzaForwarding.Forwarded) ?? throw new FormatException("an entry of the history without a message");
        var stamp = forwarded.Child(DelayedDelivery.Delay) is { } delay ? DelayedDelivery.Stamp(delay) : null;
        var element = forwarded.Elements.FirstOrDefault(child => child.Name.Local == "message") ?? throw new FormatException("an entry of the history without a message");
        var message = ImportedMessage.Read(element, stamp ?? throw new FormatException("an entry of the history without its time"), jid);
        await LetInAsync(message.Stamp);
        message.IsUnsettled = result["id"] is { } id && undelivered.Remove(id) && message.IsReceived;
        await AddAsync(message, result["id"], isTransient: false);
    }

    /// <summary>Lets in what still waits, and waits until all is on disk.</summary>
    public async ValueTask FinishAsync()
    {
        await LetInAsync(DateTimeOffset.MaxValue);
        await FlushAsync();
        if (undelivered.Count > 0)
        {
            throw new FormatException("undelivered messages that the history should hold and does not");
        }
    }

    private async ValueTask LetInAsync(DateTimeOffset before)
    {
        while (waiting.TryPeek(out var next) && next.Message.Stamp <= before)
        {
            waiting.Dequeue();
            waitingBytes -= next.Message.Stanza.Length;
            await AddAsync(next.Message, null, next.IsTransient);
        }
    }

    private async ValueTask AddAsync(ImportedMessage message, string? id, bool isTransient)
    {
        message.Enter(account, message.IsReceived ? await SenderAsync(message.From) : 0, isTransient);
        await database.Writer.WaitForRoomAsync(CancellationToken.None);
        database.Writer.Append(message);
        batch.Add((message, id));
        if (batch.Count == Batch)
        {
            await FlushAsync();
        }
    }

    /// <summary>Waits for what is on its way, and learns its numbers.</summary>
    private async ValueTask FlushAsync()
    {
        foreach (var (message, id) in batch)
        {
            await message.Outcome;
            Messages++;
            Bytes += message.Stanza.Length;
            if (message.IsReceived)
            {
                Count(message, id);
            }
        }
        batch.Clear();
    }

    private void Count(ImportedMessage message, string? id)
    {
        highest = message.Id;
        if (message.IsUnsettled)
        {
            unsettled.Add(message.Id);
        }
        else
        {
            settled.Add(message.Id);
            if (unsettled.Count == 0 && settled.Count > Remembered)
            {
                settled.RemoveRange(0, settled.Count - Remembered);
            }
        }
        if (id is not null)
        {
            remembered[id] = message.Id;
            order.Enqueue(id);
            if (order.Count > Remembered)
            {
                remembered.Remove(order.Dequeue());
            }
        }
    }

    private async ValueTask<long> SenderAsync(BareJid? from)
    {
        if (from?.Localpart is not { } localpart || from.Domainpart != jid.Domainpart)
        {
            return 0;
        }
        if (!senders.TryGetValue(localpart, out var sender))
        {
            sender = from.Equals(jid) ? account : await database.Writer.WriteAsync(session =>
                session.Db.GetTable<AccountRow>().Where(row => row.Localpart == localpart).Select(row => row.Id).FirstOrDefault(), needsMailboxes: false);
            senders[localpart] = sender;
        }
        return sender;
    }
}
