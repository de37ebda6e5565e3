using MyChat.Client.Connections;
using MyChat.Xmpp.Sasl;

namespace MyChat.Testing.Faults;

/// <summary>A transport whose link can die without anybody being told, as when a machine sleeps or a router forgets: what is sent vanishes, nothing comes.</summary>
public sealed class FreezingTransport(ClientTransport inner) : ClientTransport
{
    private readonly TaskCompletionSource _frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _read;
    private int _written;

    /// <summary>How many pieces came in.</summary>
    public int Read => Volatile.Read(ref _read);

    /// <summary>How often something went out.</summary>
    public int Written => Volatile.Read(ref _written);

    public override bool IsFramed => inner.IsFramed;
    public override bool IsSecure => inner.IsSecure;
    public override bool WantsStartTls => inner.WantsStartTls;
    public override IReadOnlyList<ChannelBinding> ChannelBindings => inner.ChannelBindings;

    public override int MaxBytes
    {
        get => inner.MaxBytes;
        set => inner.MaxBytes = value;
    }

    /// <summary>From here on the link is dead.</summary>
    public void Freeze() => _frozen.TrySetResult();

    public override ValueTask ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public override ValueTask StartTlsAsync(CancellationToken cancellationToken) => inner.StartTlsAsync(cancellationToken);

    public override void Restart() => inner.Restart();

    public override async ValueTask<TransportFrame> ReadAsync(CancellationToken cancellationToken)
    {
        var read = inner.ReadAsync(cancellationToken).AsTask();
        if (await Task.WhenAny(read, _frozen.Task) == read)
        {
            var frame = await read;
            Interlocked.Increment(ref _read);
            return frame;
        }
        await _cut.Task.WaitAsync(cancellationToken);
        throw new IOException("The link was cut.");
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> pieces, IReadOnlyList<int> ends, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _written);
        return _frozen.Task.IsCompleted ? ValueTask.CompletedTask : inner.WriteAsync(pieces, ends, cancellationToken);
    }

    public override ValueTask CloseAsync(CancellationToken cancellationToken) => inner.CloseAsync(cancellationToken);

    public override void Abort()
    {
        _cut.TrySetResult();
        inner.Abort();
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
