using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Storage;
using MyChat.Storage.Search;

namespace MyChat.Bench.Histories;

/// <summary>Searching in a long history: what the index costs, and how long searches take.</summary>
internal static class SearchScenario
{
    private const int PageSize = 50;
    private const int Rounds = 40;

    public static async Task<bool> RunAsync(BenchOptions options, Report report, CancellationToken cancellation)
    {
        await using var services = new ServiceCollection().AddMyChatStorage(options.Storage).BuildServiceProvider();
        var database = services.GetRequiredService<Database>();
        report.Say("database", database.Description);
        var texts = new Vocabulary(seed: 1);
        var watch = Stopwatch.StartNew();
        var account = await new HistoryFiller(services.GetRequiredService<IAccountStore>(), services.GetRequiredService<IMailboxStore>())
            .FillAsync("historian", options.Messages, texts, i => i % (options.Messages / 5) == 17 ? " 麒麟 xylograph" : null, cancellation);
        report.Say("filled_s", watch.Elapsed.TotalSeconds);
        await IndexAsync(database, options, report, cancellation);
        await SearchAsync(database, account, texts, report, cancellation);
        return true;
    }

    private static async Task IndexAsync(Database database, BenchOptions options, Report report, CancellationToken cancellation)
    {
        var before = await new SearchIndex(database).MeasureAsync(cancellation);
        using var own = Process.GetCurrentProcess();
        var ownBefore = own.TotalProcessorTime;
        var meter = new ServerMeter(options.Pid);
        var serverBefore = meter.IsThere ? meter.ProcessorSeconds() : 0;
        var watch = Stopwatch.StartNew();
        using var indexer = new SearchIndexer(database, TimeProvider.System, NullLogger<SearchIndexer>.Instance);
        await indexer.CatchUpAsync(cancellation);
        own.Refresh();
        var after = await new SearchIndex(database).MeasureAsync(cancellation);
        report.Say("indexed", after.Messages - before.Messages);
        report.Say("segments", after.Segments);
        report.Say("index_bytes_per_message", after.Bytes / (double)Math.Max(1, after.Messages));
        if (after.Messages > before.Messages)
        {
            var messages = (double)(after.Messages - before.Messages);
            report.Say("index_s", watch.Elapsed.TotalSeconds);
            report.Say("index_cpu_us_per_message", (own.TotalProcessorTime - ownBefore).TotalMicroseconds / messages);
            if (meter.IsThere)
            {
                report.Say("index_database_cpu_us_per_message", (meter.ProcessorSeconds() - serverBefore) * 1e6 / messages);
            }
        }
    }

    private static async Task SearchAsync(Database database, long account, Vocabulary texts, Report report, CancellationToken cancellation)
    {
        (string Name, Func<int, string> Text)[] searches =
        [
            ("rare_word", _ => "xylograph "),
            ("rare_chinese", _ => "麒麟"),
            ("middling_word", i => texts.EnglishWord(2000 + i) + " "),
            ("common_word", i => texts.EnglishWord(i % 10) + " "),
            ("prefix_of_three", i => texts.EnglishWord(500 + i)[..3]),
            ("prefix_of_one", i => texts.EnglishWord(i)[..1]),
            ("chinese_word", i => texts.ChineseWord(1000 + i)),
            ("chinese_common", i => texts.ChineseWord(i % 10)),
            ("chinese_character", i => texts.ChineseWord(i)[..1]),
            ("chinese_phrase", i => texts.ChineseWord(i % 7) + texts.ChineseWord(20 + i)),
            ("two_common_words", i => $"{texts.EnglishWord(i % 10)} {texts.EnglishWord(10 + i)} "),
            ("no_hit", i => $"quokka{i} "),
            ("no_hit_chinese", i => "龘靐" + texts.ChineseWord(i)),
        ];
        using var search = new HistorySearch(database);
        foreach (var (name, text) in searches)
        {
            var times = new List<double>();
            var hits = 0;
            var given = 0;
            for (var i = -3; i < Rounds; i++)
            {
                var watch = Stopwatch.StartNew();
                try
                {
                    var page = await search.QueryAsync(
                        account, new SearchRequest { Text = text(Math.Abs(i)), FromEnd = true, Limit = PageSize }, cancellation);
                    hits += page.Entries.Count;
                }
                catch (SearchTooBroadException)
                {
                    given++;
                }
                if (i >= 0)
                {
                    times.Add(watch.Elapsed.TotalMilliseconds);
                }
            }
            times.Sort();
            report.Say($"{name}_median_ms", times[times.Count / 2]);
            report.Say($"{name}_p95_ms", times[times.Count * 95 / 100]);
            report.Say($"{name}_hits_per_page", hits / (double)(Rounds + 3));
            report.Say($"{name}_given_up", given);
        }
    }
}
