using System.Threading.Channels;

namespace MyChat.Client.Connections;

/// <summary>
/// What waits for the reader, and the count of what is handled (XEP-0198 §4): what was taken is, once the reader asks for more. Without a bound:
/// the reader of a client is the client itself, and waiting here would hold up the answers to its requests.
/// </summary>
internal sealed class Inbox
{
    private readonly Lock _gate = new();
    private readonly Channel<(Received Received, uint Number)> _waiting =
        Channel.CreateUnbounded<(Received, uint)>(new UnboundedChannelOptions { SingleWriter = true, SingleReader = true });
    private bool _readerIsDone = true;
    private uint? _owed;

    public StreamManagement? Management
    {
        get;
        set
        {
            field = value;
            value?.TakeUp(this);
        }
    }

    /// <summary>Counts a stanza; <paramref name="toReader"/> is false when it was an answer that somebody waited for.</summary>
    public void Add(Received stanza, bool toReader)
    {
        lock (_gate)
        {
            var number = Management?.Receive(this) ?? 0;
            if (toReader)
            {
                _readerIsDone = false;
                _waiting.Writer.TryWrite((stanza, number));
            }
            else if (_readerIsDone)
            {
                Management?.Handle(this, null);
            }
        }
    }

    public void AddNonza(Received nonza)
    {
        lock (_gate)
        {
            _readerIsDone = false;
            _waiting.Writer.TryWrite((nonza, unchecked((Management?.Received ?? 0) + 1)));
        }
    }

    /// <summary>The server asked how far we are; if there is more to say later, it is to be said then.</summary>
    public void OweAnswer()
    {
        lock (_gate)
        {
            _owed = Management is { } management && management.Handled != management.Received ? management.Received : null;
        }
    }

    /// <summary>Takes the next ones for the reader, who is through with the last. <paramref name="owesAnswer"/>: the server waits to hear so.</summary>
    public IReadOnlyList<Received> Take(int most, out bool owesAnswer)
    {
        var taken = new List<Received>();
        lock (_gate)
        {
            uint? handled = null;
            while (taken.Count < most && _waiting.Reader.TryRead(out var next))
            {
                handled ??= unchecked(next.Number - 1);
                taken.Add(next.Received);
            }
            _readerIsDone |= taken.Count == 0;
            Management?.Handle(this, handled);
            owesAnswer = _owed is { } owed && unchecked((int)(Management!.Handled - owed)) >= 0;
            _owed = owesAnswer ? null : _owed;
        }
        return taken;
    }

    /// <summary>False when nothing more will come; throws what ended it.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _waiting.Reader.WaitToReadAsync(cancellationToken);

    public void End(Exception? reason) => _waiting.Writer.TryComplete(reason);
}
