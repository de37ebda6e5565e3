using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using LinqToDB.Mapping;
using MyChat.Server.Mailboxes;
using MyChat.Storage.Schema;

namespace MyChat.Storage.Stores;

/// <summary>Ids above one and below another.</summary>
internal readonly record struct IdRange(long After, long Before);

/// <summary>
/// Finds about where in a log a time is, without an index of times, which every commit would have to pay for: ids follow the order of commits,
/// and so do times, but for what was under way at once and a clock that is set back.
/// </summary>
internal static class ArchiveTimes
{
    /// <summary>How far times may stray from the order of ids; what strays farther is missed at the edge of a time that is asked for.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    /// <summary>So many ids more or less are looked at one by one rather than narrowed down further.</summary>
    private const int NearEnough = 500;

    /// <summary>The ids among which all that matches the query is.</summary>
    public static async Task<IdRange> NarrowAsync(DataConnection db, long account, ArchiveQuery query, CancellationToken cancellation)
    {
        var range = new IdRange(query.After, query.Before);
        if (query.Start is null && query.End is null)
        {
            return range;
        }
        // Two questions, for each is one step into the index.
        var log = db.Log()
            .Where(entry => entry.Account == account && entry.Id > range.After && entry.Id < range.Before).Select(entry => entry.Id);
        var first = await log.MinAsync(id => (long?)id, cancellation);
        var last = await log.MaxAsync(id => (long?)id, cancellation);
        if (first is null || last is null)
        {
            return range;
        }
        var all = new IdRange(first.Value - 1, last.Value + 1);
        if (query.Start is { } start)
        {
            range = range with { After = (await SeekAsync(db, account, all, (start - Slack).ToUnixTimeMilliseconds(), cancellation)).After };
        }
        if (query.End is { } end)
        {
            range = range with { Before = (await SeekAsync(db, account, all, (end + Slack).ToUnixTimeMilliseconds() + 1, cancellation)).Before };
        }
        return range;
    }

    /// <summary>Narrows a range down to where the times reach this one: what is not above it is earlier, what is not below it is not.</summary>
    private static async Task<IdRange> SeekAsync(DataConnection db, long account, IdRange range, long stamp, CancellationToken cancellation)
    {
        // As text, which linq2db would make anew for each step.
        var sql =
            $"""
            SELECT message.id, message.stamp
            FROM (
                SELECT id FROM {Logs.Source(db)} WHERE account = @account AND id >= @middle AND id < @before ORDER BY id LIMIT 1
            ) entry JOIN message ON message.id = entry.id
            """;
        while (range.Before - range.After > NearEnough)
        {
            var middle = range.After + ((range.Before - range.After) / 2);
            var found = await db.QueryToListAsync<Probe>(
                sql, cancellation, new DataParameter("account", account), new DataParameter("middle", middle), new DataParameter("before", range.Before));
            var probe = found.FirstOrDefault();
            if (probe is null)
            {
                range = range with { Before = middle };
            }
            else if (probe.Stamp < stamp)
            {
                range = range with { After = probe.Id };
            }
            else
            {
                // Between the middle and what was found there is nothing.
                range = range with { Before = middle };
            }
        }
        return range;
    }

    private sealed class Probe
    {
        [Column("id")] public long Id { get; set; }
        [Column("stamp")] public long Stamp { get; set; }
    }
}
