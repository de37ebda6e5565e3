using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Testing.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.HistoryBench;

/// <summary>One account with very many messages, half of them received, with 200 people of whom some say much more than others.</summary>
internal sealed class LongLog
{
    private const int Peers = 200;
    private const int UnderWay = 512; // some batches of the writer
    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public long Account { get; private init; }

    /// <summary>A friend with fewer entries than an index begins with, but with thousands where the account has a million.</summary>
    public long Small { get; private init; }

    public List<long> Ids { get; } = [];

    /// <summary>Who said most, and who said least.</summary>
    public static (Jid Most, Jid Least) Friends => (PeerAt(0), PeerAt(Peers - 1));

    /// <summary>Messages are a minute apart.</summary>
    public static DateTimeOffset TimeOf(int message) => Begin.AddMinutes(message);

    public static async Task<LongLog> FillAsync(IServiceProvider services, int count, Func<int, string>? text = null)
    {
        var accounts = services.GetRequiredService<IAccountStore>();
        var ids = new List<long>();
        for (var i = 0; i <= Peers; i++)
        {
            ids.Add((await accounts.CreateAsync($"user{i}", [], Begin, CancellationToken.None))!.Id); // the database is new
        }
        var log = new LongLog { Account = ids[Peers], Small = ids[Peers / 10] };
        var store = services.GetRequiredService<IMailboxStore>();
        var random = new Random(1);
        using var places = new SemaphoreSlim(UnderWay);
        var (clock, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        for (var i = 0; i < count; i++)
        {
            var peer = (int)(Peers * Math.Pow(random.NextDouble(), 3));
            await places.WaitAsync();
            var (friend, owner) = (new Owner(ids[peer], PeerAt(peer)), new Owner(log.Account, PeerAt(Peers)));
            var (from, to) = random.Next(2) == 0 ? (friend, owner) : (owner, friend);
            store.Append(new Write(log, places, from, to, i, text?.Invoke(i)));
        }
        for (var i = 0; i < UnderWay; i++)
        {
            await places.WaitAsync();
        }
        var used = Process.GetCurrentProcess().TotalProcessorTime - processor;
        Console.WriteLine($"fill messages={log.Ids.Count} seconds={clock.Elapsed.TotalSeconds:F1} cpu_us_per_message={used.TotalMicroseconds / count:F1}");
        return log;
    }

    private static FullJid PeerAt(int index) => (FullJid)Jid.Parse($"user{index}@bench.example/phone");

    private sealed class Write(LongLog log, SemaphoreSlim places, Owner from, Owner to, int number, string? text)
        : ChatWrite(from, to, TimeOf(number), text ?? $"Message number {number}: what people say to each other is seldom longer than a line, and if it is, not by much.", $"m{number}")
    {
        public override void Committed()
        {
            log.Ids.Add(Id);
            places.Release();
        }

        public override void Failed(Exception reason) => Environment.FailFast("A write failed.", reason);
    }
}
