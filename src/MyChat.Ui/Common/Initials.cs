using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MyChat.Ui.Common;

/// <summary>What stands for somebody without a picture: a letter or two, in a colour of their own.</summary>
public static class Initials
{
    /// <summary>How many hues the style sheet has.</summary>
    public const int Hues = 24;

    /// <summary>
    /// Which of the <see cref="Hues"/> an address gets: the angle of XEP-0392 §5.1, so that other clients that follow it choose about the same. The
    /// lightness is the style sheet's, which keeps the contrast.
    /// </summary>
    public static int Hue(string text)
    {
        var hash = SHA1.HashData(Encoding.UTF8.GetBytes(text));
        return (hash[0] | (hash[1] << 8)) * Hues / 65536;
    }

    /// <summary>
    /// The first letters of the first and the last word; of a name in Han characters, the last two, which is how one calls a friend.
    /// </summary>
    public static string Of(string name)
    {
        var letters = Elements(name).Where(element => Rune.IsLetterOrDigit(Rune.GetRuneAt(element, 0))).ToList();
        if (letters.Count == 0)
        {
            return Elements(name).FirstOrDefault(element => IsVisible(Rune.GetRuneAt(element, 0))) ?? "?";
        }

        if (letters.TrueForAll(IsHan))
        {
            return string.Concat(letters.TakeLast(2));
        }

        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Elements(word).FirstOrDefault(element => Rune.IsLetterOrDigit(Rune.GetRuneAt(element, 0))))
            .OfType<string>()
            .ToList();
        return (words.Count > 1 ? words[0] + words[^1] : words[0]).ToUpperInvariant();
    }

    private static IEnumerable<string> Elements(string text)
    {
        // What is half a surrogate pair cannot be looked at as a character.
        var elements = StringInfo.GetTextElementEnumerator(new string([.. text.EnumerateRunes().SelectMany(rune => rune.ToString())]));
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }

    private static bool IsVisible(Rune rune) => !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned);

    private static bool IsHan(string element) => Rune.GetRuneAt(element, 0).Value is
        (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF);
}
