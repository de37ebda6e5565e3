using System.Globalization;
using System.Text;

namespace MyChat.Xmpp.Search;

/// <summary>Takes a key of a text; the span is only good during the call.</summary>
public delegate void SearchKeyTaker(ReadOnlySpan<char> key);

/// <summary>
/// A text as a search sees it: folded, and cut into pieces. Server and client search by these rules alone, so that a text is found by the
/// same words everywhere; an index only names candidates (<see cref="TakeKeys"/>), <see cref="SearchQuery.Matches"/> decides.
/// </summary>
public sealed class SearchText
{
    /// <summary>The longest key in UTF-16 units: longer words are the same to an index.</summary>
    public const int KeyLength = 24;

    // Scripts whose words are not told apart by spaces, or are often one or two characters long: hangul, Thai, Lao, Tibetan, Burmese, Khmer,
    // kana, bopomofo, Han with its compatibility forms and both supplementary planes.
    private static readonly (int First, int Last)[] DenseRanges =
    [
        (0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029),
        (0x3040, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0x1AFF0, 0x1B16F),
        (0x20000, 0x3FFFF),
    ];

    private readonly List<SearchPiece> _pieces = [];

    private SearchText(string folded) => Folded = folded;

    public string Folded { get; }

    /// <summary>The pieces in their order; between them stands what is not searched for, such as spaces and punctuation.</summary>
    public IReadOnlyList<SearchPiece> Pieces => _pieces;

    public static SearchText Read(string text)
    {
        var read = new SearchText(SearchFolding.Fold(text));
        Split(read.Folded, 0, read.Folded.Length, read._pieces);
        return read;
    }

    public ReadOnlySpan<char> Span(SearchPiece piece) => Folded.AsSpan(piece.Start, piece.Length);

    /// <summary>
    /// Names the keys under which an index lists this text, some of them more than once: a word or symbol as it is; of a dense run each two
    /// neighbours, and the last character alone, so that every character begins a key.
    /// </summary>
    public void TakeKeys(SearchKeyTaker take)
    {
        foreach (var piece in _pieces)
        {
            var span = Span(piece);
            if (piece.Kind != SearchPieceKind.Dense)
            {
                take(Cut(span));
                continue;
            }
            while (!span.IsEmpty)
            {
                take(span[..PairLength(span)]);
                span = span[FirstLength(span)..];
            }
        }
    }

    /// <summary>The key of a word: as much of it as keys hold.</summary>
    internal static ReadOnlySpan<char> Cut(ReadOnlySpan<char> word) =>
        word.Length <= KeyLength ? word : word[..(char.IsHighSurrogate(word[KeyLength - 1]) ? KeyLength - 1 : KeyLength)];

    internal static int FirstLength(ReadOnlySpan<char> text) => char.IsHighSurrogate(text[0]) && text.Length > 1 ? 2 : 1;

    /// <summary>How long the first two characters are together; one where there is only one.</summary>
    internal static int PairLength(ReadOnlySpan<char> text)
    {
        var first = FirstLength(text);
        return first == text.Length ? first : first + FirstLength(text[first..]);
    }

    /// <summary>Cuts a part of a folded text into pieces.</summary>
    internal static void Split(string folded, int start, int end, List<SearchPiece> pieces)
    {
        SearchPieceKind? open = null;
        var openedAt = start;
        for (var at = start; at < end;)
        {
            Rune.DecodeFromUtf16(folded.AsSpan(at, end - at), out var rune, out var length);
            var kind = KindOf(rune);
            if (open is { } ended && (kind != open || kind == SearchPieceKind.Symbol))
            {
                pieces.Add(new SearchPiece(ended, openedAt, at - openedAt));
                open = null;
            }
            if (open is null && kind is not null)
            {
                (open, openedAt) = (kind, at);
            }
            at += length;
        }
        if (open is { } last)
        {
            pieces.Add(new SearchPiece(last, openedAt, end - openedAt));
        }
    }

    private static SearchPieceKind? KindOf(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetterOrDigit((char)rune.Value) ? SearchPieceKind.Word : null;
        }
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.OtherSymbol => rune.Value == 0xFFFD ? null : SearchPieceKind.Symbol,
            <= UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
                or UnicodeCategory.OtherNumber => IsDense(rune.Value) ? SearchPieceKind.Dense : SearchPieceKind.Word,
            _ => null,
        };
    }

    private static bool IsDense(int value)
    {
        foreach (var (first, last) in DenseRanges)
        {
            if (value <= last)
            {
                return value >= first;
            }
        }
        return false;
    }
}
