using System.Collections.Immutable;
using System.Globalization;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>
/// How a <see cref="NoticeBook"/> is written, in the store and on the account: what has something to tell as an element each, the long rest (friends
/// of old) as words <c>number:localpart</c> or <c>number:jid</c>, so that thousands of friends fit into a stanza.
/// </summary>
internal static class NoticeDocument
{
    public const string Ns = "urn:mychat:notices:0";

    /// <summary>People of whom only is remembered that there is nothing to tell any more; more than so many would be history.</summary>
    private const int MostSilent = 500;

    public static readonly XName Root = new(Ns, "notices");
    private static readonly XName Quiet = new(Ns, "quiet");
    private static readonly XName Answered = new(Ns, "answered");
    private static readonly XName Link = new(Ns, "link");
    private static readonly XName Request = new(Ns, "request");

    public static Element Write(NoticeBook book, BareJid account)
    {
        var marks = book.Marks.OrderBy(mark => mark.Key.ToString(), StringComparer.Ordinal).ToArray();
        var quiet = marks.Where(mark => mark.Value.Link is { Kind: null }).ToLookup(mark => mark.Value.Link!.State);
        var answered = marks.Where(mark => mark.Value.Request is { State: RequestState.Closed });
        return new Element(
            Root,
            quiet.OrderBy(group => group.Key).Select(group => new Element(Quiet, ("state", NameOf(group.Key)), string.Join(
                ' ', Bounded(group, group.Key == LinkState.None).Select(mark => Word(mark.Key, mark.Value.Link!.Number, account))))),
            string.Join(' ', Bounded(answered, true).Select(mark => Word(mark.Key, mark.Value.Request!.Number, account))) is { Length: > 0 } words
                ? new Element(Answered, words)
                : null,
            marks.Where(mark => mark.Value.Link is { Kind: not null }).Select(mark => Write(mark.Key, mark.Value.Link!)),
            marks.Where(mark => mark.Value.Request is { State: not RequestState.Closed }).Select(mark => Write(mark.Key, mark.Value.Request!)));
    }

    /// <summary>What cannot be read is passed over.</summary>
    public static NoticeBook Read(Element? document, BareJid account)
    {
        var marks = ImmutableDictionary.CreateBuilder<BareJid, NoticeMarks>();
        foreach (var element in document?.Elements ?? [])
        {
            foreach (var (jid, read) in ReadMarks(element, account))
            {
                marks[jid] = NoticeMarks.Merge(marks.GetValueOrDefault(jid, NoticeMarks.None), read);
            }
        }
        return new NoticeBook(marks.ToImmutable());
    }

    private static IEnumerable<KeyValuePair<BareJid, NoticeMarks>> Bounded(IEnumerable<KeyValuePair<BareJid, NoticeMarks>> marks, bool bounded) =>
        bounded ? marks.Take(MostSilent) : marks;

    private static Element Write(BareJid jid, LinkMark link) => new(
        Link,
        ("jid", jid.ToString()),
        ("number", Text(link.Number)),
        ("state", NameOf(link.State)),
        ("kind", link.Kind!.Value.ToString().ToLowerInvariant()),
        ("at", Text(link.At)),
        ("seen", link.IsSeen ? "true" : null),
        ("dismissed", link.IsDismissed ? "true" : null));

    private static Element Write(BareJid jid, RequestMark request) => new(
        Request,
        ("jid", jid.ToString()),
        ("number", Text(request.Number)),
        ("ignored", request.State == RequestState.Ignored ? "true" : null),
        ("at", Text(request.At)),
        ("seen", request.IsSeen ? "true" : null),
        request.Note);

    private static IEnumerable<(BareJid Jid, NoticeMarks Marks)> ReadMarks(Element element, BareJid account)
    {
        if (element.Name == Quiet && TryReadName<LinkState>(element["state"], out var state))
        {
            return Words(element, account).Select(word => (word.Jid, new NoticeMarks(new LinkMark(word.Number, state, null, default), null)));
        }
        if (element.Name == Answered)
        {
            return Words(element, account).Select(word =>
                (word.Jid, new NoticeMarks(null, new RequestMark(word.Number, RequestState.Closed, default, null) { IsSeen = true })));
        }
        if (!BareJid.TryParse(element["jid"], out var jid) || !TryRead(element["number"], out int number) || !TryRead(element["at"], out DateTimeOffset at))
        {
            return [];
        }
        if (element.Name == Request)
        {
            var open = element["ignored"] == "true" ? RequestState.Ignored : RequestState.Open;
            var note = element.Text.Length == 0 ? null : element.Text;
            return [(jid, new NoticeMarks(null, new RequestMark(number, open, at, note) { IsSeen = element["seen"] == "true" }))];
        }
        return element.Name == Link && TryReadName(element["state"], out state) && TryReadName<NoticeKind>(element["kind"], out var kind)
            ? [(jid, new NoticeMarks(new LinkMark(number, state, kind, at) { IsSeen = element["seen"] == "true", IsDismissed = element["dismissed"] == "true" }, null))]
            : [];
    }

    private static string Word(BareJid jid, int number, BareJid account) =>
        $"{Text(number)}:{(jid.Localpart is { } local && jid.Domainpart == account.Domainpart ? local : jid.Localpart is null ? "@" + jid.Domainpart : jid.ToString())}";

    private static IEnumerable<(BareJid Jid, int Number)> Words(Element element, BareJid account)
    {
        foreach (var word in element.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && TryRead(word[..colon], out int number) && TryReadAddress(word[(colon + 1)..], account, out var jid))
            {
                yield return (jid, number);
            }
        }
    }

    private static bool TryReadAddress(string text, BareJid account, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BareJid? jid) => text.IndexOf('@', StringComparison.Ordinal) switch
    {
        < 0 => BareJid.TryCreate(text, account.Domainpart, out jid),
        0 => BareJid.TryParse(text.AsSpan(1), out jid),
        _ => BareJid.TryParse(text, out jid),
    };

    private static string NameOf(LinkState state) => state.ToString().ToLowerInvariant();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static bool TryRead(string? text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and < int.MaxValue;

    private static bool TryRead(string? text, out DateTimeOffset at) => DateTimeOffset.TryParseExact(
        text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    private static bool TryReadName<T>(string? text, out T value) where T : struct, Enum
    {
        value = default;
        return text is not null && text.All(char.IsAsciiLetterLower) && Enum.TryParse(text, ignoreCase: true, out value);
    }
}
