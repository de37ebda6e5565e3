using System.Buffers;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using MyChat.Server.Accounts;
using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.HistoryBench;

/// <summary>One account with very many messages, half of them received, with 200 people of whom some say much more than others.</summary>
internal sealed class LongLog
{
    private const int Peers = 200;
    private const int UnderWay = 512; // some batches of the writer
    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public long Account { get; private init; }
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
        var log = new LongLog { Account = ids[Peers] };
        var store = services.GetRequiredService<IMailboxStore>();
        var random = new Random(1);
        using var places = new SemaphoreSlim(UnderWay);
        var (clock, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        for (var i = 0; i < count; i++)
        {
            var peer = (int)(Peers * Math.Pow(random.NextDouble(), 3));
            await places.WaitAsync();
            var write = new Write(log, places, (ids[peer], PeerAt(peer)), (log.Account, PeerAt(Peers)), i, received: random.Next(2) == 0, text?.Invoke(i));
            store.Append(write);
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

    private sealed class Write : MailboxWrite
    {
        private static readonly ArrayBufferWriter<byte> Scratch = new();
        private readonly LongLog _log;
        private readonly SemaphoreSlim _places;

        public Write(LongLog log, SemaphoreSlim places, (long Id, FullJid Jid) peer, (long Id, FullJid Jid) owner, int number, bool received, string? text)
        {
            (_log, _places) = (log, places);
            var (from, to) = received ? (peer, owner) : (owner, peer);
            (SenderAccount, SenderKey) = (from.Id, PeerKeys.Of(from.Jid.Bare));
            (RecipientAccount, RecipientKey) = (to.Id, PeerKeys.Of(to.Jid.Bare));
            (Sides, Stamp) = (MailboxSides.Recipient | MailboxSides.Sender, TimeOf(number));
            var body = text ?? $"Message number {number}: what people say to each other is seldom longer than a line, and if it is, not by much.";
            Scratch.ResetWrittenCount();
            new Message { From = from.Jid, To = to.Jid.Bare, Type = MessageType.Chat, Id = $"m{number}", Payload = new Payload(new Element(XNames.Body, body)) }
                .WriteTo(Scratch);
            Stanza = Scratch.WrittenSpan.ToArray();
        }

        public override void Committed()
        {
            _log.Ids.Add(Id);
            _places.Release();
        }

        public override void Failed(Exception reason) => Environment.FailFast("A write failed.", reason);
    }
}
