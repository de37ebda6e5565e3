using System.Buffers;

namespace MyChat.Server.Connections;

/// <summary>
/// What waits to be sent on one connection. Anybody may write pieces at any time; nobody waits for the socket. At most one flush is under
/// way, and it takes everything that was written meanwhile with it. Memory is held only while something waits.
/// </summary>
public sealed class Output(Transport transport) : IBufferWriter<byte>
{
    private const int LeastBuffer = 2048;

    private readonly Lock _gate = new();
    private byte[] _buffer = [];
    private int _length;
    private int _sending;
    private bool _flushing;
    private bool _closed;
    private List<int> _pieceEnds = [];
    private List<int> _sendingEnds = [];
    private TaskCompletionSource? _idle;

    /// <summary>Called once whenever everything written has gone to the socket.</summary>
    public Action? Drained { get; set; }

    /// <summary>Called once when the socket takes no more.</summary>
    public Action<Exception>? Broken { get; set; }

    /// <summary>The bytes that the socket has not taken yet.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _length + _sending;
            }
        }
    }

    /// <summary>Whether nothing more can be written.</summary>
    public bool IsClosed => _closed;

    /// <summary>Writes one piece; nothing is sent before <see cref="Flush"/>.</summary>
    public void Write<TState>(TState state, Action<IBufferWriter<byte>, TState> write)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
            var start = _length;
            try
            {
                write(this, state);
            }
            catch
            {
                _length = start;
                throw;
            }
            if (transport.IsFramed)
            {
                _pieceEnds.Add(_length);
            }
        }
    }

    /// <summary>Writes one piece of ready bytes.</summary>
    public void Write(ReadOnlyMemory<byte> piece) => Write(piece, static (output, bytes) => output.Write(bytes.Span));

    /// <summary>Starts sending what was written, unless a flush is under way that will take it.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_flushing || _length == 0 || _closed)
            {
                return;
            }
            _flushing = true;
        }
        _ = SendAllAsync();
    }

    /// <summary>Takes nothing more; what was written is still sent.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <summary>Sends what was written and completes when the socket has it all or broke.</summary>
    public Task FlushAsync()
    {
        Flush();
        lock (_gate)
        {
            if (!_flushing)
            {
                return Task.CompletedTask;
            }
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    void IBufferWriter<byte>.Advance(int count) => _length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 1);
        if (needed <= _buffer.Length)
        {
            return;
        }
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(LeastBuffer, Math.Max(needed, _buffer.Length * 2)));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        GiveBack(_buffer);
        _buffer = larger;
    }

    private async Task SendAllAsync()
    {
        byte[]? taken = null;
        try
        {
            while (Take(out taken, out var count))
            {
                await transport.SendAsync(taken.AsMemory(0, count), _sendingEnds, CancellationToken.None);
                GiveBack(taken);
                taken = null;
            }
            Drained?.Invoke();
        }
        catch (Exception reason)
        {
            GiveBack(taken ?? []);
            Fail();
            Broken?.Invoke(reason);
        }
    }

    private bool Take(out byte[] taken, out int count)
    {
        lock (_gate)
        {
            _sending = 0;
            _sendingEnds.Clear();
            (taken, count) = (_buffer, _length);
            if (count == 0)
            {
                GiveBack(_buffer);
                _buffer = [];
                _flushing = false;
                _idle?.SetResult();
                _idle = null;
                return false;
            }
            _buffer = [];
            _sending = count;
            _length = 0;
            (_pieceEnds, _sendingEnds) = (_sendingEnds, _pieceEnds);
            return true;
        }
    }

    private void Fail()
    {
        lock (_gate)
        {
            _closed = true;
            _flushing = false;
            _sending = 0;
            _length = 0;
            GiveBack(_buffer);
            _buffer = [];
            _idle?.SetResult();
            _idle = null;
        }
    }

    private static void GiveBack(byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
