using System.Collections.Immutable;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Connections;

/// <summary>Who waits for messages that belong to an answer.</summary>
internal sealed class Collectors
{
    private sealed class Collector(Collectors all, Func<Message, bool> take) : IDisposable
    {
        private readonly Lock _gate = new();
        private bool _isOver;

        public bool Take(Message message)
        {
            // Once it is over, nothing more may come in.
            lock (_gate)
            {
                return !_isOver && take(message);
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _isOver = true;
            }
            ImmutableInterlocked.Update(ref all._collectors, list => list.Remove(this));
        }
    }

    private ImmutableList<Collector> _collectors = [];

    public IDisposable Add(Func<Message, bool> take)
    {
        var collector = new Collector(this, take);
        ImmutableInterlocked.Update(ref _collectors, list => list.Add(collector));
        return collector;
    }

    public bool Take(Message message)
    {
        foreach (var collector in _collectors)
        {
            if (collector.Take(message))
            {
                return true;
            }
        }
        return false;
    }
}
