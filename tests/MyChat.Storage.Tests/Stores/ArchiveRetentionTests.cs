using MyChat.Server.Mailboxes;

namespace MyChat.Storage.Tests.Stores;

public abstract class ArchiveRetentionTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly TestDatabase test = new(kind);
    private readonly List<ArchiveWrite> log = [];
    private long romeo;
    private long juliet;

    private static CancellationToken Token => TestDatabase.Token;

    public async ValueTask InitializeAsync()
    {
        romeo = await test.Create("romeo");
        juliet = await test.Create("juliet");
        for (var i = 0; i < 10; i++)
        {
            log.Add(i % 2 == 0
                ? new ArchiveWrite((juliet, "juliet@verona.lit/balcony"), (romeo, "romeo@verona.lit"), $"{i}", TestDatabase.Noon.AddDays(i))
                : new ArchiveWrite((romeo, "romeo@verona.lit/orchard"), (juliet, "juliet@verona.lit"), $"{i}", TestDatabase.Noon.AddDays(i)));
            test.Mailboxes.Append(log[i]);
        }
        await Task.WhenAll(log.Select(write => write.Outcome));
    }

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_older_than_a_time_goes_from_one_log_and_makes_room()
    {
        await SettleAsync(romeo, 9, bytes: 10_000);
        var old = await test.Archive.FindOldAsync(romeo, new RetentionRule(TestDatabase.Noon.AddDays(4), 0), 0, 100, Token);
        Assert.Equal(new OldEntries(old.Ids, log.Take(4).Sum(write => write.Stanza.Length), null), old);
        Assert.Equal(Ids(0, 1, 2, 3), old.Ids);
        var bytes = await test.Archive.RemoveAsync(romeo, old.Ids, Token);
        Assert.Equal(log.Take(4).Sum(write => write.Stanza.Length), bytes);
        Assert.Equal(10_000 - bytes, (await test.Accounts.FindAsync("romeo", Token))!.Mailbox.Bytes);
        Assert.Equal(Ids(4, 5, 6, 7, 8, 9), await HistoryOf(romeo));
        Assert.Equal(Ids(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), await HistoryOf(juliet));
        await test.Archive.RemoveAsync(juliet, Ids(0, 1, 2, 3), Token);
        Assert.Equal(6, test.Count("SELECT count(*) FROM message"));
    }

    [Fact]
    public async Task All_but_the_newest_go()
    {
        await SettleAsync(romeo, 9);
        Assert.Equal(Ids(0, 1, 2), (await test.Archive.FindOldAsync(romeo, new RetentionRule(null, 7), 0, 100, Token)).Ids);
        Assert.Empty((await test.Archive.FindOldAsync(romeo, new RetentionRule(null, 10), 0, 100, Token)).Ids);
        Assert.Equal(Ids(0, 1, 2, 3, 4), (await test.Archive.FindOldAsync(romeo, new RetentionRule(TestDatabase.Noon.AddDays(5), 9), 0, 100, Token)).Ids);
    }

    [Fact]
    public async Task It_goes_in_steps()
    {
        await SettleAsync(romeo, 9);
        var rule = new RetentionRule(TestDatabase.Noon.AddDays(5), 0);
        var first = await test.Archive.FindOldAsync(romeo, rule, 0, 3, Token);
        Assert.Equal((log[2].Id, 3), (first.Next!.Value, first.Ids.Count));
        var second = await test.Archive.FindOldAsync(romeo, rule, first.Next.Value, 3, Token);
        Assert.Equal(Ids(3, 4), second.Ids);
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task What_nobody_proved_to_have_stays_however_old()
    {
        await SettleAsync(romeo, 2, above: [6]); // 4 and 8 wait for him
        var rule = new RetentionRule(TestDatabase.Noon.AddYears(1), 0);
        Assert.Equal(Ids(0, 1, 2, 3, 5, 6, 7, 9), (await test.Archive.FindOldAsync(romeo, rule, 0, 100, Token)).Ids);
        var step = await test.Archive.FindOldAsync(romeo, rule, log[3].Id, 1, Token);
        Assert.Empty(step.Ids);
        Assert.Equal(log[4].Id, step.Next); // the next step goes on behind it
    }

    [Fact]
    public async Task What_a_transient_entry_held_is_free_when_it_is_settled()
    {
        var transient = new ArchiveWrite(
            (juliet, "juliet@verona.lit/balcony"), (romeo, "romeo@verona.lit"), "short", TestDatabase.Noon, MailboxSides.Recipient | MailboxSides.Transient);
        test.Mailboxes.Append(transient);
        await transient.Outcome;
        var freed = await test.Mailboxes.SaveStateAsync(romeo, new MailboxState(transient.Id, [], 5000), [transient.Id], Token);
        Assert.Equal(transient.Stanza.Length, freed);
        Assert.Equal(5000 - freed, (await test.Accounts.FindAsync("romeo", Token))!.Mailbox.Bytes);
    }

    private long[] Ids(params int[] which) => [.. which.Select(i => log[i].Id)];

    private async Task SettleAsync(long account, int upTo, int[]? above = null, long bytes = 0) =>
        await test.Mailboxes.SaveStateAsync(account, new MailboxState(log[upTo].Id, Ids(above ?? []), bytes), [], Token);

    private async Task<IEnumerable<long>> HistoryOf(long account) =>
        (await test.Archive.QueryAsync(account, new ArchiveQuery(), Token)).Entries.Select(entry => entry.Id);
}

public sealed class ArchiveRetentionOnSqliteTests() : ArchiveRetentionTests(DatabaseKind.Sqlite);
public sealed class ArchiveRetentionOnMariaDbTests() : ArchiveRetentionTests(DatabaseKind.MariaDb);
public sealed class ArchiveRetentionOnPostgresTests() : ArchiveRetentionTests(DatabaseKind.Postgres);
