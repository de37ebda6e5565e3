using System.Runtime.InteropServices;

namespace MyChat.Host.Commands;

/// <summary>Ctrl+C and SIGTERM let a command put things in order before it ends; the second time it ends at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _signals;

    public Interruption() => _signals = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM)];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _source.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    });
}
