using System.Buffers;
using System.Text;
using MyChat.Client.Connections;
using MyChat.Xmpp.Sasl;

namespace MyChat.Client.Tests;

/// <summary>A real server that says something else here and there.</summary>
/// <param name="edit">What the client reads in the place of a piece of the server's.</param>
internal sealed class EditedTransport(ClientTransport inner, Func<string, string> edit) : ClientTransport
{
    public override bool IsFramed => inner.IsFramed;
    public override bool IsSecure => inner.IsSecure;
    public override bool WantsStartTls => inner.WantsStartTls;
    public override IReadOnlyList<ChannelBinding> ChannelBindings => inner.ChannelBindings;
    public override int MaxBytes { get => inner.MaxBytes; set => inner.MaxBytes = value; }

    public override ValueTask ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);
    public override ValueTask StartTlsAsync(CancellationToken cancellationToken) => inner.StartTlsAsync(cancellationToken);
    public override void Restart() => inner.Restart();

    public override async ValueTask<TransportFrame> ReadAsync(CancellationToken cancellationToken)
    {
        var frame = await inner.ReadAsync(cancellationToken);
        return frame with { Bytes = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(frame.Bytes)))) };
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> pieces, IReadOnlyList<int> ends, CancellationToken cancellationToken) =>
        inner.WriteAsync(pieces, ends, cancellationToken);

    public override ValueTask CloseAsync(CancellationToken cancellationToken) => inner.CloseAsync(cancellationToken);
    public override void Abort() => inner.Abort();
}
