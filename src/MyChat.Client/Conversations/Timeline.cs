namespace MyChat.Client.Conversations;

/// <summary>
/// A window's view of a conversation: a run of messages without gaps, at most <see cref="MaxItems"/>; loading at one end drops the other. Opens
/// at the first unread message (with some before it), else at the end. Dispose it when the window goes.
/// </summary>
public sealed class Timeline : IDisposable
{
    public const int MaxItems = 300;
    public const int PageItems = 60;

    internal Timeline() { }

    public Conversation Conversation => throw new NotImplementedException();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ChatMessage> Items => throw new NotImplementedException();

    public bool HasOlder => throw new NotImplementedException();

    /// <summary>Whether newer messages are not in <see cref="Items"/>; if not, new ones are appended as they come.</summary>
    public bool HasNewer => throw new NotImplementedException();

    /// <summary>The first message that was unread when the view opened: where the line "new" stands. Null when there was none.</summary>
    public string? FirstUnreadKey => throw new NotImplementedException();

    /// <summary>Messages were cleared before the first of <see cref="Items"/> and can be shown again.</summary>
    public bool IsCleared => throw new NotImplementedException();

    /// <summary>Items have changed. Raised like <see cref="ChatClient.Changed"/>.</summary>
    public event Action? Changed { add => throw new NotImplementedException(); remove => throw new NotImplementedException(); }

    public Task LoadOlderAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();
    public Task LoadNewerAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Goes to the newest messages.</summary>
    public Task GoToEndAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Goes to a message, with some around it.</summary>
    public Task GoToAsync(string key, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
