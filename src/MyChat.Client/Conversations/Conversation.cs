using MyChat.Xmpp.Jids;

namespace MyChat.Client.Conversations;

/// <summary>The conversation with one contact.</summary>
public sealed class Conversation
{
    internal Conversation() { }

    public BareJid Jid => throw new NotImplementedException();
    public ConversationSummary Summary => throw new NotImplementedException();

    /// <summary>
    /// Puts a message into the outbox and sends it; returns when the outbox keeps it. It is sent when there is a connection, also after a restart.
    /// Surrounding white space is kept; control characters that XML cannot hold are taken out.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing is left to send, or more than <see cref="MaxBodyBytes"/>.</exception>
    public Task<ChatMessage> SendAsync(string body, MessageFormat? format = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The longest body, in bytes of UTF-8.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    /// <summary>Sends a failed message again: the same message, with the same id.</summary>
    public Task RetryAsync(string key, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Deletes a message on this device; one that is still queued is not sent.</summary>
    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The user has seen everything up to here: unread is 0, and the contact is told where that is wanted.</summary>
    public Task MarkReadAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public Task SetDraftAsync(string draft, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The user types, or has stopped; told to friends where wanted, at most as often as XEP-0085 says.</summary>
    public void SetTyping(bool typing) => throw new NotImplementedException();

    public Task PinAsync(bool pinned, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public Task MuteAsync(DateTimeOffset? until, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Empties what this device shows; nothing is deleted, <see cref="ShowAgainAsync"/> takes it back.</summary>
    public Task ClearAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public Task ShowAgainAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Takes the conversation out of the list, with its draft and pin; the messages stay in the store.</summary>
    public Task HideAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>All that is kept, oldest first, in pages: for a transcript.</summary>
    public IAsyncEnumerable<IReadOnlyList<ChatMessage>> ReadAllAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>A view of the messages for one window.</summary>
    public Task<Timeline> OpenAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
