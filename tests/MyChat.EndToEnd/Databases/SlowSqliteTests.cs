using System.Diagnostics;
using Microsoft.Data.Sqlite;
using MyChat.EndToEnd.Promises;

namespace MyChat.EndToEnd.Databases;

/// <summary>As <see cref="SlowDatabaseTests"/>, on a file that somebody else keeps locked.</summary>
public sealed class SlowSqliteTests
{
    /// <summary>Less than the server is ready to wait.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    /// <summary>More than that: what it then does not store comes back.</summary>
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Transactions_that_wait_for_seconds_slow_the_senders_alone_and_lose_nothing()
    {
        var seed = TestRun.Seed();
        await using var traffic = await Traffic.StartAsync(seed);
        await using var exchange = await PromptExchange.StartAsync(traffic.Server);
        await traffic.StoredAsync(50);
        await LockAsync(traffic, exchange, Slow);
        await traffic.StoredAsync(50);
        Assert.Equal(0, traffic.Refused);
        await LockAsync(traffic, exchange, TooLong);
        await traffic.StoredAsync(50);
        TestRun.Say($"{traffic.Refused} messages came back");
        exchange.AssertPrompt();
        await traffic.KillAsync();
        await traffic.BalanceAsync(seed);
    }

    /// <summary>Nothing is committed for so long, and so nothing is acknowledged.</summary>
    private static async Task LockAsync(Traffic traffic, PromptExchange exchange, TimeSpan time)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = Path.Combine(traffic.Server.DataDirectory, "data", "mychat.db"), Pooling = false };
        await using var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        var locked = Stopwatch.StartNew();
        // What was committed just before may still be on its way.
        await exchange.GoOnAsync(() => locked.Elapsed < TimeSpan.FromSeconds(1));
        var stored = traffic.Stored;
        await exchange.GoOnAsync(() => locked.Elapsed < time);
        Assert.Equal(stored, traffic.Stored);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
    }
}
