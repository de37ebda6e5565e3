namespace MyChat.Server.Streams;

/// <summary>
/// Counts the stanzas that a client sent, and up to which of them all are handled (XEP-0198 §4), though they may finish in any order.
/// Numbers wrap at 2^32 as the specification says. Safe from many threads.
/// </summary>
public sealed class HandledWindow
{
    private readonly Lock _gate = new();
    private bool[] _done = new bool[16];
    private uint _received;
    private uint _handled;
    private TaskCompletionSource? _all;

    /// <summary>All stanzas up to this number are committed or refused: the h of an ack.</summary>
    public uint Handled
    {
        get
        {
            lock (_gate)
            {
                return _handled;
            }
        }
    }

    /// <summary>How many were received.</summary>
    public uint Received
    {
        get
        {
            lock (_gate)
            {
                return _received;
            }
        }
    }

    /// <summary>Counts a stanza and gives it its number.</summary>
    public uint Begin()
    {
        lock (_gate)
        {
            _received = unchecked(_received + 1);
            if (unchecked(_received - _handled) > (uint)_done.Length)
            {
                Grow();
            }
            _done[_received % _done.Length] = false;
            return _received;
        }
    }

    /// <summary>The stanza of this number is committed, or refused with an answer; true when <see cref="Handled"/> rose.</summary>
    public bool Finish(uint number)
    {
        lock (_gate)
        {
            if (unchecked(number - _handled - 1) >= unchecked(_received - _handled))
            {
                return false; // finished before: its place may be another's by now
            }
            _done[number % _done.Length] = true;
            var before = _handled;
            while (_handled != _received && _done[unchecked(_handled + 1) % _done.Length])
            {
                _handled = unchecked(_handled + 1);
            }
            if (_handled == _received)
            {
                _all?.TrySetResult();
                _all = null;
            }
            return _handled != before;
        }
    }

    /// <summary>Completes when everything received so far is handled.</summary>
    public Task WhenAllHandled()
    {
        lock (_gate)
        {
            if (_handled == _received)
            {
                return Task.CompletedTask;
            }
            _all ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _all.Task;
        }
    }

    private void Grow()
    {
        // The length stays a power of two, so that numbers keep their places modulo 2^32.
        var larger = new bool[_done.Length * 2];
        for (var number = unchecked(_handled + 1); number != _received; number = unchecked(number + 1))
        {
            larger[number % larger.Length] = _done[number % _done.Length];
        }
        _done = larger;
    }
}
