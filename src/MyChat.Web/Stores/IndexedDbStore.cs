using System.Runtime.InteropServices.JavaScript;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MyChat.Client.Conversations;
using MyChat.Client.History;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Web.Stores;

/// <summary>What one account keeps in this browser, in an IndexedDB database of its own. Each call is one transaction (database.js).</summary>
internal sealed class IndexedDbStore : IClientStore
{
    private readonly int _store;
    private bool _isClosed;

    private IndexedDbStore(int store) => _store = store;

    /// <exception cref="StoreException">The browser does not let this page keep anything, or another tab runs an older version.</exception>
    public static async Task<IndexedDbStore> OpenAsync(BareJid account, CancellationToken cancellationToken) =>
        new(await TryAsync(Database.OpenAsync($"mychat:{account}"), cancellationToken));

    public async ValueTask<IReadOnlyDictionary<string, string>> ReadDocumentsAsync(string prefix, CancellationToken cancellationToken) =>
        await ReadAsync(Database.ReadDocumentsAsync(_store, prefix), StoreJson.Default.DictionaryStringString, cancellationToken) ?? [];

    public async ValueTask<IReadOnlyList<ChatMessage>> ReadMessagesAsync(
        BareJid contact, long after, long before, int count, bool fromStart, CancellationToken cancellationToken) => await ReadAllAsync(
            Database.ReadMessagesAsync(
                _store, contact.ToString(), StoredMessage.Sortable(after), StoredMessage.Sortable(before), count, fromStart),
            cancellationToken);

    public async ValueTask<int> CountReceivedAsync(BareJid contact, long after, CancellationToken cancellationToken) =>
        await TryAsync(Database.CountReceivedAsync(_store, contact.ToString(), StoredMessage.Sortable(after)), cancellationToken);

    public ValueTask<ChatMessage?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        FindAsync(Database.FindByKeyAsync(_store, key), cancellationToken);

    public async ValueTask<IReadOnlyList<ChatMessage>> FindByIdAsync(BareJid contact, string id, CancellationToken cancellationToken) =>
        await ReadAllAsync(Database.FindByIdAsync(_store, contact.ToString(), id), cancellationToken);

    public ValueTask<ChatMessage?> FindByStanzaIdAsync(string stanzaId, CancellationToken cancellationToken) =>
        FindAsync(Database.FindByStanzaIdAsync(_store, stanzaId), cancellationToken);

    public async ValueTask<IReadOnlyList<ChatMessage>> SearchAsync(
        string text, BareJid? contact, long before, int count, CancellationToken cancellationToken)
    {
        var words = JsonSerializer.Serialize([.. SearchText.Words(text)], StoreJson.Default.StringArray);
        var found = new List<ChatMessage>();
        var from = (string?)StoredMessage.Sortable(before);
        // A bounded number of messages at a time, so that the page goes on.
        while (from is not null && found.Count < count)
        {
            var some = await ReadAsync(
                Database.SearchAsync(_store, contact?.ToString(), words, from, count - found.Count), StoreJson.Default.StoredSearch, cancellationToken);
            found.AddRange(some?.Messages.Select(stored => stored.ToMessage()) ?? []);
            from = some?.Before;
        }

        return found;
    }

    public async ValueTask<IReadOnlyList<ChatMessage>> ReadQueuedAsync(CancellationToken cancellationToken) =>
        await ReadAllAsync(Database.ReadQueuedAsync(_store), cancellationToken);

    public async ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        // Not cut short: the caller must know whether it is written.
        cancellationToken.ThrowIfCancellationRequested();
        var stored = new StoredBatch([.. batch.Messages.Select(StoredMessage.From)], batch.DeletedMessages, batch.Documents);
        await TryAsync(Database.CommitAsync(_store, JsonSerializer.Serialize(stored, StoreJson.Default.StoredBatch)), CancellationToken.None);
    }

    public async ValueTask ClearAsync(CancellationToken cancellationToken) => await TryAsync(Database.ClearAsync(_store), cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            Database.Close(_store);
        }

        return ValueTask.CompletedTask;
    }

    private static async ValueTask<ChatMessage?> FindAsync(Task<string> found, CancellationToken cancellationToken) =>
        await ReadAsync(found, StoreJson.Default.StoredMessage, cancellationToken) is { } stored ? stored.ToMessage() : null;

    private static async Task<List<ChatMessage>> ReadAllAsync(Task<string> found, CancellationToken cancellationToken) =>
        (await ReadAsync(found, StoreJson.Default.ListStoredMessage, cancellationToken) ?? []).ConvertAll(stored => stored.ToMessage());

    private static async Task<T?> ReadAsync<T>(Task<string> found, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await TryAsync(found, cancellationToken), type);

    private static async Task<T> TryAsync<T>(Task<T> work, CancellationToken cancellationToken)
    {
        await TryAsync((Task)work, cancellationToken);
        return await work;
    }

    private static async Task TryAsync(Task work, CancellationToken cancellationToken)
    {
        try
        {
            await work.WaitAsync(cancellationToken);
        }
        catch (JSException failure)
        {
            throw new StoreException(failure.Message, failure.Message.Contains("QuotaExceededError", StringComparison.Ordinal), failure);
        }
    }
}
