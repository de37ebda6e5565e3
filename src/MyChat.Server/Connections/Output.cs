using System.Buffers;

namespace MyChat.Server.Connections;

/// <summary>
/// What waits to be sent on one connection. Anybody may write pieces at any time; nobody waits for the socket. At most one flush is under
/// way, and it takes everything that was written meanwhile with it. Memory is held only while something waits.
/// </summary>
public sealed class Output(Transport transport) : IBufferWriter<byte>
{
    private const int LeastBuffer = 2048;

    private readonly Lock gate = new();
    private byte[] buffer = [];
    private int length;
    private int sending;
    private bool flushing;
    private bool closed;
    private List<int> pieceEnds = [];
    private List<int> sendingEnds = [];
    private TaskCompletionSource? idle;

    /// <summary>Called once whenever everything written has gone to the socket.</summary>
    public Action? Drained { get; set; }

    /// <summary>Called once when the socket takes no more.</summary>
    public Action<Exception>? Broken { get; set; }

    /// <summary>The bytes that the socket has not taken yet.</summary>
    public int Pending
    {
        get
        {
            lock (gate)
            {
                return length + sending;
            }
        }
    }

    /// <summary>Whether nothing more can be written.</summary>
    public bool IsClosed => closed;

    /// <summary>Writes one piece; nothing is sent before <see cref="Flush"/>.</summary>
    public void Write<TState>(TState state, Action<IBufferWriter<byte>, TState> write)
    {
        lock (gate)
        {
            if (closed)
            {
                return;
            }
            var start = length;
            try
            {
                write(this, state);
            }
            catch
            {
                length = start;
                throw;
            }
            if (transport.IsFramed)
            {
                pieceEnds.Add(length);
            }
        }
    }

    /// <summary>Writes one piece of ready bytes.</summary>
    public void Write(ReadOnlyMemory<byte> piece) => Write(piece, static (output, bytes) => output.Write(bytes.Span));

    /// <summary>Starts sending what was written, unless a flush is under way that will take it.</summary>
    public void Flush()
    {
        lock (gate)
        {
            if (flushing || length == 0 || closed)
            {
                return;
            }
            flushing = true;
        }
        _ = SendAllAsync();
    }

    /// <summary>Takes nothing more; what was written is still sent.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
        }
    }

    /// <summary>Sends what was written and completes when the socket has it all or broke.</summary>
    public Task FlushAsync()
    {
        Flush();
        lock (gate)
        {
            if (!flushing)
            {
                return Task.CompletedTask;
            }
            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task;
        }
    }

    void IBufferWriter<byte>.Advance(int count) => length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Reserve(sizeHint);
        return buffer.AsMemory(length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Reserve(sizeHint);
        return buffer.AsSpan(length);
    }

    private void Reserve(int sizeHint)
    {
        var needed = length + Math.Max(sizeHint, 1);
        if (needed <= buffer.Length)
        {
            return;
        }
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(LeastBuffer, Math.Max(needed, buffer.Length * 2)));
        buffer.AsSpan(0, length).CopyTo(larger);
        GiveBack(buffer);
        buffer = larger;
    }

    private async Task SendAllAsync()
    {
        byte[]? taken = null;
        try
        {
            while (Take(out taken, out var count))
            {
                await transport.SendAsync(taken.AsMemory(0, count), sendingEnds, CancellationToken.None);
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
        lock (gate)
        {
            sending = 0;
            sendingEnds.Clear();
            (taken, count) = (buffer, length);
            if (count == 0)
            {
                GiveBack(buffer);
                buffer = [];
                flushing = false;
                idle?.SetResult();
                idle = null;
                return false;
            }
            buffer = [];
            sending = count;
            length = 0;
            (pieceEnds, sendingEnds) = (sendingEnds, pieceEnds);
            return true;
        }
    }

    private void Fail()
    {
        lock (gate)
        {
            closed = true;
            flushing = false;
            sending = 0;
            length = 0;
            GiveBack(buffer);
            buffer = [];
            idle?.SetResult();
            idle = null;
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
