using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MyChat.Bench.Measuring;
using MyChat.Server.Mailboxes;
using MyChat.Storage;
using MyChat.Storage.Search;

namespace MyChat.HistoryBench;

/// <summary>What the index for searching costs, and how long searches take.</summary>
internal static class SearchTimes
{
    private const int Times = 100;
    private const int WarmUp = 5;

    /// <summary>What a few messages say that nobody else says.</summary>
    public static string? Rare(int message, int count) => message % (count / 5) == 17 ? " 麒麟 xylograph" : null;

    public static async Task IndexAsync(IServiceProvider services, ProcessMeter databaseServer)
    {
        var index = services.GetRequiredService<SearchIndex>();
        using var indexer = new SearchIndexer(
            services.GetRequiredService<Database>(), services.GetRequiredService<SearchDemand>(), TimeProvider.System, NullLogger<SearchIndexer>.Instance);
        var (clock, own, others) = (Stopwatch.StartNew(), OwnTime(), DatabaseTime());
        await indexer.CatchUpAsync(CancellationToken.None);
        (own, others) = (OwnTime() - own, DatabaseTime() - others);
        var size = await index.MeasureAsync(CancellationToken.None);
        Console.WriteLine(
            $"index entries={size.Messages} seconds={clock.Elapsed.TotalSeconds:F1} cpu_us_per_entry={own.TotalMicroseconds / size.Messages:F1} "
            + $"database_cpu_us_per_entry={others.TotalMicroseconds / size.Messages:F1} bytes_per_entry={size.Bytes / (double)size.Messages:F1} "
            + $"segments={size.Segments}");

        TimeSpan DatabaseTime()
        {
            databaseServer.Refresh();
            return TimeSpan.FromSeconds(databaseServer.ProcessorSeconds());
        }
    }

    public static async Task MeasureAsync(IArchiveStore archive, LongLog log, Vocabulary words)
    {
        var page = new ArchiveQuery { Limit = 50, FromEnd = true };
        await MeasureAsync("rare_word", _ => page with { Text = "xylograph " });
        await MeasureAsync("rare_chinese", _ => page with { Text = "麒麟" });
        await MeasureAsync("word", i => page with { Text = words.EnglishWord(2000 + i) + " " });
        await MeasureAsync("common_word", i => page with { Text = words.EnglishWord(i % 10) + " " });
        await MeasureAsync("word_being_typed", i => page with { Text = words.EnglishWord(500 + i)[..4] });
        await MeasureAsync("one_letter", i => page with { Text = words.EnglishWord(i)[..1] });
        await MeasureAsync("chinese_word", i => page with { Text = words.ChineseWord(1000 + i) });
        await MeasureAsync("chinese_common", i => page with { Text = words.ChineseWord(i % 10) });
        await MeasureAsync("chinese_character", i => page with { Text = words.ChineseWord(i)[..1] });
        await MeasureAsync("chinese_phrase", i => page with { Text = words.ChineseWord(i % 7) + words.ChineseWord(20 + i) });
        await MeasureAsync("two_common_words", i => page with { Text = $"{words.EnglishWord(i % 10)} {words.EnglishWord(10 + i)} " });
        await MeasureAsync("common_word_with_seldom", i => page with { Text = words.EnglishWord(i % 10) + " ", With = LongLog.Friends.Least.Bare });
        await MeasureAsync("common_word_oldest_first", i => page with { Text = words.EnglishWord(i % 10) + " ", FromEnd = false });
        await MeasureAsync("no_hit", i => page with { Text = $"quokka{i} " });
        await MeasureAsync("no_hit_two_common", i => page with { Text = $"{words.ChineseWord(i % 10)} {words.EnglishWord(i % 10)} 龘" });
        await MeasureAsync("no_hit_without_index", i => page with { Text = $"quokka{i} " }, log.Small);

        async Task MeasureAsync(string name, Func<int, ArchiveQuery> draw, long? account = null)
        {
            var times = new List<double>();
            var (entries, given) = (0, 0);
            for (var i = -WarmUp; i < Times; i++)
            {
                var started = Stopwatch.GetTimestamp();
                try
                {
                    entries += (await archive.QueryAsync(account ?? log.Account, draw(Math.Abs(i)), CancellationToken.None)).Entries.Count;
                }
                catch (SearchTooBroadException)
                {
                    given++;
                }
                if (i >= 0)
                {
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
            times.Sort();
            Console.WriteLine(
                $"search_{name} entries={(double)entries / (Times + WarmUp):F0} given_up={given} median_ms={times[Times / 2]:F2} p95_ms={times[Times * 95 / 100]:F2} max_ms={times[^1]:F2}");
        }
    }

    private static TimeSpan OwnTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
