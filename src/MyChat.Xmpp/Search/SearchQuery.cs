namespace MyChat.Xmpp.Search;

/// <summary>
/// What somebody searches for: phrases that must all occur, in any order. A phrase is what stands between spaces, or between quotation marks;
/// its pieces follow each other in the text, whatever punctuation is between them. In dense scripts (Chinese) a phrase is found anywhere inside
/// a run. The last word, unless a space or a quotation mark follows, is one that is still being typed: it is found by its beginning.
/// </summary>
public sealed class SearchQuery
{
    /// <summary>The longest query in UTF-16 units; more is for who asks to refuse.</summary>
    public const int MaxLength = 256;

    private const int MostKeys = 32;

    private readonly List<Phrase> _phrases = [];
    private readonly string _folded;

    private SearchQuery(string folded) => _folded = folded;

    /// <summary>Whether nothing in it can be searched for: it finds nothing.</summary>
    public bool IsEmpty => _phrases.Count == 0;

    /// <summary>Keys that every text has which matches (<see cref="SearchText.TakeKeys"/>): what to ask an index for. Each only once; not all that there are.</summary>
    public IReadOnlyList<SearchKey> Keys { get; private set; } = [];

    public static SearchQuery Parse(string text)
    {
        var query = new SearchQuery(SearchFolding.Fold(text));
        query.ReadPhrases();
        query.Keys = [.. query.MakeKeys().Distinct().Take(MostKeys)];
        return query;
    }

    /// <summary>Whether the text has what is searched for.</summary>
    public bool Matches(SearchText text)
    {
        foreach (var phrase in _phrases)
        {
            if (!IsIn(phrase, text))
            {
                return false;
            }
        }
        return !IsEmpty;
    }

    private static bool IsQuote(char letter) => letter is '"' or '“' or '”' or '„' or '«' or '»';

    private void ReadPhrases()
    {
        for (var at = 0; at < _folded.Length;)
        {
            if (char.IsWhiteSpace(_folded[at]))
            {
                at++;
                continue;
            }
            var isQuoted = IsQuote(_folded[at]);
            var start = isQuoted ? at + 1 : at;
            var end = start;
            while (end < _folded.Length && !IsQuote(_folded[end]) && (isQuoted || !char.IsWhiteSpace(_folded[end])))
            {
                end++;
            }
            var pieces = new List<SearchPiece>();
            SearchText.Split(_folded, start, end, pieces);
            if (pieces.Count > 0)
            {
                var isBeingTyped = !isQuoted && pieces[^1].Start + pieces[^1].Length == _folded.Length;
                _phrases.Add(new Phrase(pieces, isBeingTyped));
            }
            at = isQuoted ? end + 1 : end;
        }
    }

    private IEnumerable<SearchKey> MakeKeys()
    {
        foreach (var phrase in _phrases)
        {
            foreach (var piece in phrase.Pieces)
            {
                var isOpen = phrase.IsBeingTyped && piece == phrase.Pieces[^1];
                var text = _folded.Substring(piece.Start, piece.Length);
                if (piece.Kind != SearchPieceKind.Dense)
                {
                    var key = SearchText.Cut(text).ToString();
                    yield return new SearchKey(key, isOpen && piece.Kind == SearchPieceKind.Word && key.Length == text.Length);
                    continue;
                }
                foreach (var key in DenseKeys(text))
                {
                    yield return key;
                }
            }
        }
    }

    private static IEnumerable<SearchKey> DenseKeys(string run)
    {
        var at = 0;
        do
        {
            var pair = SearchText.PairLength(run.AsSpan(at));
            var first = SearchText.FirstLength(run.AsSpan(at));
            // A character alone begins a key wherever it stands.
            yield return new SearchKey(run.Substring(at, pair), IsPrefix: pair == first);
            at += first;
        }
        while (at < run.Length && at + SearchText.FirstLength(run.AsSpan(at)) < run.Length);
    }

    private bool IsIn(Phrase phrase, SearchText text)
    {
        for (var at = 0; at + phrase.Pieces.Count <= text.Pieces.Count; at++)
        {
            var next = 0;
            while (next < phrase.Pieces.Count && IsAt(phrase, next, text, text.Pieces[at + next]))
            {
                next++;
            }
            if (next == phrase.Pieces.Count)
            {
                return true;
            }
        }
        return false;
    }

    private bool IsAt(Phrase phrase, int index, SearchText text, SearchPiece found)
    {
        var wanted = phrase.Pieces[index];
        if (wanted.Kind != found.Kind)
        {
            return false;
        }
        var have = text.Span(found);
        var want = _folded.AsSpan(wanted.Start, wanted.Length);
        var (isFirst, isLast) = (index == 0, index == phrase.Pieces.Count - 1);
        return wanted.Kind switch
        {
            SearchPieceKind.Dense => (isFirst, isLast) switch
            {
                (true, true) => have.IndexOf(want) >= 0,
                (true, false) => have.EndsWith(want),
                (false, true) => have.StartsWith(want),
                _ => have.SequenceEqual(want),
            },
            SearchPieceKind.Word when isLast && phrase.IsBeingTyped => have.StartsWith(want),
            _ => have.SequenceEqual(want),
        };
    }

    private sealed record Phrase(List<SearchPiece> Pieces, bool IsBeingTyped);
}

/// <summary>A key to look for in an index.</summary>
/// <param name="IsPrefix">Whether every key that begins so will do.</param>
public readonly record struct SearchKey(string Text, bool IsPrefix);
