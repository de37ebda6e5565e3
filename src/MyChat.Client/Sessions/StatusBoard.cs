using MyChat.Client.Connections;

namespace MyChat.Client.Sessions;

/// <summary>Shows the status, and lets others wait until the client is online.</summary>
internal sealed class StatusBoard(ClientContext context)
{
    private readonly Lock _gate = new();
    private ConnectionStatus _status = new(ConnectionPhase.Offline);
    private TaskCompletionSource _online = NewSource();

    public ConnectionStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <param name="reason">What stopped the client, for those who wait.</param>
    public void Set(ConnectionStatus status, Exception? reason = null)
    {
        lock (_gate)
        {
            _status = status;
            if (_online.Task.IsCompleted && status.Phase != ConnectionPhase.Online)
            {
                _online = NewSource();
            }
            if (status.Phase == ConnectionPhase.Online)
            {
                _online.TrySetResult();
            }
            else if (status.Phase == ConnectionPhase.Stopped)
            {
                _online.TrySetException(reason as XmppException ?? new XmppException("The client has stopped.", reason));
                // Nobody may be waiting.
                _ = _online.Task.Exception;
            }
        }
        context.Raise(Changes.Status);
    }

    public Task WhenOnlineAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _online.Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
