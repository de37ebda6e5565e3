using System.Globalization;
using MyChat.Client.Connections;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Bench;

/// <summary>One side of a pair: it answers every message with one of its own, numbered, and checks the numbers of the other.</summary>
/// <param name="run">Tells the messages of this run from those that an earlier one left behind.</param>
internal sealed class Talker(XmppConnection session, string peer, string run)
{
    private readonly Lock _gate = new();
    private readonly HashSet<long> _missing = [];
    private TaskCompletionSource? _complete;
    private long _awaited = long.MaxValue;
    private long _highest;
    private long _sent;
    private long _received;
    private bool _stopped;

    public long Sent
    {
        get
        {
            lock (_gate)
            {
                return _sent;
            }
        }
    }

    /// <summary>Different messages received.</summary>
    public long Received => Interlocked.Read(ref _received);

    public int Duplicates { get; private set; }

    /// <summary>Messages that came after a later one.</summary>
    public int Disordered { get; private set; }

    /// <summary>Messages that came back.</summary>
    public int Errors { get; private set; }

    public int Unacknowledged => session.Management?.Unacknowledged.Count ?? 0;

    /// <summary>Puts the first messages under way.</summary>
    public async Task BeginAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Post();
        }
        await session.FlushAsync();
    }

    /// <summary>Answers no more: what counts as sent is sent.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
        }
    }

    /// <summary>Completes when all that was sent is acknowledged.</summary>
    public async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        if (session.Management is not null)
        {
            await session.ConfirmAsync(cancellationToken);
        }
    }

    /// <summary>Completes when so many different messages have come.</summary>
    public Task ReceivedAsync(long count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            (_awaited, _complete) = (count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (_received >= count)
            {
                _complete.TrySetResult();
            }
            return _complete.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Receives until the session ends.</summary>
    public async Task ListenAsync()
    {
        await foreach (var received in session.ReceiveAsync())
        {
            switch (received.Item)
            {
                case Message { Type: MessageType.Error }:
                    Errors++;
                    break;
                case Message message when message.Payload.Child(XNames.Body)?.Text.Split(' ', 3) is [var number, var from, _] && from == run:
                    Count(long.Parse(number, CultureInfo.InvariantCulture));
                    Post();
                    await session.FlushAsync();
                    break;
                case Iq { Type: IqType.Get } question:
                    await session.SendAsync(question.ToResult());
                    break;
            }
        }
    }

    private void Post()
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _sent++;
                session.Post($"<message to='{peer}' type='chat'><body>{_sent} {run} it is the nightingale, and not the lark</body></message>");
            }
        }
    }

    private void Count(long number)
    {
        lock (_gate)
        {
            if (number > _highest)
            {
                for (var skipped = _highest + 1; skipped < number; skipped++)
                {
                    _missing.Add(skipped);
                }
                _highest = number;
            }
            else if (_missing.Remove(number))
            {
                Disordered++;
            }
            else
            {
                Duplicates++;
                return;
            }
            if (Interlocked.Increment(ref _received) >= _awaited)
            {
                _complete?.TrySetResult();
            }
        }
    }
}
