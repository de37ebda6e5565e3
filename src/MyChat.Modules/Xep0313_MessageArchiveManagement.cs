using System.Buffers;
using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>
/// XEP-0313: Message Archive Management: a user's history is a query over the log of the account. What it gives a session counts as given: it
/// is not sent again as waiting.
/// </summary>
[Xep(313, "1.1.3", Note = "Pages of at most 250 entries or 1 MB; they are not counted (no RSM count or index). Rooms have no archives.")]
[Xep(59, "1.0", Note = "For history; without count and index.")]
[Xep(431, "0.2.0", Note = "Words, the last by its beginning; \"phrases\"; any part of a Chinese, Japanese or Korean run. docs/architecture.md")]
public sealed class MessageArchiveModule : IXmppModule
{
    private const int UsualPage = 100;
    private const int LargestPage = 250;

    private static readonly StanzaError NotYours = new(StanzaErrorCondition.Forbidden, "Only whoever owns an archive may ask for it.");
    private static readonly StanzaError NoSuchEntry = new(StanzaErrorCondition.ItemNotFound, "The archive has no entry with such an id.");

    private static readonly StanzaError TooBroad = new(
        StanzaErrorCondition.ResourceConstraint, "Too many messages would have to be looked at: search for more words, or in a shorter time.");

    public void Configure(ModuleBuilder module) => module
        .Feature(MessageArchive.Ns, IqTargets.Self)
        .Feature(MessageArchive.ExtendedNs, IqTargets.Self)
        .Feature(MessageArchive.GroupchatFieldNs, IqTargets.Self)
        .Feature(FullTextSearch.Ns, IqTargets.Self)
        .OnIq(IqType.Get, IqTargets.Self, MessageArchive.Query, ShowForm)
        .OnQuery(IqType.Set, MessageArchive.Query, QueryAsync)
        .OnQuery(IqType.Get, MessageArchive.Metadata, DescribeAsync)
        // §8.1. Whether anybody has the address makes no difference.
        .OnIq(IqType.Get, IqTargets.Contact | IqTargets.Nobody, MessageArchive.Query, Forbid)
        .OnIq(IqType.Set, IqTargets.Contact | IqTargets.Nobody, MessageArchive.Query, Forbid)
        .OnIq(IqType.Get, IqTargets.Contact | IqTargets.Nobody, MessageArchive.Metadata, Forbid);

    private static ValueTask<IqReply> ShowForm(IqRequest request, CancellationToken cancellation) => new(new Element(
        MessageArchive.Query, ArchiveForm.Make(request.Server.Stores.Archive.CanSearch)));

    private static async ValueTask<IqReply> QueryAsync(IqRequest request, CancellationToken cancellation)
    {
        if (!ArchiveForm.TryRead(request.Payload, out var asked, out var error))
        {
            return error;
        }
        var archive = request.Server.Stores.Archive;
        if (asked.Text is not null && !archive.CanSearch)
        {
            return new StanzaError(StanzaErrorCondition.FeatureNotImplemented, "This archive cannot be searched.");
        }
        var (query, named) = Translate(request.Server, request.Account, asked);
        if (query is null || !await archive.HoldsAsync(request.Account.Id, named, cancellation))
        {
            return NoSuchEntry;
        }
        if (await AskAsync(archive, request.Account.Id, asked, query, cancellation) is not { } page)
        {
            return TooBroad;
        }
        string? NameAt(Index at) => page.Entries.Count == 0 ? null : request.Server.EntryIds.Encode(request.Account.Id, page.Entries[at].Id);
        return IqReply.After(
            asked.IsFlipped ? [.. page.Entries.Reverse()] : page.Entries,
            new ResultForm(asked.QueryId),
            MessageArchive.MakeFin(page.IsComplete, NameAt(0), NameAt(^1)));
    }

    /// <summary>The page; null when a search was given up.</summary>
    private static async ValueTask<ArchivePage?> AskAsync(
        IArchiveStore archive, long account, ArchiveRequest asked, ArchiveQuery query, CancellationToken cancellation)
    {
        try
        {
            return asked.Page.Max == 0
                ? new ArchivePage([], IsComplete: false) // XEP-0059 §2.7 asks for the count, which would mean to look at all that matches
                : await archive.QueryAsync(account, query, cancellation);
        }
        catch (SearchTooBroadException)
        {
            return null;
        }
    }

    private static async ValueTask<IqReply> DescribeAsync(IqRequest request, CancellationToken cancellation)
    {
        var span = await request.Server.Stores.Archive.SpanAsync(request.Account.Id, cancellation);
        return MessageArchive.MakeMetadata(Name(span?.First), Name(span?.Last));

        ArchiveEnd? Name((long Id, DateTimeOffset Stamp)? end) =>
            end is { } entry ? new ArchiveEnd(request.Server.EntryIds.Encode(request.Account.Id, entry.Id), entry.Stamp) : null;
    }

    private static ValueTask<IqReply> Forbid(IqRequest request, CancellationToken cancellation) => new(NotYours);

    /// <summary>The query with ids of the log, and the ids that must be there (§4.1.3, §4.3.2); no query when one of them cannot be.</summary>
    private static (ArchiveQuery? Query, IReadOnlyList<long> Named) Translate(XmppServer server, Account account, ArchiveRequest asked)
    {
        var named = new List<long>();
        var isKnown = true;
        long Read(string name)
        {
            isKnown &= server.EntryIds.TryDecode(account.Id, name, out var id);
            named.Add(id);
            return id;
        }
        string?[] after = [asked.AfterId, asked.Page.After];
        string?[] before = [asked.BeforeId, asked.Page.Before is "" ? null : asked.Page.Before];
        var query = new ArchiveQuery
        {
            With = asked.With,
            Start = asked.Start,
            End = asked.End,
            After = after.OfType<string>().Select(Read).DefaultIfEmpty(0).Max(),
            Before = before.OfType<string>().Select(Read).DefaultIfEmpty(long.MaxValue).Min(),
            Ids = asked.Ids?.Select(Read).ToList(),
            Text = asked.Text,
            Limit = Math.Clamp(asked.Page.Max ?? UsualPage, 1, LargestPage),
            FromEnd = asked.Page.IsBackwards,
        };
        return (isKnown ? query : null, named);
    }

    /// <summary>An entry inside a message from the account itself (§4.2).</summary>
    private sealed class ResultForm(string? queryId) : EntryForm
    {
        public override void Write(IBufferWriter<byte> output, in EntryView entry, bool xmlns)
        {
            output.Write(xmlns ? "<message xmlns='jabber:client' from='"u8 : "<message from='"u8);
            output.Write(entry.Owner.AttributeUtf8.Span);
            output.Write("' to='"u8);
            output.Write(entry.Target.AttributeUtf8.Span);
            output.Write("'>"u8);
            MessageArchive.WriteResultStart(output, queryId, entry.StanzaId!); // what is in the log has one
            entry.WriteDelay(output);
            (entry with { StanzaId = null }).WriteMessage(output, xmlns: true, withDelay: false);
            MessageArchive.WriteResultEnd(output);
            output.Write("</message>"u8);
        }
    }
}
