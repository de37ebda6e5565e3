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
    private readonly Queue<byte[]> _unacknowledged = new();
    private readonly List<(uint Count, TaskCompletionSource Done)> _waiting = [];
    private uint _sent;
    private uint _acknowledged;
    private int _sinceRequest;

    internal StreamManagement(FullJid jid, string? id) => (Jid, Id) = (jid, id);

    /// <summary>The resource that was bound.</summary>
    public FullJid Jid { get; }

    /// <summary>What the server calls the stream, or null when it cannot be resumed.</summary>
    public string? Id { get; }

    /// <summary>Stanzas of the server that were received on the stream.</summary>
    public uint Received { get; internal set; }

    /// <summary>How many of them the caller is through with: what <c>&lt;a/&gt;</c> says.</summary>
    public uint Handled { get; internal set; }

    /// <summary>The stanzas that the server has not acknowledged, oldest first, as they were sent.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Unacknowledged
    {
        get
        {
            lock (_gate)
            {
                return [.. _unacknowledged.Select(stanza => (ReadOnlyMemory<byte>)stanza)];
            }
        }
    }

    /// <summary>Puts the count where a stream of that many stanzas would have it.</summary>
    internal void StartAt(uint count) => (_sent, _acknowledged) = (count, count);

    /// <summary>Counts a stanza that goes out; true when it is time to ask for an acknowledgement.</summary>
    internal bool Sent(ReadOnlySpan<byte> stanza, int requestEvery)
    {
        lock (_gate)
        {
            _sent++;
            _unacknowledged.Enqueue(stanza.ToArray());
            return requestEvery > 0 && ++_sinceRequest % requestEvery == 0;
        }
    }

    /// <summary>The server handled <paramref name="h"/> stanzas.</summary>
    internal void Acknowledge(uint h)
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
                _unacknowledged.Dequeue();
            }
            _acknowledged = h;
            _waiting.RemoveAll(TryFinish);
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
