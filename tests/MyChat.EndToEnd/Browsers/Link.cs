using System.Net;
using System.Net.Sockets;

namespace MyChat.EndToEnd.Browsers;

/// <summary>
/// A stretch of network between a client and a server on this machine, which a test can cut: a port that passes bytes on to another, both ways.
/// </summary>
public sealed class Link : IAsyncDisposable
{
    private readonly Func<int> _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private readonly Task _accepting;
    private bool _cut;
    private bool _frozen;
    private TaskCompletionSource _thaw = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens it.</summary>
    /// <param name="target">The port that it leads to, looked at for each connection: a server that was restarted may have another.</param>
    public Link(Func<int> target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it begins, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Breaks every connection, and every new one at once, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _cut = true;
            _sockets.ForEach(socket => socket.Close(0));
            _sockets.Clear();
        }
    }

    /// <summary>Lets nothing through, and tells nobody: what a dead radio link looks like. <see cref="Mend"/> ends it.</summary>
    public void Freeze()
    {
        lock (_gate)
        {
            _frozen = true;
        }
    }

    public void Mend()
    {
        lock (_gate)
        {
            (_cut, _frozen) = (false, false);
            _thaw.TrySetResult();
            _thaw = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                passing.Add(PassAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            client.NoDelay = true;
            if (!Keep(client, server))
            {
                return;
            }
            await server.ConnectAsync(IPAddress.Loopback, _target(), _end.Token);
            await Task.WhenAll(CopyAsync(client, server), CopyAsync(server, client));
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody listens there.
        }
        finally
        {
            client.Close(0);
        }
    }

    private bool Keep(params Socket[] sockets)
    {
        lock (_gate)
        {
            if (_cut)
            {
                sockets[0].Close(0);
                return false;
            }
            _sockets.AddRange(sockets);
            return true;
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            int count;
            while ((count = await from.ReceiveAsync(buffer, _end.Token)) > 0)
            {
                await ThawedAsync();
                await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // What ended this way ends the other way too.
            from.Close(0);
            to.Close(0);
        }
    }

    private async Task ThawedAsync()
    {
        Task thaw;
        lock (_gate)
        {
            thaw = _frozen ? _thaw.Task : Task.CompletedTask;
        }
        await thaw.WaitAsync(_end.Token);
    }
}
