namespace MyChat.Storage;

/// <summary>The database cannot be used; the message is one line for the operator.</summary>
public sealed class StorageException : Exception
{
    public StorageException() { }
    public StorageException(string message) : base(message) { }
    public StorageException(string message, Exception inner) : base(message, inner) { }
}
