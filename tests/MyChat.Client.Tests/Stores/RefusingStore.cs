using MyChat.Client.Conversations;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Tests.Stores;

/// <summary>A store whose device has no room, or cannot be read, while the test says so.</summary>
internal sealed class RefusingStore : IClientStore
{
    private readonly MemoryStore _store = new();

    public bool Refuses { get; set; }
    public bool RefusesToRead { get; set; }
    public int Commits { get; private set; }

    private MemoryStore Readable => RefusesToRead ? throw new StoreException("The disk is broken.", isFull: false) : _store;

    public ValueTask<IReadOnlyDictionary<string, string>> ReadDocumentsAsync(string prefix, CancellationToken cancellationToken) =>
        Readable.ReadDocumentsAsync(prefix, cancellationToken);

    public ValueTask<IReadOnlyList<ChatMessage>> ReadMessagesAsync(
        BareJid contact, long after, long before, int count, bool fromStart, CancellationToken cancellationToken) =>
        Readable.ReadMessagesAsync(contact, after, before, count, fromStart, cancellationToken);

    public ValueTask<int> CountReceivedAsync(BareJid contact, long after, CancellationToken cancellationToken) =>
        Readable.CountReceivedAsync(contact, after, cancellationToken);

    public ValueTask<ChatMessage?> FindByKeyAsync(string key, CancellationToken cancellationToken) => Readable.FindByKeyAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<ChatMessage>> FindByIdAsync(BareJid contact, string id, CancellationToken cancellationToken) =>
        Readable.FindByIdAsync(contact, id, cancellationToken);

    public ValueTask<ChatMessage?> FindByStanzaIdAsync(string stanzaId, CancellationToken cancellationToken) =>
        Readable.FindByStanzaIdAsync(stanzaId, cancellationToken);

    public ValueTask<IReadOnlyList<ChatMessage>> SearchAsync(
        string text, BareJid? contact, long before, int count, CancellationToken cancellationToken) =>
        Readable.SearchAsync(text, contact, before, count, cancellationToken);

    public ValueTask<IReadOnlyList<ChatMessage>> ReadQueuedAsync(CancellationToken cancellationToken) => Readable.ReadQueuedAsync(cancellationToken);

    public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        Commits++;
        return Refuses ? throw new StoreException("No room.", isFull: true) : _store.CommitAsync(batch, cancellationToken);
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken) => _store.ClearAsync(cancellationToken);

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
