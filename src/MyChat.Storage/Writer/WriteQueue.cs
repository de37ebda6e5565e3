using MyChat.Server.Mailboxes;

namespace MyChat.Storage.Writer;

/// <summary>What waits for the writer: many put in, one takes out. Bounded by its asking for patience, never by blocking.</summary>
/// <param name="patience">How long writes wait for others that may (<see cref="WriteCommand.MayWait"/>).</param>
internal sealed class WriteQueue(TimeSpan patience)
{
    public const int MaxWrites = 8192;
    public const long MaxBytes = 16 * 1024 * 1024;
    public const int BatchWrites = 128;
    public const int BatchBytes = 1024 * 1024;

    // Writes that store nothing cost nothing and do not count; this only keeps a batch of them from growing without end.
    private const int BatchEntries = 1024;

    private readonly object gate = new();
    private readonly Queue<object> items = new();
    private WriteCommand<bool>? first;
    private TaskCompletionSource? room; // there while the queue is full
    private int writes; // waiting or being committed
    private long bytes;
    private int unhurried; // of the items, those that may wait
    private long due; // until when they may, by Environment.TickCount64
    private bool full;
    private bool takerWaits;
    private bool stopping;
    private bool ended;

    /// <summary>Turns false at the bound and true again at half of it, so that a full queue does not wake everybody for one place.</summary>
    public bool HasRoom => !Volatile.Read(ref full);

    /// <summary>Puts a <see cref="MailboxWrite"/> or <see cref="WriteCommand"/> last; false when nobody takes out any more.</summary>
    public bool TryAdd(object item)
    {
        lock (gate)
        {
            if (ended)
            {
                return false;
            }
            items.Enqueue(item);
            writes++;
            bytes += SizeOf(item);
            if (!full && (writes >= MaxWrites || bytes >= MaxBytes))
            {
                full = true;
            }
            if (item is WriteCommand { MayWait: true } && unhurried++ == 0)
            {
                due = Environment.TickCount64 + (long)patience.TotalMilliseconds;
            }
            if (UntilDue() == 0 || unhurried == 1)
            {
                Wake(); // for the first that may wait, too: the taker has to look at the clock
            }
            return true;
        }
    }

    /// <summary>Puts a command before all that waits; one that waits there already does for all who ask. Null when nobody takes out any more.</summary>
    public WriteCommand<bool>? AddFirst(Func<WriteCommand<bool>> make)
    {
        lock (gate)
        {
            if (ended || first is not null)
            {
                return first;
            }
            first = make();
            writes++;
            Wake();
            return first;
        }
    }

    /// <summary>Waits for at least one write, and takes as many as one transaction may hold; false at the end.</summary>
    public bool Take(List<BatchEntry> batch)
    {
        lock (gate)
        {
            while (UntilDue() is var wait and not 0)
            {
                takerWaits = true;
                Monitor.Wait(gate, wait);
            }
            if (first is not null)
            {
                batch.Add(new BatchEntry { Item = first });
                first = null;
            }
            var stored = 0;
            var size = 0L;
            while (batch.Count < BatchEntries && items.TryPeek(out var item))
            {
                size += SizeOf(item);
                stored += item is MailboxWrite { Sides: MailboxSides.None } ? 0 : 1;
                if (batch.Count > 0 && (stored > BatchWrites || size > BatchBytes))
                {
                    break;
                }
                batch.Add(new BatchEntry { Item = items.Dequeue() });
                unhurried -= item is WriteCommand { MayWait: true } ? 1 : 0;
            }
            ended = batch.Count == 0;
            return !ended;
        }
    }

    /// <summary>Says that these are done with.</summary>
    public void Release(List<BatchEntry> batch)
    {
        TaskCompletionSource? waiters = null;
        lock (gate)
        {
            writes -= batch.Count;
            foreach (var entry in batch)
            {
                bytes -= SizeOf(entry.Item);
            }
            if (full && writes <= MaxWrites / 2 && bytes <= MaxBytes / 2)
            {
                full = false;
                waiters = room;
                room = null;
            }
        }
        waiters?.TrySetResult();
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (!full)
            {
                return ValueTask.CompletedTask;
            }
            room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(room.Task.WaitAsync(cancellation));
        }
    }

    /// <summary>Lets <see cref="Take"/> hand out what is there, and then end.</summary>
    public void Stop()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Milliseconds until there is something to do; 0 for now, -1 for as long as nothing comes.</summary>
    private int UntilDue() =>
        first is not null || stopping || items.Count > unhurried || unhurried >= BatchWrites || full ? 0
        : unhurried == 0 ? Timeout.Infinite
        : (int)Math.Clamp(due - Environment.TickCount64, 0, int.MaxValue);

    private void Wake()
    {
        if (takerWaits)
        {
            takerWaits = false;
            Monitor.Pulse(gate);
        }
    }

    private static int SizeOf(object item) => item is MailboxWrite write ? write.Stanza.Length : ((WriteCommand)item).Bytes;
}
