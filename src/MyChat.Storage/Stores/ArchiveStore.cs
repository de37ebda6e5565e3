using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using LinqToDB.Mapping;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;
using MyChat.Storage.Search;

namespace MyChat.Storage.Stores;

/// <summary>
/// History is read in chunks along the log, or along the ids that a list names, and each entry is looked at: what the indexes
/// cannot tell (a resource, the exact time) is told by the entry itself.
/// </summary>
internal sealed class ArchiveStore(Database database, HistorySearch? search = null) : IArchiveStore
{
    private const int LeastChunk = 16;
    private const int LargestChunk = 64; // of the longest stanzas, 16 MB

    public bool CanSearch => search is not null;

    public async ValueTask<ArchivePage> QueryAsync(long account, ArchiveQuery query, CancellationToken cancellation)
    {
        var logs = await database.OpenLogsAsync(cancellation);
        var range = await logs.ReadAsync(db => ArchiveTimes.NarrowAsync(db, account, query, cancellation), cancellation);
        if (query.Text is not null)
        {
            return await SearchAsync(account, query, range, cancellation);
        }
        var found = new List<MailboxEntry>();
        var bytes = 0L;
        while (true)
        {
            var wanted = Math.Clamp(query.Limit + 1 - found.Count, LeastChunk, LargestChunk);
            var (entries, isLast, seen) = await NextAsync(logs, account, query, range, wanted, cancellation);
            foreach (var entry in entries)
            {
                if (!Matches(query, entry))
                {
                    continue;
                }
                if (found.Count == query.Limit || (found.Count > 0 && bytes + entry.Stanza.Length > query.MostBytes))
                {
                    return Page(query, found, isComplete: false);
                }
                found.Add(entry);
                bytes += entry.Stanza.Length;
            }
            if (isLast)
            {
                return Page(query, found, isComplete: true);
            }
            range = query.FromEnd ? range with { Before = seen } : range with { After = seen };
        }
    }

    public async ValueTask<bool> HoldsAsync(long account, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var wanted = ids.Distinct().ToList();
        return wanted.Count == 0 || await database.ReadMailboxesAsync(
            db => Kept(db, account).CountAsync(entry => wanted.Contains(entry.Id), cancellation), cancellation) == wanted.Count;
    }

    public async ValueTask<((long Id, DateTimeOffset Stamp) First, (long Id, DateTimeOffset Stamp) Last)?> SpanAsync(
        long account, CancellationToken cancellation)
    {
        var first = await EndAsync(account, fromEnd: false, cancellation);
        var last = await EndAsync(account, fromEnd: true, cancellation);
        return first is { } one && last is { } other ? (one, other) : null;
    }

    public ValueTask<OldEntries> FindOldAsync(long account, RetentionRule rule, long after, int most, CancellationToken cancellation) =>
        ArchiveRetention.FindOldAsync(database, account, rule, after, most, cancellation);

    public ValueTask<long> RemoveAsync(long account, IReadOnlyList<long> ids, CancellationToken cancellation) =>
        ArchiveRetention.RemoveAsync(database, account, ids, cancellation);

    /// <summary>The entries of a log that are history.</summary>
    internal static IQueryable<MailboxRow> Kept(IDataContext db, long account) =>
        db.Log().Where(entry => entry.Account == account && (entry.Flags & MailboxRow.Transient) == 0);

    private static ArchivePage Page(ArchiveQuery query, List<MailboxEntry> found, bool isComplete)
    {
        if (query.FromEnd)
        {
            found.Reverse();
        }
        return new ArchivePage(found, isComplete);
    }

    private static bool Matches(ArchiveQuery query, MailboxEntry entry) =>
        (query.Start is not { } start || entry.Stamp >= start)
        && (query.End is not { } end || entry.Stamp <= end)
        && (query.With is not { } peer || StoredAddresses.IsPeer(entry.Stanza.Span, entry.Received, peer));

    /// <summary>The next entries in the direction of the query, whether they are the last ones, and the id up to which the log was looked at.</summary>
    private async ValueTask<(IReadOnlyList<MailboxEntry> Entries, bool IsLast, long Seen)> NextAsync(
        LogReader logs, long account, ArchiveQuery query, IdRange range, int count, CancellationToken cancellation)
    {
        if (query.Ids is null)
        {
            var entries = await ReadAsync(logs, account, query, range, null, count, cancellation);
            return (entries, entries.Count < count, entries.Count == 0 ? 0 : entries[^1].Id);
        }
        var ids = Next(query, range, count);
        var named = ids.Count == 0 ? [] : await ReadAsync(logs, account, query, range, ids, count, cancellation);
        return (named, ids.Count < count, ids.Count == 0 ? 0 : ids[^1]);
    }

    private async ValueTask<ArchivePage> SearchAsync(long account, ArchiveQuery query, IdRange range, CancellationToken cancellation)
    {
        var only = query.Ids?.ToHashSet();
        var page = await (search ?? throw new NotSupportedException("This archive cannot be searched.")).QueryAsync(
            account,
            new SearchRequest
            {
                Text = query.Text!, // whoever calls saw one
                After = range.After,
                Before = range.Before,
                Peer = query.With is { } with ? PeerKeys.Of(with.Bare) : null,
                Start = query.Start,
                End = query.End,
                Filter = entry => (only is null || only.Contains(entry.Id)) && Matches(query, entry),
                Limit = query.Limit,
                MostBytes = query.MostBytes,
                FromEnd = query.FromEnd,
            },
            cancellation);
        return new ArchivePage(page.Entries, page.IsComplete);
    }

    private static List<long> Next(ArchiveQuery query, IdRange range, int count)
    {
        var ids = query.Ids!.Where(id => id > range.After && id < range.Before).Distinct(); // NextAsync saw that there are some
        return [.. (query.FromEnd ? ids.OrderDescending() : ids.Order()).Take(count)];
    }

    // As text: each database must be led to the index that it should take, and linq2db would make the text anew for each page.
    private async ValueTask<IReadOnlyList<MailboxEntry>> ReadAsync(
        LogReader logs, long account, ArchiveQuery query, IdRange range, IReadOnlyList<long>? ids, int count, CancellationToken cancellation)
    {
        var peer = query.With is { } with ? PeerKeys.Of(with.Bare) : (long?)null;
        var conditions = $"account = @account AND id > @after AND id < @before AND (flags & {MailboxRow.Transient}) = 0"
            + (peer is null ? "" : " AND peer = @peer")
            + (ids is null ? "" : $" AND id IN ({string.Join(',', ids)})");
        var rows = await logs.ReadAsync(
            // Counted off in the log first: then no database is led to begin with the messages of everybody.
            db => db.QueryToListAsync<PageRow>(
                $"""
                SELECT entry.id, entry.flags, message.stamp, message.stanza
                FROM (
                    SELECT id, flags FROM {Logs.Source(db, peer is null ? "" : database.Provider.ByPeer)} WHERE {conditions}
                    ORDER BY id {(query.FromEnd ? "DESC" : "ASC")} LIMIT {count}
                ) entry JOIN message ON message.id = entry.id
                """,
                cancellation,
                new DataParameter("account", account),
                new DataParameter("after", range.After),
                new DataParameter("before", range.Before),
                new DataParameter("peer", peer ?? 0)),
            cancellation);
        var entries = rows.Select(row => new MailboxEntry(
            row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.Stamp), (row.Flags & MailboxRow.Received) != 0, row.Stanza));
        return [.. query.FromEnd ? entries.OrderByDescending(entry => entry.Id) : entries.OrderBy(entry => entry.Id)];
    }

    private async ValueTask<(long Id, DateTimeOffset Stamp)?> EndAsync(long account, bool fromEnd, CancellationToken cancellation)
    {
        var page = await QueryAsync(account, new ArchiveQuery { Limit = 1, FromEnd = fromEnd }, cancellation);
        return page.Entries is [var only] ? (only.Id, only.Stamp) : null;
    }

    private sealed class PageRow
    {
        [Column("id")] public long Id { get; set; }
        [Column("flags")] public int Flags { get; set; }
        [Column("stamp")] public long Stamp { get; set; }
        [Column("stanza")] public byte[] Stanza { get; set; } = [];
    }
}
