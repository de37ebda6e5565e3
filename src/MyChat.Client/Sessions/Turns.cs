using System.Threading.Channels;
using MyChat.Client.Connections;

namespace MyChat.Client.Sessions;

/// <summary>
/// One thing at a time changes a client's state. What a turn has to tell is told when it is over, in order and by one caller at a time; what it
/// wants done later is started then.
/// </summary>
internal sealed class Turns : IDisposable
{
    private sealed class Turn(Turns owner) : IDisposable
    {
        private Turns? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Leave();
    }

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ChatOptions _options;
    private readonly Channel<Action> _events = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _telling;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _works = [];
    private readonly List<Action> _told = [];
    private readonly List<Func<CancellationToken, Task>> _wanted = [];
    private Changes _changes;
    private bool _inTurn;

    public Turns(ChatOptions options)
    {
        _options = options;
        _telling = Task.Run(TellAsync);
    }

    public event Action<Changes>? Changed;

    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _inTurn = true;
        }
        return new Turn(this);
    }

    public void Raise(Changes changes)
    {
        lock (_gate)
        {
            _changes |= changes;
            TellUnlessInTurn();
        }
    }

    public void Raise(Action raise)
    {
        lock (_gate)
        {
            if (!_told.Contains(raise))
            {
                _told.Add(raise);
            }
            TellUnlessInTurn();
        }
    }

    public void Run(Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            _wanted.Add(work);
            TellUnlessInTurn();
        }
    }

    /// <summary>Cancels the works and waits for them; then for the last event.</summary>
    public async ValueTask StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        while (true)
        {
            Task[] works;
            lock (_gate)
            {
                works = [.. _works];
                // Not left to the continuations: where there is one thread, they would wait for this loop.
                _works.Clear();
            }
            if (works.Length == 0)
            {
                break;
            }
            await Task.WhenAll(works).ConfigureAwait(false);
        }
        _events.Writer.TryComplete();
        await _telling.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _turn.Dispose();
    }

    private void Leave()
    {
        lock (_gate)
        {
            _inTurn = false;
            TellUnlessInTurn();
        }
        _turn.Release();
    }

    private void TellUnlessInTurn()
    {
        if (_inTurn)
        {
            return;
        }
        if (_changes != Changes.None)
        {
            var changes = _changes;
            _changes = Changes.None;
            _events.Writer.TryWrite(() => Changed?.Invoke(changes));
        }
        foreach (var raise in _told)
        {
            _events.Writer.TryWrite(raise);
        }
        _told.Clear();
        foreach (var work in _wanted)
        {
            Start(work);
        }
        _wanted.Clear();
    }

    private void Start(Func<CancellationToken, Task> work)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }
        var task = Task.Run(() => DoAsync(work));
        _works.Add(task);
        task.ContinueWith(Forget, TaskScheduler.Default);
    }

    private void Forget(Task task)
    {
        lock (_gate)
        {
            _works.Remove(task);
        }
    }

    private async Task DoAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The client stops.
        }
        catch (Exception failure)
        {
            _options.Fault?.Invoke(failure);
        }
    }

    private async Task TellAsync()
    {
        await foreach (var raise in _events.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                raise();
            }
            catch (Exception failure)
            {
                // A handler's mistake must not end the client.
                _options.Fault?.Invoke(failure);
            }
        }
    }
}
