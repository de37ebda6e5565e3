namespace MyChat.Host;

/// <summary>Ends the program with one line for the person who started it.</summary>
internal sealed class Failure(string line, int exitCode) : Exception(line)
{
    /// <summary>The operator asked for something that cannot be: wrong arguments or configuration.</summary>
    public const int Misused = 2;

    /// <summary>The request was right but the world is not: a port is taken, a name exists, another server runs.</summary>
    public const int Failed = 1;

    public int ExitCode => exitCode;

    public static Failure Configuration(string line) => new(line, Misused);

    public static Failure Now(string line) => new(line, Failed);

    /// <summary>Text from outside on one line: control characters shown as �, long text cut.</summary>
    public static string Printable(string text)
    {
        var cut = text.Length > 120 ? string.Concat(text.AsSpan(0, 119), "…") : text;
        return string.Concat(cut.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }
}
