namespace MyChat.Storage.Providers;

/// <summary>What it means that the database refused a batch.</summary>
internal enum Refusal
{
    /// <summary>It may be the fault of one row: each half is tried by itself.</summary>
    Row,
    /// <summary>All of it would be refused again (a full disk): who wrote it gets the error.</summary>
    Batch,
    /// <summary>As <see cref="Batch"/>, and the connection had better be opened anew.</summary>
    Broken,
    /// <summary>The database is out of reach, or takes no writes for now: the batch waits until it is back.</summary>
    Lost,
}
