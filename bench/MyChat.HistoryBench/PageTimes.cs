using System.Diagnostics;
using MyChat.Server.Mailboxes;

namespace MyChat.HistoryBench;

/// <summary>Times pages of many kinds, each at places drawn anew, and prints the median, the 95th and the 99th of a hundred.</summary>
internal static class PageTimes
{
    private const int Times = 500;
    private const int WarmUp = 30;

    public static async Task MeasureAsync(IArchiveStore archive, LongLog log)
    {
        var random = new Random(2);
        long Anywhere() => log.Ids[random.Next(log.Ids.Count)];
        var (most, least) = LongLog.Friends;
        var page = new ArchiveQuery { Limit = 50, FromEnd = true };
        await MeasureAsync("last", () => page);
        await MeasureAsync("before", () => page with { Before = Anywhere() });
        await MeasureAsync("after", () => page with { After = Anywhere(), FromEnd = false });
        await MeasureAsync("before_250", () => page with { Before = Anywhere(), Limit = 250 });
        await MeasureAsync("with_last", () => page with { With = most.Bare });
        await MeasureAsync("with_before", () => page with { With = most.Bare, Before = Anywhere() });
        await MeasureAsync("with_seldom", () => page with { With = least.Bare, Before = Anywhere() });
        await MeasureAsync("with_resource", () => page with { With = most, Before = Anywhere() });
        await MeasureAsync("with_nobody", () => page with { With = Xmpp.Jids.Jid.Parse("nobody@bench.example") });
        await MeasureAsync("start", () => page with { Start = LongLog.TimeOf(random.Next(log.Ids.Count)), FromEnd = false });
        await MeasureAsync("start_end", () =>
        {
            var first = random.Next(log.Ids.Count);
            return page with { Start = LongLog.TimeOf(first), End = LongLog.TimeOf(first + 1000) };
        });
        await MeasureAsync("with_start", () => page with { With = most.Bare, Start = LongLog.TimeOf(random.Next(log.Ids.Count)), FromEnd = false });
        await MeasureAsync("ids_20", () => page with { Ids = [.. Enumerable.Range(0, 20).Select(_ => Anywhere())] });

        async Task MeasureAsync(string name, Func<ArchiveQuery> draw)
        {
            var times = new List<double>();
            var entries = 0;
            for (var i = 0; i < WarmUp + Times; i++)
            {
                var query = draw();
                var started = Stopwatch.GetTimestamp();
                var found = await archive.QueryAsync(log.Account, query, CancellationToken.None);
                if (i >= WarmUp)
                {
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                    entries += found.Entries.Count;
                }
            }
            times.Sort();
            Console.WriteLine(
                $"{name} entries={(double)entries / Times:F0} median_ms={times[Times / 2]:F2} p95_ms={times[Times * 95 / 100]:F2} p99_ms={times[Times * 99 / 100]:F2}");
        }
    }
}
