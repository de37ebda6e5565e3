using LinqToDB;
using LinqToDB.Async;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Providers;
using MyChat.Storage.Schema;
using MyChat.Xmpp.Search;

namespace MyChat.Storage.Search;

/// <summary>
/// One search: part by part of the log in the direction asked for, what the index names or, where there is none yet, every entry; each is looked
/// at in the log itself. So nothing is found that is not there or does not match, whatever the index says.
/// </summary>
internal sealed class SearchRun(Database database, long account, SearchRequest request, SearchQuery query)
{
    /// <summary>How many entries are looked at for a page that has something.</summary>
    private const int EnoughLooks = 2000;

    private const int FirstParts = 1; // what has no index yet, or the first segment, often fills a page
    private const int MostParts = 16;
    private const int LeastChunk = 16;
    private const int LargestChunk = 128;

    private readonly SegmentStore store = new(database);
    private readonly PostingReader postings = new(database, account, Terms(request, query));
    private readonly List<MailboxEntry> found = [];
    private long after = request.After;
    private long before = request.Before;
    private long bytes;
    private int looks;
    private bool isComplete;
    private LogReader? logs;

    /// <summary>How many entries were looked at because no index says what is in them.</summary>
    public int ReadWithoutIndex { get; private set; }

    /// <summary>Searches; false when the index was changed meanwhile: then it goes on from where it is.</summary>
    public async Task<bool> TryFinishAsync(CancellationToken cancellation)
    {
        var parts = Parts(await store.ReadAsync(account, cancellation));
        for (var (next, count) = (0, FirstParts); next < parts.Count; (next, count) = (next + count, Math.Min(count * 4, MostParts)))
        {
            var some = parts.Skip(next).Take(count).ToList();
            try
            {
                var named = new Queue<long[]?>(await postings.FindAsync([.. some.Select(part => part.Row).OfType<SearchSegmentRow>()], cancellation));
                foreach (var part in some)
                {
                    var ids = part.Row is null ? null : named.Dequeue();
                    if (!(ids is null ? await LookAtAllAsync(part, cancellation) : await LookAtAsync(ids, cancellation)))
                    {
                        return true;
                    }
                }
            }
            catch (SegmentsChangedException)
            {
                return false;
            }
        }
        isComplete = true;
        return true;
    }

    public SearchPage Page()
    {
        if (request.FromEnd)
        {
            found.Reverse();
        }
        return new SearchPage(found, isComplete);
    }

    private static List<IndexTerm> Terms(SearchRequest request, SearchQuery query)
    {
        var terms = query.Keys.Select(key => new IndexTerm(IndexKeys.Of(key.Text), key.IsPrefix));
        return [.. request.Peer is { } peer ? terms.Append(new IndexTerm(IndexKeys.OfPeer(peer), false)) : terms];
    }

    /// <summary>The parts of the log that are asked for, in the direction of the search; the last of the log has no index yet.</summary>
    private List<LogPart> Parts(List<SearchSegmentRow> segments)
    {
        var parts = segments.Select(row => new LogPart(row.FirstId, row.LastId, row)).ToList();
        parts.Add(new LogPart(segments.Count == 0 ? 1 : segments[^1].LastId + 1, long.MaxValue, null));
        parts.RemoveAll(part => part.LastId <= after || part.FirstId >= before
            || (part.Row is { } row && (row.LastStamp < request.Start?.ToUnixTimeMilliseconds() || row.FirstStamp > request.End?.ToUnixTimeMilliseconds())));
        if (request.FromEnd)
        {
            parts.Reverse();
        }
        return parts;
    }

    private async Task<bool> LookAtAllAsync(LogPart part, CancellationToken cancellation)
    {
        while (true)
        {
            var (low, high) = (Math.Max(after, part.FirstId - 1), part.LastId == long.MaxValue ? before : Math.Min(before, part.LastId + 1));
            var entries = await ReadAsync(log => InDirection(log.Where(entry => entry.Id > low && entry.Id < high)).Take(LargestChunk), cancellation);
            ReadWithoutIndex += part.Row is null ? entries.Count : 0;
            if (!LookAt(entries, entries.Count))
            {
                return false;
            }
            if (entries.Count < LargestChunk)
            {
                return true;
            }
        }
    }

    private async Task<bool> LookAtAsync(long[] ids, CancellationToken cancellation)
    {
        var wanted = ids.Where(id => id > after && id < before).ToArray();
        if (request.FromEnd)
        {
            Array.Reverse(wanted);
        }
        for (var next = 0; next < wanted.Length;)
        {
            var some = wanted[next..Math.Min(wanted.Length, next + Math.Clamp(request.Limit + 1 - found.Count, LeastChunk, LargestChunk))];
            next += some.Length;
            // Without an order and a limit: they tempt a database to walk through the whole log and pick these out.
            var entries = await ReadAsync(log => log.Where(entry => some.Contains(entry.Id)), cancellation);
            if (!LookAt(entries, some.Length))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Keeps what matches; false when the page ends here.</summary>
    private bool LookAt(IReadOnlyList<MailboxEntry> entries, int count)
    {
        foreach (var entry in entries)
        {
            if (request.Filter(entry) && query.Matches(SearchText.Read(MessageWords.Read(entry.Stanza.Span))))
            {
                if (found.Count >= request.Limit || (found.Count > 0 && bytes + entry.Stanza.Length > request.MostBytes))
                {
                    return false;
                }
                found.Add(entry);
                bytes += entry.Stanza.Length;
            }
            (after, before) = request.FromEnd ? (after, entry.Id) : (entry.Id, before);
        }
        looks += count;
        if (found.Count == 0 && looks >= HistorySearch.MostLooks)
        {
            throw new SearchTooBroadException();
        }
        return found.Count == 0 || looks < EnoughLooks;
    }

    private IQueryable<MailboxRow> InDirection(IQueryable<MailboxRow> log) =>
        request.FromEnd ? log.OrderByDescending(entry => entry.Id) : log.OrderBy(entry => entry.Id);

    private async Task<List<MailboxEntry>> ReadAsync(Func<IQueryable<MailboxRow>, IQueryable<MailboxRow>> choose, CancellationToken cancellation)
    {
        logs ??= await database.OpenLogsAsync(cancellation);
        var rows = await logs.ReadAsync(db =>
        {
            var log = choose(db.Log().Where(entry => entry.Account == account && (entry.Flags & MailboxRow.Transient) == 0));
            var rows = from entry in log
                       join message in db.GetTable<MessageRow>() on entry.Id equals message.Id
                       select new { entry.Id, entry.Flags, message.Stamp, message.Stanza };
            return rows.ToListAsync(cancellation);
        }, cancellation);
        var entries = rows.Select(row => new MailboxEntry(
            row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.Stamp), (row.Flags & MailboxRow.Received) != 0, row.Stanza));
        return [.. request.FromEnd ? entries.OrderByDescending(entry => entry.Id) : entries.OrderBy(entry => entry.Id)];
    }

    private sealed record LogPart(long FirstId, long LastId, SearchSegmentRow? Row);
}
