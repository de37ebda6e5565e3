using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Streams;

namespace MyChat.Client.Connections;

/// <summary>
/// One stream-managed stream as the client counts it (XEP-0198): it outlives its connection, and <see cref="LogIn.Resume"/> takes it on to the
/// next. Both counts wrap at 2^32 (§4).
/// </summary>
public sealed class StreamManagement
{
    private readonly Lock _gate = new();
    private readonly Queue<(byte[] Stanza, object? Mark)> _unacknowledged = new();
    private readonly List<object> _confirmed = [];
    private readonly List<(uint Count, TaskCompletionSource Done)> _waiting = [];
    private uint _sent;
    private uint _acknowledged;
    private int _sinceRequest;
    private Inbox? _reader;

    internal StreamManagement(FullJid jid, string? id, TimeSpan? resumable = null) => (Jid, Id, Resumable) = (jid, id, resumable);

    /// <summary>The resource that was bound.</summary>
    public FullJid Jid { get; }

    /// <summary>What the server calls the stream, or null when it cannot be resumed.</summary>
    public string? Id { get; }

    /// <summary>For how long the server keeps a stream whose link is lost, where it tells (XEP-0198 §5, <c>max</c>).</summary>
    public TimeSpan? Resumable { get; }

    /// <summary>Stanzas of the server that were received on the stream.</summary>
    public uint Received { get; private set; }

    /// <summary>How many of them the caller is through with: what <c>&lt;a/&gt;</c> says.</summary>
    public uint Handled { get; private set; }

    /// <summary>The stanzas that the server has not acknowledged, oldest first, as they were sent.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Unacknowledged
    {
        get
        {
            lock (_gate)
            {
                return [.. _unacknowledged.Select(sent => (ReadOnlyMemory<byte>)sent.Stanza)];
            }
        }
    }

    /// <summary>The marks (<see cref="XmppConnection.Post(Stanza, object?)"/>) of the stanzas that the server has not acknowledged, oldest first.</summary>
    public IReadOnlyList<object> UnacknowledgedMarks
    {
        get
        {
            lock (_gate)
            {
                return [.. _unacknowledged.Where(sent => sent.Mark is not null).Select(sent => sent.Mark!)];
            }
        }
    }

    /// <summary>Takes the marks of the stanzas that were acknowledged since it was last asked.</summary>
    public IReadOnlyList<object> TakeConfirmed()
    {
        lock (_gate)
        {
            object[] confirmed = [.. _confirmed];
            _confirmed.Clear();
            return confirmed;
        }
    }

    /// <summary>Puts the count where a stream of that many stanzas would have it.</summary>
    internal void StartAt(uint count) => (_sent, _acknowledged) = (count, count);

    /// <summary>
    /// The reader of a connection takes the stream up, before the server is told how far it came. What no reader took up comes again. From here
    /// on a reader of the lost connection counts no more, however late it is: the server heard one number and goes on from that.
    /// </summary>
    internal void TakeUp(Inbox reader)
    {
        lock (_gate)
        {
            _reader = reader;
            Received = Handled;
        }
    }

    /// <summary>Counts a stanza that came in, and returns its number.</summary>
    internal uint Receive(Inbox reader)
    {
        lock (_gate)
        {
            return _reader == reader ? ++Received : Received;
        }
    }

    /// <summary>The reader is through with this many; null: with all.</summary>
    internal void Handle(Inbox reader, uint? count)
    {
        lock (_gate)
        {
            Handled = _reader == reader ? count ?? Received : Handled;
        }
    }

    /// <summary>Counts a stanza that goes out; true when it is time to ask for an acknowledgement.</summary>
    internal bool Sent(ReadOnlySpan<byte> stanza, int requestEvery, object? mark = null)
    {
        lock (_gate)
        {
            _sent++;
            _unacknowledged.Enqueue((stanza.ToArray(), mark));
            return requestEvery > 0 && ++_sinceRequest % requestEvery == 0;
        }
    }

    /// <summary>The server handled <paramref name="h"/> stanzas; true when there is something for <see cref="TakeConfirmed"/>.</summary>
    internal bool Acknowledge(uint h)
    {
        lock (_gate)
        {
            // XEP-0198 §4: unsigned arithmetic does the wrapping; more than was sent is a stream error.
            var more = unchecked(h - _acknowledged);
            if (more > _unacknowledged.Count)
            {
                // XEP-0198 §4: handled-count-too-high.
                throw new StreamErrorException(StreamErrorCondition.UndefinedCondition, $"{h} stanzas acknowledged, {_sent} sent.") { IsOurs = true };
            }
            for (; more > 0; more--)
            {
                if (_unacknowledged.Dequeue().Mark is { } mark)
                {
                    _confirmed.Add(mark);
                }
            }
            _acknowledged = h;
            _waiting.RemoveAll(TryFinish);
            return _confirmed.Count > 0;
        }
    }

    private bool TryFinish((uint Count, TaskCompletionSource Done) waiting) =>
        unchecked((int)(_acknowledged - waiting.Count)) >= 0 && waiting.Done.TrySetResult();

    /// <summary>Completes when all that was sent so far is acknowledged.</summary>
    internal Task WhenAcknowledged()
    {
        lock (_gate)
        {
            if (_unacknowledged.Count == 0)
            {
                return Task.CompletedTask;
            }
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((_sent, done));
            return done.Task;
        }
    }
}
