using System.Xml.Linq;

namespace MyChat.Testing.Plays;

/// <summary>What an actor has received and the play has not looked at.</summary>
internal sealed class ActorInbox
{
    private readonly Lock _gate = new();
    private readonly List<(XElement Xml, string Text)> _waiting = [];
    private TaskCompletionSource _changed = New();
    private string? _end;

    public void Add(XElement xml, string text)
    {
        lock (_gate)
        {
            _waiting.Add((xml, text));
            Signal();
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End(string why)
    {
        lock (_gate)
        {
            _end = why;
            Signal();
        }
    }

    /// <summary>The connection goes on after a resumption.</summary>
    public void Reopen()
    {
        lock (_gate)
        {
            _end = null;
        }
    }

    public IReadOnlyList<(XElement Xml, string Text)> Unread
    {
        get
        {
            lock (_gate)
            {
                return [.. _waiting];
            }
        }
    }

    public void RemoveAll(Predicate<XElement> which)
    {
        lock (_gate)
        {
            _waiting.RemoveAll(item => which(item.Xml));
        }
    }

    /// <summary>Takes the first that is wanted; waits for it, in real time.</summary>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task<(XElement Xml, string Text)> TakeAsync(Predicate<XElement> wanted, TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                var index = _waiting.FindIndex(item => wanted(item.Xml));
                if (index >= 0)
                {
                    var found = _waiting[index];
                    _waiting.RemoveAt(index);
                    return found;
                }
                if (_end is not null)
                {
                    throw new TimeoutException($"nothing came any more: {_end}");
                }
                changed = _changed.Task;
            }
            try
            {
                await changed.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"nothing came for {patience.TotalSeconds:0} s");
            }
        }
    }

    /// <summary>Waits until nothing more can come.</summary>
    public async Task<string> WaitForEndAsync(TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_end is { } end)
                {
                    return end;
                }
                changed = _changed.Task;
            }
            try
            {
                await changed.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"the stream did not end for {patience.TotalSeconds:0} s");
            }
        }
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
