using System.Text;

namespace MyChat.HistoryBench;

/// <summary>
/// Texts as people write them, as far as an index cares: a few words are common, most are rare (Zipf's law), in English and in Chinese, of very
/// different lengths. The same seed gives the same texts.
/// </summary>
internal sealed class Vocabulary
{
    private const int EnglishWords = 40_000;
    private const int ChineseWords = 30_000;
    private const int Characters = 3_500;
    private const string Vowels = "aeiou";
    private const string Consonants = "bcdfghjklmnprstvwz";

    private readonly Random random;
    private readonly string[] english;
    private readonly string[] chinese;

    public Vocabulary(int seed)
    {
        random = new Random(seed);
        english = [.. Enumerable.Range(0, EnglishWords).Select(English)];
        chinese = [.. Enumerable.Range(0, ChineseWords).Select(_ => Chinese())];
    }

    /// <summary>The word that only so many others are more common than.</summary>
    public string EnglishWord(int rank) => english[rank];

    /// <inheritdoc cref="EnglishWord"/>
    public string ChineseWord(int rank) => chinese[rank];

    public string Sentence() => random.Next(10) < 6 ? ChineseSentence() : EnglishSentence();

    private string EnglishSentence()
    {
        var text = new StringBuilder();
        for (var words = 2 + random.Next(4) * random.Next(1, 7); words > 0; words--)
        {
            text.Append(english[Rank(EnglishWords)]).Append(words == 1 ? random.Next(3) == 0 ? "!" : "" : random.Next(12) == 0 ? ", " : " ");
        }
        return text.ToString();
    }

    private string ChineseSentence()
    {
        var text = new StringBuilder();
        for (var words = 2 + random.Next(4) * random.Next(1, 6); words > 0; words--)
        {
            text.Append(chinese[Rank(ChineseWords)]).Append(random.Next(9) == 0 ? "，" : "");
        }
        return text.Append(random.Next(15) == 0 ? "😀" : "。").ToString();
    }

    // The share of what is at rank r is about 1/r.
    private int Rank(int count) => (int)(Math.Pow(count, random.NextDouble()) - 1);

    private string English(int rank)
    {
        var word = new StringBuilder();
        for (var syllables = 1 + Math.Min(3, (int)Math.Log10(rank + 2)); syllables > 0; syllables--)
        {
            word.Append(Consonants[random.Next(Consonants.Length)]).Append(Vowels[random.Next(Vowels.Length)]).Append(Consonants[random.Next(Consonants.Length)]);
        }
        return word.ToString();
    }

    private string Chinese()
    {
        var length = random.Next(10) switch { 0 => 1, < 8 => 2, 8 => 3, _ => 4 };
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)(0x4E00 + (Rank(Characters) * 5))));
    }
}
