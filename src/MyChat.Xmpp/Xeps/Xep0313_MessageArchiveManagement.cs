using System.Buffers;
using System.Globalization;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Xmpp.Xeps;

/// <summary>XEP-0313: Message Archive Management: names, and what goes to and fro. How a query is read: <see cref="ArchiveForm"/>.</summary>
public static class MessageArchive
{
    public const string Ns = "urn:xmpp:mam:2";
    public const string ExtendedNs = "urn:xmpp:mam:2#extended";

    /// <summary>The feature that says that <c>include-groupchat</c> is understood.</summary>
    public const string GroupchatFieldNs = "urn:xmpp:mam:2#groupchat-field";

    public static readonly XName Query = new(Ns, "query");
    public static readonly XName FlipPage = new(Ns, "flip-page");
    public static readonly XName Result = new(Ns, "result");
    public static readonly XName Fin = new(Ns, "fin");
    public static readonly XName Metadata = new(Ns, "metadata");
    public static readonly XName Start = new(Ns, "start");
    public static readonly XName End = new(Ns, "end");

    /// <summary>The element of a query.</summary>
    public static Element MakeQuery(ArchiveRequest request) => new(
        Query,
        ("queryid", request.QueryId),
        ArchiveForm.MakeSubmission(request),
        ResultSets.Make(request.Page),
        request.IsFlipped ? new Element(FlipPage) : null);

    /// <summary>Writes what stands around a result up to where the message itself follows a delay (§4.2): once for each, so it is no element.</summary>
    public static void WriteResultStart(IBufferWriter<byte> output, string? queryId, string id)
    {
        output.Write("<result xmlns='urn:xmpp:mam:2'"u8);
        if (queryId is not null)
        {
            output.Write(" queryid='"u8);
            XmlOutput.WriteAttributeValue(output, queryId);
            output.Write("'"u8);
        }
        output.Write(" id='"u8);
        XmlOutput.WriteAttributeValue(output, id);
        output.Write("'><forwarded xmlns='urn:xmpp:forward:0'>"u8);
    }

    /// <summary>Closes what <see cref="WriteResultStart"/> opened.</summary>
    public static void WriteResultEnd(IBufferWriter<byte> output) => output.Write("</forwarded></result>"u8);

    /// <summary>The end of the results of a query (§4.2).</summary>
    /// <param name="isComplete">Whether the page is the last one in its direction.</param>
    public static Element MakeFin(bool isComplete, string? first, string? last) =>
        new(Fin, isComplete ? ("complete", "true") : null, ResultSets.MakeResult(first, last));

    /// <summary>The page that a <c>&lt;fin/&gt;</c> describes, and whether there is no other in that direction.</summary>
    public static (ResultSetPage Page, bool IsComplete) ReadFin(Element fin) => (ResultSets.ReadResult(fin), fin["complete"] is "true" or "1");

    /// <summary>
    /// A result that the archive of <paramref name="archive"/> gave, or null when the message is none (§8.2: it must come from there). Whoever
    /// asked looks whether the query is one that waits for results.
    /// </summary>
    public static ArchiveResult? ReadResult(Message message, BareJid archive)
    {
        if (!message.Payload.Mentions("urn:xmpp:mam:2"u8) || message.Payload.Child(Result) is not { } result
            || (message.From is not null && !message.From.Equals(archive)) || result["id"] is not { } id
            || StanzaForwarding.Read(result) is not { } inner)
        {
            return null;
        }
        return new ArchiveResult(result["queryid"], id, inner.Message, inner.Sent);
    }

    /// <summary>What an archive says of itself (§5): its first and last entry, null when it is empty.</summary>
    public static Element MakeMetadata(ArchiveEnd? start, ArchiveEnd? end) => new(Metadata, Write(Start, start), Write(End, end));

    /// <summary>The first and the last entry by what the archive says of itself; null when it is empty.</summary>
    public static (ArchiveEnd Start, ArchiveEnd End)? ReadMetadata(Element metadata) =>
        ReadEnd(metadata.Child(Start)) is { } start && ReadEnd(metadata.Child(End)) is { } end ? (start, end) : null;

    /// <summary>A moment as XEP-0082 §3.2 writes it, in milliseconds.</summary>
    public static string WriteStamp(DateTimeOffset stamp) =>
        stamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static Element? Write(XName name, ArchiveEnd? end) =>
        end is null ? null : new Element(name, ("id", end.Id), ("timestamp", WriteStamp(end.Stamp)));

    private static ArchiveEnd? ReadEnd(Element? end) =>
        end?["id"] is { } id && ArchiveForm.TryReadStamp(end["timestamp"] ?? "", out var stamp) ? new ArchiveEnd(id, stamp) : null;
}

/// <summary>A query of an archive as it is said on the wire.</summary>
public sealed record ArchiveRequest
{
    /// <summary>The client's name for the query, which every result repeats.</summary>
    public string? QueryId { get; init; }

    /// <summary>Only what went to or came from this address; a bare one stands for all its resources.</summary>
    public Jid? With { get; init; }

    /// <summary>Only what was received at this moment or later.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Only what was received at this moment or before.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Only what stands before this entry.</summary>
    public string? BeforeId { get; init; }

    /// <summary>Only what stands after this entry.</summary>
    public string? AfterId { get; init; }

    /// <summary>Only these entries; null is all.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Only what holds these words (XEP-0431).</summary>
    public string? Text { get; init; }

    public ResultSetRequest Page { get; init; } = new();

    /// <summary>Whether the page's results come newest first; which they are does not change (§4.3.4).</summary>
    public bool IsFlipped { get; init; }
}

/// <summary>One result of a query.</summary>
/// <param name="Id">The entry's id in the archive; also its stanza-id (XEP-0359).</param>
public sealed record ArchiveResult(string? QueryId, string Id, Message Message, DateTimeOffset? Stamp);

/// <summary>The first or last entry of an archive.</summary>
public sealed record ArchiveEnd(string Id, DateTimeOffset Stamp);
