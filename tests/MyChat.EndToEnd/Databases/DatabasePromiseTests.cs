using System.Diagnostics;
using System.Text.RegularExpressions;
using MyChat.Client.Connections;
using MyChat.EndToEnd.Promises;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Databases;

/// <summary>The promises of <see cref="KillTests"/> on a database server: either program is killed, or the link between them breaks.</summary>
public abstract partial class DatabasePromiseTests(DatabaseFixture fixture)
{
    private const int LeastAcknowledged = 50;
    private const int MostAcknowledged = 400;

    /// <summary>After so long a database that does not answer is given up.</summary>
    private const int HangSeconds = 4;

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_or_doubled_when_the_server_is_killed()
    {
        var seed = TestRun.Seed();
        var random = new Random(seed);
        await using var traffic = await Traffic.StartAsync(seed, await ServerDatabase.CreateAsync(fixture.Server));
        Assert.DoesNotContain("WARNING", traffic.Server.Output, StringComparison.Ordinal); // its settings are as they must be
        var kills = TestRun.Kills(full: 10, quick: 1);
        for (var counted = 0; counted < kills;)
        {
            await traffic.AcknowledgedAsync(random.Next(LeastAcknowledged, MostAcknowledged));
            await traffic.KillAsync();
            counted += traffic is { Life.Acknowledged: >= LeastAcknowledged, InFlight: > 0 } ? 1 : 0;
            if (counted < kills)
            {
                await traffic.RestartAsync();
            }
        }
        var ledger = await traffic.BalanceAsync(seed);
        Assert.DoesNotContain(ledger.Sent, message => message.IsRefused);
    }

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_or_doubled_when_the_database_is_killed()
    {
        var seed = TestRun.Seed();
        var random = new Random(seed);
        await using var traffic = await Traffic.StartAsync(seed, await ServerDatabase.CreateAsync(fixture.Server));
        var kills = TestRun.IsFull ? 5 : 1;
        for (var i = 0; i < kills; i++)
        {
            await traffic.AcknowledgedAsync(traffic.Life.Acknowledged + random.Next(LeastAcknowledged, MostAcknowledged));
            await fixture.Server.KillAsync();
            await fixture.Server.StartAgainAsync();
            await SaysAsync(traffic.Server, "The database is back", i + 1);
        }
        await traffic.AcknowledgedAsync(traffic.Life.Acknowledged + LeastAcknowledged);
        // One line when it went, one when it was back, for all who waited for it.
        Assert.Equal(kills, Count(traffic.Server, "The database is back"));
        Assert.Equal(kills, Count(traffic.Server, "The database is lost"));
        Assert.DoesNotContain(DatabaseProcess.Password, traffic.Server.Output, StringComparison.Ordinal);
        await traffic.KillAsync();
        await traffic.BalanceAsync(seed);
    }

    [Fact]
    public async Task A_link_to_the_database_that_breaks_during_commits_neither_doubles_nor_loses()
    {
        var seed = TestRun.Seed();
        var random = new Random(seed);
        await using var link = new FaultyLink(fixture.Server.Port);
        await using var traffic = await Traffic.StartAsync(seed, await ServerDatabase.CreateAsync(fixture.Server, link.Port));
        for (var i = 0; i < (TestRun.IsFull ? 40 : 4); i++)
        {
            link.FailCommits(random.Next(2) == 0 ? CommitFault.CutBefore : CommitFault.CutAfter);
            await traffic.AcknowledgedAsync(traffic.Life.Acknowledged + random.Next(1, 100));
        }
        Assert.True(link.FaultyCommits > 0, "no commit met the fault");
        link.FailCommits(CommitFault.None, count: 0); // the last one may not have been met yet
        await traffic.KillAsync();
        await traffic.BalanceAsync(seed);
    }

    [Fact]
    public async Task Commits_that_take_seconds_or_hang_lose_nothing_and_double_nothing_and_others_do_not_notice()
    {
        var seed = TestRun.Seed();
        await using var link = new FaultyLink(fixture.Server.Port) { Delay = TimeSpan.FromSeconds(3) };
        await using var traffic = await Traffic.StartAsync(
            seed, await ServerDatabase.CreateAsync(fixture.Server, link.Port), settings: $"--Storage:CommandSeconds={HangSeconds}");
        await using var exchange = await PromptExchange.StartAsync(traffic.Server);
        CommitFault[] faults = TestRun.IsFull
            ? [CommitFault.Delay, CommitFault.HangBefore, CommitFault.Delay, CommitFault.HangAfter]
            : [CommitFault.Delay];
        foreach (var fault in faults)
        {
            await traffic.StoredAsync(LeastAcknowledged);
            var met = link.FaultyCommits;
            link.FailCommits(fault);
            // One goes on while the other stands.
            var going = traffic.StoredAsync(MostAcknowledged);
            await exchange.GoOnAsync(() => !going.IsCompleted);
            await going;
            Assert.Equal(met + 1, link.FaultyCommits);
        }
        exchange.AssertPrompt();
        await traffic.KillAsync();
        var ledger = await traffic.BalanceAsync(seed);
        Assert.DoesNotContain(ledger.Sent, message => message.IsRefused);
    }

    [Fact]
    public async Task A_second_server_on_the_same_database_ends_with_one_line()
    {
        var database = await ServerDatabase.CreateAsync(fixture.Server);
        await using var first = await ServerProcess.StartAsync(database: database);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ServerProcess.StartAsync(database: database));
        Assert.True(SecondServer().IsMatch(refused.Message), refused.Message);
        await first.RegisterAsync("romeo", Play.PasswordOf("romeo"));
    }

    [Fact]
    public async Task A_server_whose_database_another_one_used_meanwhile_ends()
    {
        await using var link = new FaultyLink(fixture.Server.Port);
        var database = await ServerDatabase.CreateAsync(fixture.Server, link.Port);
        await using var server = await ServerProcess.StartAsync(database: database);
        using var process = Process.GetProcessById(server.Id);
        link.Refuse();
        link.Cut();
        var registering = server.RegisterAsync("romeo", Play.PasswordOf("romeo"));
        await SaysAsync(server, "The database is lost", 1);
        await using (var other = await ServerProcess.StartAsync(database: database with { Port = null }))
        {
            Assert.Equal(0, await other.StopAsync());
        }
        link.Accept();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(patience.Token);
        await SaysAsync(server, "\nmychat: ", 1);
        Assert.Contains("was used by another server meanwhile", server.Output, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<XmppException>(() => registering);
    }

    private static async Task SaysAsync(ServerProcess server, string words, int times)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Count(server, words) < times)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    [GeneratedRegex(@"\nmychat: .* is in use by another mychat \(the database's \w+ \d+\)\.\n")]
    private static partial Regex SecondServer();

    private static int Count(ServerProcess server, string words) => server.Output.Split(words).Length - 1;
}

public sealed class MariaDbPromiseTests(MariaDbFixture fixture) : DatabasePromiseTests(fixture), IClassFixture<MariaDbFixture>;
public sealed class PostgresPromiseTests(PostgresFixture fixture) : DatabasePromiseTests(fixture), IClassFixture<PostgresFixture>;
