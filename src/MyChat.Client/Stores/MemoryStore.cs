using MyChat.Client.Conversations;
using MyChat.Client.History;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Stores;

/// <summary>Keeps everything in memory: for bots, tests, and devices whose storage cannot be used.</summary>
public sealed class MemoryStore : IClientStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChatMessage> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _documents = new(StringComparer.Ordinal);

    // The keys of messages by what they are looked for: a conversation's by place (then by key), and those with an id.
    private readonly Dictionary<BareJid, SortedSet<(long Order, string Key)>> _places = [];
    private readonly Dictionary<(BareJid Contact, string Id), List<string>> _ids = [];
    private readonly Dictionary<string, string> _stanzaIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _queued = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyDictionary<string, string>> ReadDocumentsAsync(string prefix, CancellationToken cancellationToken) =>
        Read<IReadOnlyDictionary<string, string>>(() => _documents
            .Where(document => document.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal));

    public ValueTask<IReadOnlyList<ChatMessage>> ReadMessagesAsync(
        BareJid contact, long after, long before, int count, bool fromStart, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ChatMessage>>(() =>
        {
            var between = Between(contact, after, before);
            return fromStart
                ? [.. between.Take(count).Select(place => _messages[place.Key])]
                : [.. between.Reverse().Take(count).Reverse().Select(place => _messages[place.Key])];
        });

    public ValueTask<int> CountReceivedAsync(BareJid contact, long after, CancellationToken cancellationToken) =>
        Read(() => Between(contact, after, long.MaxValue).Count(place => !_messages[place.Key].IsMine));

    public ValueTask<ChatMessage?> FindByKeyAsync(string key, CancellationToken cancellationToken) => Read(() => _messages.GetValueOrDefault(key));

    public ValueTask<IReadOnlyList<ChatMessage>> FindByIdAsync(BareJid contact, string id, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ChatMessage>>(() =>
            [.. _ids.GetValueOrDefault((contact, id), []).Select(key => _messages[key]).OrderBy(message => message.Order)]);

    public ValueTask<ChatMessage?> FindByStanzaIdAsync(string stanzaId, CancellationToken cancellationToken) =>
        Read(() => _stanzaIds.TryGetValue(stanzaId, out var key) ? _messages[key] : null);

    public ValueTask<IReadOnlyList<ChatMessage>> SearchAsync(
        string text, BareJid? contact, long before, int count, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ChatMessage>>(() =>
        {
            var words = SearchText.Words(text);
            return
            [
                .. _messages.Values
                    .Where(message => message.Order < before && (contact is null || message.Contact.Equals(contact)) && SearchText.Has(message.Body, words))
                    .OrderByDescending(message => message.Order).ThenByDescending(message => message.Key, StringComparer.Ordinal).Take(count),
            ];
        });

    public ValueTask<IReadOnlyList<ChatMessage>> ReadQueuedAsync(CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ChatMessage>>(() =>
            [.. _queued.Select(key => _messages[key]).OrderBy(message => message.Order).ThenBy(message => message.Key, StringComparer.Ordinal)]);

    public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var message in batch.Messages)
            {
                Remove(message.Key);
                Add(message);
            }
            foreach (var key in batch.DeletedMessages)
            {
                Remove(key);
            }
            foreach (var (key, document) in batch.Documents)
            {
                Set(key, document);
            }
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _messages.Clear();
            _documents.Clear();
            _places.Clear();
            _ids.Clear();
            _stanzaIds.Clear();
            _queued.Clear();
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask<T> Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(read());
        }
    }

    private SortedSet<(long Order, string Key)> Between(BareJid contact, long after, long before)
    {
        // The empty key comes before any other of the same place.
        return _places.TryGetValue(contact, out var places) && after < long.MaxValue && before > after + 1
            ? places.GetViewBetween((after + 1, ""), (before, ""))
            : [];
    }

    private void Add(ChatMessage message)
    {
        _messages[message.Key] = message;
        if (!_places.TryGetValue(message.Contact, out var places))
        {
            _places[message.Contact] = places = new SortedSet<(long Order, string Key)>(ByPlace);
        }
        places.Add((message.Order, message.Key));
        if (message.Id is { } id)
        {
            if (!_ids.TryGetValue((message.Contact, id), out var keys))
            {
                _ids[(message.Contact, id)] = keys = [];
            }
            keys.Add(message.Key);
        }
        if (message.StanzaId is { } stanzaId)
        {
            _stanzaIds[stanzaId] = message.Key;
        }
        if (message.State == MessageState.Queued)
        {
            _queued.Add(message.Key);
        }
    }

    private void Remove(string key)
    {
        if (!_messages.Remove(key, out var message))
        {
            return;
        }
        _places[message.Contact].Remove((message.Order, key));
        _queued.Remove(key);
        if (message.Id is { } id && _ids[(message.Contact, id)] is var keys && keys.Remove(key) && keys.Count == 0)
        {
            _ids.Remove((message.Contact, id));
        }
        if (message.StanzaId is { } stanzaId && _stanzaIds.GetValueOrDefault(stanzaId) == key)
        {
            _stanzaIds.Remove(stanzaId);
        }
    }

    private void Set(string key, string? document)
    {
        if (document is null)
        {
            _documents.Remove(key);
        }
        else
        {
            _documents[key] = document;
        }
    }

    private static readonly Comparer<(long Order, string Key)> ByPlace = Comparer<(long Order, string Key)>.Create((left, right) =>
        left.Order != right.Order ? left.Order.CompareTo(right.Order) : string.CompareOrdinal(left.Key, right.Key));
}
