using CsCheck;
using MyChat.Server.Mailboxes;
using MyChat.Xmpp.Jids;

namespace MyChat.Storage.Tests.Stores;

public abstract class ArchiveStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly string[] Addresses =
        ["juliet@verona.lit/balcony", "juliet@verona.lit/garden", "nurse@verona.lit/k'<&", "mercutio@mantua.lit/street", "romeo@verona.lit/orchard"];

    private readonly TestDatabase test = new(kind);
    private readonly List<ArchiveWrite> log = [];
    private long romeo;
    private long juliet;

    private static CancellationToken Token => TestDatabase.Token;

    private IArchiveStore Archive => test.Archive;

    public async ValueTask InitializeAsync()
    {
        romeo = await test.Create("romeo");
        juliet = await test.Create("juliet");
    }

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Any_paging_over_any_filter_gives_what_one_query_gives_and_that_is_right()
    {
        await FillAsync(new Random(4), 600);
        await AnyPagingAsync(iterations: 40);
        await test.Reopen(); // what an id names is the same in the next life
        await AnyPagingAsync(iterations: 10);
    }

    [Fact]
    public async Task Only_what_is_kept_is_history_and_only_ones_own()
    {
        await Store(Romeos(0, "kept", 0));
        await Store(new ArchiveWrite((juliet, Addresses[0]), (romeo, "romeo@verona.lit"), "transient", Time(1), MailboxSides.Recipient | MailboxSides.Transient));
        var page = await Archive.QueryAsync(romeo, new ArchiveQuery(), Token);
        Assert.Equal([log[0].Id], page.Entries.Select(entry => entry.Id));
        Assert.True(page.IsComplete);
        Assert.True(await Archive.HoldsAsync(romeo, [log[0].Id], Token));
        Assert.False(await Archive.HoldsAsync(romeo, [log[0].Id, log[1].Id], Token));
        Assert.False(await Archive.HoldsAsync(await test.Create("nurse"), [log[0].Id], Token));
        Assert.Empty((await Archive.QueryAsync(await test.Create("paris"), new ArchiveQuery { Ids = [log[0].Id] }, Token)).Entries);
    }

    [Fact]
    public async Task A_page_ends_with_its_bytes_but_never_before_its_first_entry()
    {
        for (var i = 0; i < 5; i++)
        {
            await Store(Romeos(0, new string('x', 1000), i));
        }
        var page = await Archive.QueryAsync(romeo, new ArchiveQuery { MostBytes = 2500 }, Token);
        Assert.Equal([log[0].Id, log[1].Id], page.Entries.Select(entry => entry.Id));
        Assert.False(page.IsComplete);
        page = await Archive.QueryAsync(romeo, new ArchiveQuery { MostBytes = 10, FromEnd = true }, Token);
        Assert.Equal([log[4].Id], page.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task The_span_is_that_of_what_is_kept()
    {
        Assert.Null(await Archive.SpanAsync(romeo, Token));
        await Store(new ArchiveWrite((juliet, Addresses[0]), (romeo, "romeo@verona.lit"), "transient", Time(0), MailboxSides.Recipient | MailboxSides.Transient));
        await Store(Romeos(0, "first", 1));
        await Store(Romeos(0, "last", 2));
        Assert.Equal(((log[1].Id, Time(1)), (log[2].Id, Time(2))), await Archive.SpanAsync(romeo, Token));
    }

    [Fact]
    public async Task A_time_is_found_in_a_long_log_with_gaps_and_a_clock_that_strays_a_little()
    {
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var stamp = Time(i).AddSeconds(random.Next(-50, 50));
            log.Add(random.Next(3) == 0
                ? new ArchiveWrite((juliet, Addresses[0]), (juliet, "juliet@verona.lit"), "hers", stamp)
                : Romeos(0, $"{i}", 0, stamp));
        }
        await AppendAsync(log);
        foreach (var (from, to) in new[] { (0, 10), (1000, 1003), (1500, 2500), (2990, 4000), (-10, -1), (3200, 3300) })
        {
            var query = new ArchiveQuery { Start = Time(from), End = Time(to), Limit = 10_000, MostBytes = long.MaxValue };
            Assert.Equal(Expected(query), (await Archive.QueryAsync(romeo, query, Token)).Entries.Select(entry => entry.Id));
        }
    }

    private async Task AnyPagingAsync(int iterations)
    {
        var queries = Gen.Select(
            Gen.Int[-1, Addresses.Length - 1], Gen.Bool, Gen.Int[-5, 650], Gen.Int[0, 650], Gen.Int[0, 8], Gen.Int[1, 90], Gen.Bool);
        await queries.SampleAsync(async drawn =>
        {
            var (with, isBare, start, length, which, limit, fromEnd) = drawn;
            var query = new ArchiveQuery
            {
                With = with < 0 ? null : isBare ? Jid.Parse(Addresses[with]).Bare : Jid.Parse(Addresses[with]),
                Start = which is 1 or 3 ? Time(start) : null,
                End = which is 2 or 3 ? Time(start + length) : null,
                After = which is 4 or 6 ? log[Math.Clamp(start, 0, log.Count - 1)].Id : 0,
                Before = which is 5 or 6 ? log[Math.Clamp(start + length, 0, log.Count - 1)].Id : long.MaxValue,
                Ids = which == 7 ? [.. log.Where((_, i) => i % (length + 2) == 1).Select(write => write.Id)] : null,
                FromEnd = fromEnd,
                MostBytes = long.MaxValue,
            };
            var whole = await Archive.QueryAsync(romeo, query with { Limit = 10_000 }, CancellationToken.None);
            Assert.True(whole.IsComplete);
            Assert.Equal(Expected(query), whole.Entries.Select(entry => entry.Id));
            Assert.Equal(whole.Entries.Select(entry => entry.Id), await ByPagesAsync(query with { Limit = limit }));
        }, iter: iterations, threads: 1);
    }

    private async Task<List<long>> ByPagesAsync(ArchiveQuery query)
    {
        var all = new List<long>();
        while (true)
        {
            var page = await Archive.QueryAsync(romeo, query, CancellationToken.None);
            Assert.True(page.Entries.Count <= query.Limit);
            var ids = page.Entries.Select(entry => entry.Id).ToList();
            all.InsertRange(query.FromEnd ? 0 : all.Count, ids);
            if (page.IsComplete)
            {
                return all;
            }
            Assert.NotEmpty(ids);
            query = query.FromEnd ? query with { Before = ids[0] } : query with { After = ids[^1] };
        }
    }

    /// <summary>What romeo must find, by looking at every message.</summary>
    private List<long> Expected(ArchiveQuery query) =>
    [
        .. from write in log
           let received = write.RecipientAccount == romeo && write.Sides.HasFlag(MailboxSides.Recipient)
           where received || (write.SenderAccount == romeo && write.Sides.HasFlag(MailboxSides.Sender))
           where !(received && write.Sides.HasFlag(MailboxSides.Transient))
           let peer = received ? write.Message.From! : write.Message.To!
           where query.With is null || query.With.Equals(peer) || query.With.Equals(peer.Bare)
           where (query.Start is null || write.Stamp >= query.Start) && (query.End is null || write.Stamp <= query.End)
           where write.Id > query.After && write.Id < query.Before && (query.Ids is null || query.Ids.Contains(write.Id))
           orderby write.Id
           select write.Id,
    ];

    private async Task FillAsync(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (peer, stamp) = (random.Next(Addresses.Length), Time(i).AddSeconds(random.Next(-40, 40)));
            var other = (peer < 2 ? juliet : 0, Addresses[peer]);
            var me = (romeo, "romeo@verona.lit/orchard");
            log.Add(random.Next(10) switch
            {
                0 => new ArchiveWrite(other, me, "transient", stamp, MailboxSides.Recipient | MailboxSides.Transient),
                1 => new ArchiveWrite((juliet, Addresses[0]), (juliet, "juliet@verona.lit"), "hers alone", stamp),
                2 => new ArchiveWrite(me, (juliet, Addresses[0]), "not mine", stamp, MailboxSides.Recipient),
                3 => new ArchiveWrite(me, me, "note", stamp),
                < 7 => new ArchiveWrite(me, other, $"sent {i}", stamp, other.Item1 == 0 ? MailboxSides.Sender : MailboxSides.Recipient | MailboxSides.Sender),
                _ => new ArchiveWrite(other, me, $"received {i}", stamp, other.Item1 == 0 ? MailboxSides.Recipient : MailboxSides.Recipient | MailboxSides.Sender),
            });
        }
        await AppendAsync(log);
    }

    private static DateTimeOffset Time(int minutes) => TestDatabase.Noon.AddMinutes(minutes);

    private ArchiveWrite Romeos(int peer, string body, int minute, DateTimeOffset? stamp = null) =>
        new((juliet, Addresses[peer]), (romeo, "romeo@verona.lit"), body, stamp ?? Time(minute));

    private async Task Store(ArchiveWrite write)
    {
        log.Add(write);
        await AppendAsync([write]);
    }

    private async Task AppendAsync(IReadOnlyList<ArchiveWrite> writes)
    {
        foreach (var write in writes)
        {
            test.Mailboxes.Append(write);
        }
        await Task.WhenAll(writes.Select(write => write.Outcome));
    }
}

public sealed class ArchiveStoreOnSqliteTests() : ArchiveStoreTests(DatabaseKind.Sqlite);
public sealed class ArchiveStoreOnMariaDbTests() : ArchiveStoreTests(DatabaseKind.MariaDb);
public sealed class ArchiveStoreOnPostgresTests() : ArchiveStoreTests(DatabaseKind.Postgres);
