using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0059: Result Set Management: names, and how pages are asked for and described.</summary>
public static class ResultSets
{
    public const string Ns = "http://jabber.org/protocol/rsm";
    public static readonly XName Set = new(Ns, "set");
    public static readonly XName Max = new(Ns, "max");
    public static readonly XName After = new(Ns, "after");
    public static readonly XName Before = new(Ns, "before");
    public static readonly XName Index = new(Ns, "index");
    public static readonly XName First = new(Ns, "first");
    public static readonly XName Last = new(Ns, "last");
    public static readonly XName Count = new(Ns, "count");

    /// <summary>
    /// What page a request asks for, by the <c>&lt;set/&gt;</c> in it; without one, the first page of whatever size. False with an error for what
    /// is none. Pages by number (§2.6) are not known.
    /// </summary>
    public static bool TryRead(Element request, out ResultSetRequest page, [NotNullWhen(false)] out StanzaError? error)
    {
        page = new ResultSetRequest();
        error = null;
        if (request.Child(Set) is not { } set)
        {
            return true;
        }
        if (set.Child(Index) is not null)
        {
            error = new StanzaError(StanzaErrorCondition.FeatureNotImplemented, "Pages are found by the id of an item, not by number.");
            return false;
        }
        int? max = null;
        if (set.Child(Max) is { } most)
        {
            if (!int.TryParse(most.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                error = new StanzaError(StanzaErrorCondition.BadRequest, "The most items of a page: a number is expected.");
                return false;
            }
            max = count;
        }
        // An empty <after/> says as much as none (§2.2), an empty <before/> asks for the last page (§2.5).
        page = new ResultSetRequest(max, set.Child(After)?.Text is { Length: > 0 } after ? after : null, set.Child(Before)?.Text);
        return true;
    }

    /// <summary>A request for a page, or null where nothing needs to be said.</summary>
    public static Element? Make(ResultSetRequest page) => page == new ResultSetRequest() ? null : new Element(
        Set,
        page.Max is { } max ? new Element(Max, max.ToString(CultureInfo.InvariantCulture)) : null,
        page.After is { } after ? new Element(After, after) : null,
        page.Before is { } before ? new Element(Before, before) : null);

    /// <summary>What a page that was given is: the ids of its first and last item, none when it is empty (§2.2).</summary>
    public static Element MakeResult(string? first, string? last, long? count = null) => new(
        Set,
        first is null ? null : new Element(First, first),
        last is null ? null : new Element(Last, last),
        count is null ? null : new Element(Count, count.Value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The page that an answer describes by the <c>&lt;set/&gt;</c> in it.</summary>
    public static ResultSetPage ReadResult(Element answer)
    {
        var set = answer.Child(Set);
        var isCounted = long.TryParse(set?.Child(Count)?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        return new ResultSetPage(set?.Child(First)?.Text, set?.Child(Last)?.Text, isCounted ? count : null);
    }
}

/// <summary>A page that is asked for.</summary>
/// <param name="Max">The most items; null leaves it to who answers.</param>
/// <param name="After">The item before the first; null begins with the first of all.</param>
/// <param name="Before">The item after the last, empty for the last page of all; null when paging forwards.</param>
public sealed record ResultSetRequest(int? Max = null, string? After = null, string? Before = null)
{
    /// <summary>Whether the page is the last one of what matches, rather than the first.</summary>
    public bool IsBackwards => Before is not null;
}

/// <summary>A page that was given.</summary>
/// <param name="Count">How many items there are in all; null when that was not told.</param>
public sealed record ResultSetPage(string? First, string? Last, long? Count);
