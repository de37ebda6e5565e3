namespace MyChat.Storage.Writer;

/// <summary>One try to commit a batch, and by what it is recognized in the database when its outcome is not known.</summary>
internal sealed class Attempt
{
    /// <summary>The mark of ids as it is when the attempt succeeds.</summary>
    public long Mark { get; set; }

    /// <summary>How many messages it stores.</summary>
    public int Messages { get; set; }

    /// <summary>The last message in the database when it succeeds.</summary>
    public long Stored { get; set; }

    /// <summary>How far messages are filed when it succeeds.</summary>
    public Filing Filing { get; set; }

    /// <summary>Its number, when it stores no message.</summary>
    public long Number { get; set; }

    /// <summary>Whether the database was told to commit.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>Whether it was committed after all. Nothing is in doubt afterwards.</summary>
    public bool IsStored(WriterSession session)
    {
        var isStored = IsInDoubt && (Messages > 0 ? session.IsStored(Stored) : session.LastBatch() == Number);
        IsInDoubt = false;
        return isStored;
    }
}

/// <summary>The program ends while the database is lost: whether the batch is stored will be known after the next start.</summary>
internal sealed class OutcomeUnknownException(Exception reason) : Exception("Whether it is stored is not known: the database is lost.", reason);
