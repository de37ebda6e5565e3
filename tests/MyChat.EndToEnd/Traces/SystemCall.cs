namespace MyChat.EndToEnd.Traces;

/// <summary>One system call of a traced program. Places are those in the trace's one order of all threads.</summary>
/// <param name="Name">Such as <c>fdatasync</c>.</param>
/// <param name="File">What its descriptor stands for: a path, or <c>socket:[number]</c>; empty where the call has none.</param>
/// <param name="Strings">Its strings: what was written or read, or paths.</param>
/// <param name="Numbers">Its numbers, in order, after the descriptor.</param>
/// <param name="Result">What it returned; negative when it failed.</param>
/// <param name="Entered">When it began: nothing of it was done before.</param>
/// <param name="Left">When it was over: all of it was done.</param>
internal sealed record SystemCall(
    string Name, string File, IReadOnlyList<byte[]> Strings, IReadOnlyList<long> Numbers, long Result, long Entered, long Left)
{
    /// <summary>The file that an <c>openat</c> opened.</summary>
    public string Opened { get; init; } = "";

    /// <summary>Its flags, as they are written.</summary>
    public string Flags { get; init; } = "";

    /// <summary>Whether it was done at all.</summary>
    public bool Succeeded => Result >= 0;

    /// <summary>What was really written or read, of all its buffers.</summary>
    public ReadOnlyMemory<byte> Data
    {
        get
        {
            var all = Strings.Count == 1 ? Strings[0] : Concatenated();
            return all.AsMemory(0, (int)Math.Clamp(Result, 0, all.Length));
        }
    }

    private byte[] Concatenated()
    {
        using var all = new MemoryStream();
        foreach (var part in Strings)
        {
            all.Write(part);
        }
        return all.ToArray();
    }
}
