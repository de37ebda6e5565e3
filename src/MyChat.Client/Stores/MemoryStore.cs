using MyChat.Client.Conversations;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Stores;

/// <summary>Keeps everything in memory: for bots, tests, and devices whose storage cannot be used.</summary>
public sealed class MemoryStore : IClientStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChatMessage> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _documents = new(StringComparer.Ordinal);

    // A conversation's messages by their place; two of the same place stand in the order of their keys.
    private readonly Dictionary<BareJid, SortedSet<ChatMessage>> _conversations = [];

    private static readonly Comparer<ChatMessage> ByPlace = Comparer<ChatMessage>.Create((left, right) =>
        left.Order != right.Order ? left.Order.CompareTo(right.Order) : string.CompareOrdinal(left.Key, right.Key));

    public ValueTask<IReadOnlyDictionary<string, string>> ReadDocumentsAsync(string prefix, CancellationToken cancellationToken) =>
        Read<IReadOnlyDictionary<string, string>>(() => _documents
            .Where(document => document.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal));

    public ValueTask<IReadOnlyList<ChatMessage>> ReadMessagesAsync(
        BareJid contact, long after, long before, int count, bool fromStart, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ChatMessage>>(() =>
        {
            var between = Of(contact).Where(message => message.Order > after && message.Order < before);
            return [.. fromStart ? between.Take(count) : between.TakeLast(count)];
        });

    public ValueTask<int> CountReceivedAsync(BareJid contact, long after, CancellationToken cancellationToken) =>
        Read(() => Of(contact).Reverse().TakeWhile(message => message.Order > after).Count(message => !message.IsMine));

    public ValueTask<ChatMessage?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        Read(() => _messages.GetValueOrDefault(key));

    public ValueTask<IReadOnlyList<ChatMessage>> FindByIdAsync(BareJid contact, string id, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ChatMessage>>(() => [.. Of(contact).Where(message => message.Id == id)]);

    public ValueTask<ChatMessage?> FindByStanzaIdAsync(string stanzaId, CancellationToken cancellationToken) =>
        Read(() => _messages.Values.FirstOrDefault(message => message.StanzaId == stanzaId));

    public ValueTask<IReadOnlyList<ChatMessage>> ReadQueuedAsync(CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ChatMessage>>(() =>
            [.. _messages.Values.Where(message => message.State == MessageState.Queued).Order(ByPlace)]);

    public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var message in batch.Messages)
            {
                Remove(message.Key);
                _messages[message.Key] = message;
                Of(message.Contact).Add(message);
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
            _conversations.Clear();
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

    private SortedSet<ChatMessage> Of(BareJid contact) =>
        _conversations.TryGetValue(contact, out var messages) ? messages : _conversations[contact] = new SortedSet<ChatMessage>(ByPlace);

    private void Remove(string key)
    {
        if (_messages.Remove(key, out var message))
        {
            Of(message.Contact).Remove(message);
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
}
