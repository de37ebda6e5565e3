using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MyChat.Testing.Servers;

/// <summary>What becomes of a COMMIT on its way to the database.</summary>
public enum CommitFault
{
    None,
    /// <summary>The link is cut before it arrives.</summary>
    CutBefore,
    /// <summary>It is done, and the link is cut before the answer arrives.</summary>
    CutAfter,
    /// <summary>It does not arrive, and nobody says so.</summary>
    HangBefore,
    /// <summary>It is done, and the answer never arrives.</summary>
    HangAfter,
    /// <summary>Its answer arrives late.</summary>
    Delay,
}

/// <summary>A TCP link to a database server that delays, hangs or breaks when told to.</summary>
public sealed class FaultyLink : IAsyncDisposable
{
    private static readonly byte[] Commit = "COMMIT"u8.ToArray();

    // A statement that is prepared shows in PostgreSQL's answer only.
    private static readonly byte[] Committed = "COMMIT\0"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, Socket> _links = new(); // the client's end, and the server's
    private readonly CancellationTokenSource _over = new();
    private readonly int _target;
    private readonly Task _accepting;
    private TaskCompletionSource _flow = Completed();
    private volatile bool _refuses;
    private int _faults;

    public FaultyLink(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where to connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What becomes of COMMITs; <see cref="FaultyCommits"/> says of how many.</summary>
    public CommitFault Fault { get; private set; }

    /// <summary>How late, for <see cref="CommitFault.Delay"/>.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many COMMITs met a fault so far.</summary>
    public int FaultyCommits { get; private set; }

    /// <summary>The next COMMITs, so many, meet this fault.</summary>
    public void FailCommits(CommitFault fault, int count = 1) => (Fault, _faults) = (fault, count);

    /// <summary>Cuts all links; the next connection is let through unless <see cref="Refuse"/> was called.</summary>
    public void Cut()
    {
        foreach (var (client, server) in _links)
        {
            client.Dispose();
            server.Dispose();
        }
    }

    /// <summary>New links are cut at once.</summary>
    public void Refuse() => _refuses = true;

    public void Accept() => _refuses = false;

    /// <summary>From now on nothing passes, on old links or new ones, and none is cut.</summary>
    public void Hang() => _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What hung since <see cref="Hang"/> passes after all.</summary>
    public void Flow() => _flow.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptSocketAsync(_over.Token);
            if (_refuses)
            {
                client.Dispose();
                continue;
            }
            var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _target), _over.Token).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _links.TryAdd(client, server);
            _ = CarryAsync(client, server);
        }
    }

    private async Task CarryAsync(Socket client, Socket server)
    {
        var link = new Link();
        try
        {
            await Task.WhenAny(PumpAsync(client, server, link, isRequest: true), PumpAsync(server, client, link, isRequest: false));
        }
        finally
        {
            _links.TryRemove(client, out _);
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Link link, bool isRequest)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var count = await from.ReceiveAsync(buffer, _over.Token);
            if (count == 0)
            {
                return;
            }
            await _flow.Task.WaitAsync(_over.Token);
            if (_faults > 0 && link.Fault == CommitFault.None && buffer.AsSpan(0, count).IndexOf(isRequest ? Commit : Committed) >= 0)
            {
                link.Fault = Fault;
                FaultyCommits++;
                _faults--;
            }
            switch (link.Fault, isRequest)
            {
                case (CommitFault.CutBefore, true) or (CommitFault.CutAfter, false):
                    return;
                case (CommitFault.HangBefore, true) or (CommitFault.HangAfter, false):
                    await Task.Delay(Timeout.Infinite, _over.Token);
                    break;
                case (CommitFault.Delay, false):
                    link.Fault = CommitFault.None;
                    await Task.Delay(Delay, _over.Token);
                    break;
            }
            await to.SendAsync(buffer.AsMemory(0, count), _over.Token);
        }
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    /// <summary>What one connection met.</summary>
    private sealed class Link
    {
        public volatile CommitFault Fault;
    }
}
