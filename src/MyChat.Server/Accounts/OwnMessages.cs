namespace MyChat.Server.Accounts;

/// <summary>
/// The messages of a session that are neither committed nor refused yet, so that a query of the history can wait for those that the client
/// sent before it (design: order holds). Safe from many threads.
/// </summary>
internal sealed class OwnMessages
{
    private readonly Lock _gate = new();
    private Span _current = new();

    /// <summary>A message came in; <see cref="Finish"/> takes the result.</summary>
    public Span Begin()
    {
        lock (_gate)
        {
            _current.Open++;
            return _current;
        }
    }

    public void Finish(Span span)
    {
        TaskCompletionSource? done;
        lock (_gate)
        {
            done = --span.Open == 0 ? span.Done : null;
        }
        done?.TrySetResult();
    }

    /// <summary>Completes when what came in since the last call is committed or refused.</summary>
    public Task WhenFinished()
    {
        lock (_gate)
        {
            if (_current.Open == 0)
            {
                return Task.CompletedTask;
            }
            var span = _current;
            span.Done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _current = new Span();
            return span.Done.Task;
        }
    }

    /// <summary>What came in between two queries.</summary>
    internal sealed class Span
    {
        public int Open { get; set; }
        public TaskCompletionSource? Done { get; set; }
    }
}
