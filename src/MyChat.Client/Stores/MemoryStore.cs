using MyChat.Client.Conversations;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Stores;

/// <summary>Keeps everything in memory: for bots, tests, and devices whose storage cannot be used.</summary>
public sealed class MemoryStore : IClientStore
{
    public ValueTask<IReadOnlyDictionary<string, string>> ReadDocumentsAsync(string prefix, CancellationToken cancellationToken) => throw new NotImplementedException();
    public ValueTask<IReadOnlyList<ChatMessage>> ReadMessagesAsync(
        BareJid contact, long after, long before, int count, bool fromStart, CancellationToken cancellationToken) => throw new NotImplementedException();
    public ValueTask<int> CountReceivedAsync(BareJid contact, long after, CancellationToken cancellationToken) => throw new NotImplementedException();
    public ValueTask<ChatMessage?> FindByKeyAsync(string key, CancellationToken cancellationToken) => throw new NotImplementedException();
    public ValueTask<IReadOnlyList<ChatMessage>> FindByIdAsync(BareJid contact, string id, CancellationToken cancellationToken) => throw new NotImplementedException();
    public ValueTask<ChatMessage?> FindByStanzaIdAsync(string stanzaId, CancellationToken cancellationToken) => throw new NotImplementedException();
    public ValueTask<IReadOnlyList<ChatMessage>> ReadQueuedAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
    public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken) => throw new NotImplementedException();
    public ValueTask ClearAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
