namespace MyChat.Xmpp.Search;

/// <summary>What a piece of a text is to a search.</summary>
public enum SearchPieceKind
{
    /// <summary>Letters and digits of a script that puts spaces between words.</summary>
    Word,
    /// <summary>A run of a script that does not (Han, kana, hangul, Thai and others): any part of it may be a word.</summary>
    Dense,
    /// <summary>One emoji or other symbol.</summary>
    Symbol,
}

/// <summary>A piece of a folded text.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Length">How many UTF-16 units it has.</param>
public readonly record struct SearchPiece(SearchPieceKind Kind, int Start, int Length);
