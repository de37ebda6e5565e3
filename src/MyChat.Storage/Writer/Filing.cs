namespace MyChat.Storage.Writer;

/// <summary>
/// How far messages are filed in the logs of both sides. Until then they are young, in no log; so whoever reads a log has all filed first, and live traffic reads none.
/// </summary>
/// <param name="To">All up to this one are.</param>
internal readonly record struct Filing(long To)
{
    /// <summary>
    /// So many messages, by their ids, are young at most. More would make a page of a log take more entries at a time, and the one batch that does it take longer
    /// (here some 10 ms).
    /// </summary>
    public const int MostYoung = 2000;

    /// <summary>
    /// Where batches hold fewer messages than <see cref="SmallBatch"/>, each waits for a commit nearly its own, and there is time: once so many are young,
    /// each batch files them in one slice of the accounts, which holds up the next ones for less.
    /// </summary>
    public const int LeastYoung = 1000;

    /// <summary>How many slices of all accounts there are.</summary>
    public const int Slices = 16;

    private const int SmallBatch = 8;

    /// <summary>Up to where messages are filed in <see cref="Done"/> slices.</summary>
    private long Last { get; init; }

    private int Done { get; init; }

    /// <summary>Files what is due; how far that came.</summary>
    /// <param name="session">In whose transaction.</param>
    /// <param name="stored">The last message.</param>
    /// <param name="crowd">How many messages a batch holds, lately.</param>
    public Filing Due(WriterSession session, long stored, double crowd)
    {
        var young = stored - To;
        if (young >= MostYoung)
        {
            return All(session, stored);
        }
        return crowd < SmallBatch && (young >= LeastYoung || Done > 0) ? Slice(session, stored) : this;
    }

    /// <summary>Files everything; how far that came.</summary>
    public Filing All(WriterSession session, long stored)
    {
        if (stored <= To)
        {
            return this;
        }
        session.Mailboxes.File(To, stored, slices: 1, slice: 0);
        session.KeepFiled(stored);
        return new Filing(stored);
    }

    private Filing Slice(WriterSession session, long stored)
    {
        var last = Done > 0 ? Last : stored;
        session.Mailboxes.File(To, last, Slices, Done);
        if (Done + 1 < Slices)
        {
            return this with { Last = last, Done = Done + 1 };
        }
        session.KeepFiled(last);
        return new Filing(last);
    }
}
