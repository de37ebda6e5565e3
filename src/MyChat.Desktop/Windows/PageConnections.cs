using Microsoft.AspNetCore.Components.Server.Circuits;

namespace MyChat.Desktop.Windows;

/// <summary>Tells the watch which pages are connected.</summary>
internal sealed class PageConnections(WindowWatch watch) : CircuitHandler
{
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        watch.OnPageUp(circuit.Id);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        watch.OnPageDown(circuit.Id);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        watch.OnPageDown(circuit.Id);
        return Task.CompletedTask;
    }
}
