namespace MyChat.Storage.Writer;

/// <summary>A write in a batch, and what became of it.</summary>
internal struct BatchEntry
{
    /// <summary>A <see cref="Server.Mailboxes.MailboxWrite"/> or a <see cref="WriteCommand"/>.</summary>
    public object Item;

    /// <summary>Why this write alone is refused while the batch is committed.</summary>
    public Exception? Refused;

    /// <summary>Whether it has been told its outcome.</summary>
    public bool Done;
}
