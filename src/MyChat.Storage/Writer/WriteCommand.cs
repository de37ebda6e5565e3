namespace MyChat.Storage.Writer;

/// <summary>A rare write. It runs in a savepoint of the batch it falls into, and again when that batch is refused: it must not have effects elsewhere.</summary>
internal abstract class WriteCommand
{
    /// <summary>About how many bytes it writes.</summary>
    public int Bytes { get; protected init; }

    /// <summary>Whether it looks at or changes the logs of mailboxes, in which all messages before it are then filed.</summary>
    public bool NeedsMailboxes { get; protected init; }

    /// <summary>Whether it may wait a moment for others to be committed with.</summary>
    public bool MayWait { get; init; }

    public abstract void Run(WriterSession session);
    public abstract void Committed();
    public abstract void Failed(Exception reason);
}

/// <inheritdoc/>
internal sealed class WriteCommand<T> : WriteCommand
{
    private readonly Func<WriterSession, T> run;
    // Whoever awaits goes on elsewhere: the writer's thread is for the database.
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!; // set by Run, which comes before Committed

    public WriteCommand(Func<WriterSession, T> run, bool needsMailboxes, int bytes)
    {
        this.run = run;
        NeedsMailboxes = needsMailboxes;
        Bytes = bytes;
    }

    public Task<T> Task => completion.Task;

    public override void Run(WriterSession session) => result = run(session);
    public override void Committed() => completion.TrySetResult(result);
    public override void Failed(Exception reason) => completion.TrySetException(reason);
}
