using MyChat.Client.Connections;
using MyChat.Xmpp.Sasl;

namespace MyChat.Testing.Faults;

/// <summary>Where a link breaks: after so many pieces that came in, or bytes that went out, whichever is first.</summary>
public readonly record struct Cut(int AfterPieces, int AfterBytes)
{
    public static Cut Never { get; } = new(int.MaxValue, int.MaxValue);
}

/// <summary>A transport whose link breaks where the test says so: what is under way then is lost, perhaps in the middle of a stanza.</summary>
public sealed class CuttingTransport(ClientTransport inner, Cut cut) : ClientTransport
{
    private int _pieces;
    private int _bytes;

    public override bool IsFramed => inner.IsFramed;
    public override bool IsSecure => inner.IsSecure;
    public override bool WantsStartTls => inner.WantsStartTls;
    public override IReadOnlyList<ChannelBinding> ChannelBindings => inner.ChannelBindings;

    public override int MaxBytes
    {
        get => inner.MaxBytes;
        set => inner.MaxBytes = value;
    }

    public override ValueTask ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public override ValueTask StartTlsAsync(CancellationToken cancellationToken) => inner.StartTlsAsync(cancellationToken);

    public override void Restart() => inner.Restart();

    public override async ValueTask<TransportFrame> ReadAsync(CancellationToken cancellationToken)
    {
        if (_pieces++ >= cut.AfterPieces)
        {
            throw Break();
        }
        return await inner.ReadAsync(cancellationToken);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> pieces, IReadOnlyList<int> ends, CancellationToken cancellationToken)
    {
        var room = cut.AfterBytes - _bytes;
        if (pieces.Length > room)
        {
            if (room > 0 && !IsFramed)
            {
                await inner.WriteAsync(pieces[..room], [room], cancellationToken);
            }
            throw Break();
        }
        _bytes += pieces.Length;
        await inner.WriteAsync(pieces, ends, cancellationToken);
    }

    public override ValueTask CloseAsync(CancellationToken cancellationToken) => inner.CloseAsync(cancellationToken);

    public override void Abort() => inner.Abort();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    private IOException Break()
    {
        inner.Abort();
        return new IOException("The link broke.");
    }
}
