using System.Buffers;
using System.IO.Pipelines;

namespace MyChat.Client.Connections;

/// <summary>Two pipes as one stream.</summary>
internal sealed class PipeStream(IDuplexPipe pipe) : Stream
{
    private readonly CancellationTokenSource _aborted = new();
    private int _closed;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Cuts both directions: the peer sees an error, and a read in progress fails.</summary>
    public void Abort() => Close(new IOException("The connection was cut."));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _aborted.Token);
        try
        {
            var result = await pipe.Input.ReadAsync(either.Token).ConfigureAwait(false);
            var taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, buffer.Length));
            taken.CopyTo(buffer.Span);
            var count = (int)taken.Length; // before its segments go back to the pipe
            pipe.Input.AdvanceTo(taken.End);
            return count;
        }
        catch (OperationCanceledException) when (_aborted.IsCancellationRequested)
        {
            throw new IOException("The connection was cut.");
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await pipe.Output.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (result.IsCompleted)
        {
            throw new IOException("The peer closed the connection.");
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Close(null);
        base.Dispose(disposing);
    }

    private void Close(Exception? reason)
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            pipe.Output.Complete(reason);
            _aborted.Cancel();
        }
    }
}
