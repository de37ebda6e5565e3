namespace MyChat.Server.Streams;

/// <summary>
/// Counts the stanzas that a client sent, and up to which of them all are handled (XEP-0198 §4), though they may finish in any order.
/// Numbers wrap at 2^32 as the specification says. Safe from many threads.
/// </summary>
public sealed class HandledWindow
{
    private readonly Lock gate = new();
    private bool[] done = new bool[16];
    private uint received;
    private uint handled;
    private TaskCompletionSource? all;

    /// <summary>All stanzas up to this number are committed or refused: the h of an ack.</summary>
    public uint Handled
    {
        get
        {
            lock (gate)
            {
                return handled;
            }
        }
    }

    /// <summary>How many were received.</summary>
    public uint Received
    {
        get
        {
            lock (gate)
            {
                return received;
            }
        }
    }

    /// <summary>Counts a stanza and gives it its number.</summary>
    public uint Begin()
    {
        lock (gate)
        {
            received = unchecked(received + 1);
            if (unchecked(received - handled) > (uint)done.Length)
            {
                Grow();
            }
            done[received % done.Length] = false;
            return received;
        }
    }

    /// <summary>The stanza of this number is committed, or refused with an answer; true when <see cref="Handled"/> rose.</summary>
    public bool Finish(uint number)
    {
        lock (gate)
        {
            if (unchecked(number - handled - 1) >= unchecked(received - handled))
            {
                return false; // finished before: its place may be another's by now
            }
            done[number % done.Length] = true;
            var before = handled;
            while (handled != received && done[unchecked(handled + 1) % done.Length])
            {
                handled = unchecked(handled + 1);
            }
            if (handled == received)
            {
                all?.TrySetResult();
                all = null;
            }
            return handled != before;
        }
    }

    /// <summary>Completes when everything received so far is handled.</summary>
    public Task WhenAllHandled()
    {
        lock (gate)
        {
            if (handled == received)
            {
                return Task.CompletedTask;
            }
            all ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return all.Task;
        }
    }

    private void Grow()
    {
        // The length stays a power of two, so that numbers keep their places modulo 2^32.
        var larger = new bool[done.Length * 2];
        for (var number = unchecked(handled + 1); number != received; number = unchecked(number + 1))
        {
            larger[number % larger.Length] = done[number % done.Length];
        }
        done = larger;
    }
}
