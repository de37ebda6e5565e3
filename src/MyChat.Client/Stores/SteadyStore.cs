using MyChat.Client.Conversations;
using MyChat.Client.History;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Stores;

/// <summary>
/// A store that takes everything: what the device's store refuses is kept in memory and shows as if it were kept, until that store takes it. So
/// a full disk loses nothing in this run, and what is told is true: <see cref="Fault"/> says that it would not outlast it. By the same means several
/// changes become one commit.
/// </summary>
/// <param name="faultChanged">Called inside the call that found out.</param>
internal sealed class SteadyStore(IClientStore inner, Action faultChanged) : IClientStore
{
    private sealed class Together(SteadyStore store) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => store.KeepAsync(CancellationToken.None);
    }

    private bool _waits;

    // What the store owes us: null stands for what is deleted.
    private readonly Dictionary<string, ChatMessage?> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _documents = new(StringComparer.Ordinal);

    /// <summary>Why nothing is kept at the moment, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether what cannot be read is an error (at the start), or nothing.</summary>
    public bool MustRead { get; set; } = true;

    /// <summary>What is committed from here on is seen by whoever reads, and kept when this is disposed of.</summary>
    public IAsyncDisposable CommitTogether()
    {
        _waits = true;
        return new Together(this);
    }

    public async ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        if (_waits)
        {
            Owe(batch);
            return;
        }
        var owes = _messages.Count + _documents.Count > 0;
        if (owes)
        {
            Owe(batch);
        }
        try
        {
            await inner.CommitAsync(owes ? Owed() : batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            if (!owes)
            {
                Owe(batch);
            }
            SetFault(refused.Message);
            return;
        }
        _messages.Clear();
        _documents.Clear();
        SetFault(null);
    }

    /// <summary>Offers again what was refused.</summary>
    public ValueTask TryAgainAsync(CancellationToken cancellationToken) =>
        Fault is null ? ValueTask.CompletedTask : CommitAsync(new StoreBatch(), cancellationToken);

    public async ValueTask<IReadOnlyDictionary<string, string>> ReadDocumentsAsync(string prefix, CancellationToken cancellationToken)
    {
        var kept = await ReadAsync(() => inner.ReadDocumentsAsync(prefix, cancellationToken), new Dictionary<string, string>()).ConfigureAwait(false);
        var changed = _documents.Where(document => document.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (changed.Count == 0)
        {
            return kept;
        }
        var all = new Dictionary<string, string>(kept, StringComparer.Ordinal);
        foreach (var (key, document) in changed)
        {
            all.Remove(key);
            if (document is not null)
            {
                all[key] = document;
            }
        }
        return all;
    }

    public async ValueTask<IReadOnlyList<ChatMessage>> ReadMessagesAsync(
        BareJid contact, long after, long before, int count, bool fromStart, CancellationToken cancellationToken)
    {
        // As many more as may turn out to be replaced or deleted.
        var kept = await ReadAsync(
            () => inner.ReadMessagesAsync(contact, after, before, count + _messages.Count, fromStart, cancellationToken), []).ConfigureAwait(false);
        if (_messages.Count == 0)
        {
            return kept;
        }
        var all = Changed(kept, message => message.Contact.Equals(contact) && message.Order > after && message.Order < before);
        return [.. fromStart ? all.Take(count) : all.TakeLast(count)];
    }

    public async ValueTask<int> CountReceivedAsync(BareJid contact, long after, CancellationToken cancellationToken)
    {
        if (_waits)
        {
            // One commit more is cheaper than to look for each that waits.
            await KeepAsync(cancellationToken).ConfigureAwait(false);
            _waits = true;
        }
        var count = await ReadAsync(() => inner.CountReceivedAsync(contact, after, cancellationToken), 0).ConfigureAwait(false);
        foreach (var (key, message) in _messages)
        {
            var kept = await ReadAsync(() => inner.FindByKeyAsync(key, cancellationToken), null).ConfigureAwait(false);
            count += (Counts(message) ? 1 : 0) - (Counts(kept) ? 1 : 0);
        }
        return Math.Max(0, count);

        bool Counts(ChatMessage? message) => message is { IsMine: false } && message.Contact.Equals(contact) && message.Order > after;
    }

    public async ValueTask<ChatMessage?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        _messages.TryGetValue(key, out var message)
            ? message
            : await ReadAsync(() => inner.FindByKeyAsync(key, cancellationToken), null).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ChatMessage>> FindByIdAsync(BareJid contact, string id, CancellationToken cancellationToken) =>
        Changed(
            await ReadAsync(() => inner.FindByIdAsync(contact, id, cancellationToken), []).ConfigureAwait(false),
            message => message.Contact.Equals(contact) && message.Id == id);

    public async ValueTask<ChatMessage?> FindByStanzaIdAsync(string stanzaId, CancellationToken cancellationToken)
    {
        var kept = await ReadAsync(() => inner.FindByStanzaIdAsync(stanzaId, cancellationToken), null).ConfigureAwait(false);
        return Changed(kept is null ? [] : [kept], message => message.StanzaId == stanzaId) is [var found, ..] ? found : null;
    }

    public async ValueTask<IReadOnlyList<ChatMessage>> SearchAsync(
        string text, BareJid? contact, long before, int count, CancellationToken cancellationToken)
    {
        var kept = await ReadAsync(
            () => inner.SearchAsync(text, contact, before, count + _messages.Count, cancellationToken), []).ConfigureAwait(false);
        var words = SearchText.Words(text);
        var all = _messages.Count == 0 ? kept : Changed(
            kept, message => message.Order < before && (contact is null || message.Contact.Equals(contact)) && SearchText.Has(message.Body, words));
        return [.. all.OrderByDescending(message => message.Order).Take(count)];
    }

    public async ValueTask<IReadOnlyList<ChatMessage>> ReadQueuedAsync(CancellationToken cancellationToken) =>
        Changed(
            await ReadAsync(() => inner.ReadQueuedAsync(cancellationToken), []).ConfigureAwait(false),
            message => message.State == MessageState.Queued);

    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        _messages.Clear();
        _documents.Clear();
        await inner.ClearAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        _waits = false;
        if (_messages.Count + _documents.Count > 0)
        {
            await CommitAsync(new StoreBatch(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<T> ReadAsync<T>(Func<ValueTask<T>> read, T otherwise)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception refused) when (!MustRead && refused is not OperationCanceledException)
        {
            SetFault(refused.Message);
            return otherwise;
        }
    }

    private IReadOnlyList<ChatMessage> Changed(IReadOnlyList<ChatMessage> kept, Func<ChatMessage, bool> fits) => _messages.Count == 0
        ? kept
        : [.. kept
            .Where(message => !_messages.ContainsKey(message.Key))
            .Concat(_messages.Values.OfType<ChatMessage>().Where(fits))
            .OrderBy(message => message.Order)];

    private void Owe(StoreBatch batch)
    {
        foreach (var message in batch.Messages)
        {
            _messages[message.Key] = message;
        }
        foreach (var key in batch.DeletedMessages)
        {
            _messages[key] = null;
        }
        foreach (var (key, document) in batch.Documents)
        {
            _documents[key] = document;
        }
    }

    private StoreBatch Owed()
    {
        var batch = new StoreBatch();
        foreach (var (key, message) in _messages)
        {
            if (message is null)
            {
                batch.DeletedMessages.Add(key);
            }
            else
            {
                batch.Messages.Add(message);
            }
        }
        foreach (var (key, document) in _documents)
        {
            batch.Documents[key] = document;
        }
        return batch;
    }

    private void SetFault(string? fault)
    {
        if (Fault != fault)
        {
            Fault = fault;
            faultChanged();
        }
    }
}
