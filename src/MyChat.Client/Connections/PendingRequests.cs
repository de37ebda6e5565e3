using System.Collections.Concurrent;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Connections;

/// <summary>The requests that wait for an answer (RFC 6120 §8.2.3).</summary>
internal sealed class PendingRequests
{
    private sealed record Request(Jid? To, TaskCompletionSource<Iq> Answer);

    private readonly ConcurrentDictionary<string, Request> _requests = new(StringComparer.Ordinal);
    private Exception? _end;

    public Task<Iq> Add(string id, Jid? to)
    {
        var answer = new TaskCompletionSource<Iq>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_requests.TryAdd(id, new Request(to, answer)))
        {
            throw new ArgumentException($"A request with the id {id} is waiting already.", nameof(id));
        }
        if (_end is { } end)
        {
            answer.TrySetException(end);
        }
        return answer.Task;
    }

    public void Remove(string id) => _requests.TryRemove(id, out _);

    /// <summary>Takes an answer to one of the requests; false when it answers none.</summary>
    public bool TryAnswer(Iq iq, FullJid self)
    {
        // Id, type and sender must fit: anybody could guess the id and answer in the place of whom we asked.
        if (iq.Type is not (IqType.Result or IqType.Error) || iq.Id is null || !_requests.TryGetValue(iq.Id, out var request)
            || !IsFrom(request.To, iq.From, self))
        {
            return false;
        }
        Remove(iq.Id);
        return request.Answer.TrySetResult(iq);
    }

    private static bool IsFrom(Jid? asked, Jid? from, FullJid self)
    {
        if (asked is not null && asked.Equals(from))
        {
            return true;
        }
        // RFC 6120 §8.1.2.1, §10.3.3: a request to nobody is to one's own account, which answers as itself or as nobody.
        var toSelf = asked is null || asked.Equals(self.Bare);
        return toSelf && (from is null || from.Equals(self.Bare) || (asked is null && from.Equals(self)));
    }

    /// <summary>No answer will come any more.</summary>
    public void End(Exception reason)
    {
        _end = reason;
        foreach (var request in _requests.Values)
        {
            request.Answer.TrySetException(reason);
        }
    }
}
