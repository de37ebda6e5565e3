namespace MyChat.Client.Conversations;

/// <summary>
/// The look that a writer gave a whole message; namespace <c>urn:mychat:format:0</c>. The body stays plain text, and whoever does not know this
/// reads just that.
/// </summary>
/// <param name="Font">One of <see cref="Fonts"/>, or null for the reader's own.</param>
/// <param name="Size">In points of <see cref="Sizes"/>, or null.</param>
/// <param name="Color">#rrggbb, or null; the reader's client keeps it readable.</param>
public sealed record MessageFormat(string? Font, int? Size, bool Bold, bool Italic, bool Underline, string? Color)
{
    public static MessageFormat Plain { get; } = new(null, null, false, false, false, null);

    /// <summary>Families by what they are, not by a brand, so that every system has them.</summary>
    public static IReadOnlyList<string> Fonts { get; } = ["sans", "serif", "mono", "kai", "hand"];

    public static IReadOnlyList<int> Sizes { get; } = [9, 10, 11, 12, 14, 16, 18, 22];
}
