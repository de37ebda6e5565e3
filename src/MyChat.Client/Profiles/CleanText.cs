using System.Globalization;
using System.Text;

namespace MyChat.Client.Profiles;

/// <summary>
/// What others wrote, made safe to stand in one line of a screen: no control characters, nothing that turns the direction of the text around it
/// (which could make one address look like another), no line breaks, and not without end.
/// </summary>
internal static class CleanText
{
    public const int MostName = 100;
    public const int MostSignature = 300;
    public const int MostNote = 1000;

    /// <summary>A name, or null when nothing is left.</summary>
    public static string? Name(string? text) => Line(text, MostName);

    /// <summary>A personal signature, or null when nothing is left.</summary>
    public static string? Signature(string? text) => Line(text, MostSignature);

    /// <summary>The words that come with a request, or null when nothing is left.</summary>
    public static string? Note(string? text) => Line(text, MostNote);

    /// <param name="most">Characters as users count them.</param>
    public static string? Line(string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        var line = new StringBuilder();
        var isGap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                isGap = line.Length > 0;
            }
            else if (IsAllowed(rune))
            {
                line.Append(isGap ? " " : "").Append(rune.ToString());
                isGap = false;
            }
        }
        return line.Length == 0 ? null : Shorten(line.ToString(), most);
    }

    private static bool IsAllowed(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned => false,
        // Joiners are part of words and emoji (and so are the tags of flags); marks, embeddings, overrides and isolates are not.
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D or (>= 0xE0020 and <= 0xE007F),
        _ => rune.Value is not (0xFFFD or 0xFFFC),
    };

    private static string Shorten(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }
        var starts = StringInfo.ParseCombiningCharacters(text);
        // One letter may carry marks without end.
        var end = starts.Length <= most ? text.Length : starts[most - 1];
        return end <= most * 4 ? Cut(text, end) : Cut(text, most * 4);
    }

    private static string Cut(string text, int end)
    {
        if (end == text.Length)
        {
            return text;
        }
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
