using System.Buffers;

namespace MyChat.Client.Connections;

/// <summary>
/// What goes out, in order. Pieces gather while a write is in progress, and then leave in one (a socket write costs far more than a stanza).
/// </summary>
internal sealed class OutputBuffer(ClientTransport transport, ProtocolLog? log, int acknowledgeEvery) : IDisposable
{
    private sealed class Batch
    {
        public ArrayBufferWriter<byte> Bytes { get; } = new(1024);
        public List<int> Ends { get; } = [];

        public void Clear()
        {
            Bytes.ResetWrittenCount();
            Ends.Clear();
        }
    }

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private Batch _gathering = new();
    private Batch _leaving = new();
    private bool _isClosed;

    /// <summary>Counts and keeps the stanzas, once stream management is on.</summary>
    public StreamManagement? Management { get; set; }

    /// <summary>Adds one piece, written by <paramref name="write"/>.</summary>
    public void Add<T>(T item, Action<T, IBufferWriter<byte>> write, bool isStanza, object? mark = null)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new XmppException("The connection is closed.");
            }
            var start = _gathering.Bytes.WrittenCount;
            write(item, _gathering.Bytes);
            End(start);
            if (isStanza && Management is { } management && management.Sent(_gathering.Bytes.WrittenSpan[start..], acknowledgeEvery, mark))
            {
                start = _gathering.Bytes.WrittenCount;
                _gathering.Bytes.Write("<r xmlns='urn:xmpp:sm:3'/>"u8);
                End(start);
            }
        }
    }

    /// <summary>Nothing more is added.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    private void End(int start)
    {
        _gathering.Ends.Add(_gathering.Bytes.WrittenCount);
        log?.Write(sent: true, _gathering.Bytes.WrittenSpan[start..]);
    }

    /// <summary>Completes when all that was added before is handed to the network.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_gate)
            {
                if (_gathering.Ends.Count == 0)
                {
                    return;
                }
                (_gathering, _leaving) = (_leaving, _gathering);
            }
            // Not the caller's token: half a stanza would break the stream for everybody.
            await transport.WriteAsync(_leaving.Bytes.WrittenMemory, _leaving.Ends, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception lost) when (lost is not (OperationCanceledException or XmppException))
        {
            throw new XmppException("The connection is lost.", lost);
        }
        finally
        {
            _leaving.Clear();
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();
}
