using MyChat.Client.Conversations;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Stores;

/// <summary>The device's storage is full, or cannot be used.</summary>
/// <param name="isFull">No room: what is there can still be read.</param>
public sealed class StoreException(string message, bool isFull, Exception? inner = null) : Exception(message, inner)
{
    public bool IsFull { get; } = isFull;
}

/// <summary>
/// What one account keeps on this device: messages, and small documents by key (roster, conversations, drafts, preferences). One client uses it
/// at a time and calls one method at a time. Everything but reading is done by <see cref="CommitAsync"/>, whole or not at all. Every method may
/// throw <see cref="StoreException"/>.
/// </summary>
public interface IClientStore : IAsyncDisposable
{
    /// <summary>The documents whose key begins so.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> ReadDocumentsAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>
    /// Messages with a contact whose <see cref="ChatMessage.Order"/> is above <paramref name="after"/> and below <paramref name="before"/>, at most
    /// <paramref name="count"/>, ascending: the last ones before <paramref name="before"/>, or, with <paramref name="fromStart"/>, the first after
    /// <paramref name="after"/>.
    /// </summary>
    ValueTask<IReadOnlyList<ChatMessage>> ReadMessagesAsync(
        BareJid contact, long after, long before, int count, bool fromStart, CancellationToken cancellationToken);

    /// <summary>How many messages of others with a contact stand above <paramref name="after"/>.</summary>
    ValueTask<int> CountReceivedAsync(BareJid contact, long after, CancellationToken cancellationToken);

    ValueTask<ChatMessage?> FindByKeyAsync(string key, CancellationToken cancellationToken);

    /// <summary>Those of a contact with this stanza id (<see cref="ChatMessage.Id"/>).</summary>
    ValueTask<IReadOnlyList<ChatMessage>> FindByIdAsync(BareJid contact, string id, CancellationToken cancellationToken);

    /// <summary>The one with this id of the user's server (<see cref="ChatMessage.StanzaId"/>).</summary>
    ValueTask<ChatMessage?> FindByStanzaIdAsync(string stanzaId, CancellationToken cancellationToken);

    /// <summary>
    /// Messages below <paramref name="before"/> whose text has all the words (<see cref="History.SearchText"/>), of one contact or of all, at most
    /// <paramref name="count"/>, the last ones; descending.
    /// </summary>
    ValueTask<IReadOnlyList<ChatMessage>> SearchAsync(
        string text, BareJid? contact, long before, int count, CancellationToken cancellationToken);

    /// <summary>The outbox: all messages that are <see cref="MessageState.Queued"/>, in the order in which they were written.</summary>
    ValueTask<IReadOnlyList<ChatMessage>> ReadQueuedAsync(CancellationToken cancellationToken);

    /// <summary>Writes all of it, or nothing; on disk when it returns, where the platform can.</summary>
    ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken);

    /// <summary>Forgets everything about the account on this device.</summary>
    ValueTask ClearAsync(CancellationToken cancellationToken);
}

/// <summary>What changes together.</summary>
public sealed class StoreBatch
{
    /// <summary>New, or the one with the same <see cref="ChatMessage.Key"/> replaced.</summary>
    public IList<ChatMessage> Messages { get; } = [];

    /// <summary>Keys of messages that go.</summary>
    public IList<string> DeletedMessages { get; } = [];

    /// <summary>By key; null deletes.</summary>
    public IDictionary<string, string?> Documents { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}
