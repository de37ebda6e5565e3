using MyChat.Client.Connections;
using MyChat.Xmpp.Streams;

namespace MyChat.EndToEnd.Promises;

/// <summary>The operator stops the server (SIGTERM) in the middle of traffic.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_stopped_server_says_so_and_keeps_exactly_what_it_acknowledged()
    {
        var seed = TestRun.Seed();
        await using var traffic = await Traffic.StartAsync(seed);
        await traffic.AcknowledgedAsync(new Random(seed).Next(50, 400));

        Assert.Equal(0, await traffic.StopAsync(Within));

        TestRun.Say($"{traffic.Life.Acknowledged} messages acknowledged, {traffic.InFlight} in flight");
        foreach (var who in traffic.AlwaysThere)
        {
            var end = Assert.Contains(who, traffic.Life.Ends);
            Assert.True((end as StreamErrorException)?.Condition == StreamErrorCondition.SystemShutdown, $"{who}: {end}");
        }
        // A client sends again what was not acknowledged: had it been stored, it would be there twice.
        var stored = ServerLogs.Read(traffic.Server).Select(entry => entry.Body).ToHashSet();
        Assert.Equal(0, traffic.Sent.Count(message => !message.IsAcknowledged && stored.Contains(message.Body)));

        var violations = (await traffic.SettleAsync()).Violations().ToList();
        Assert.True(violations.Count == 0, $"{violations.Count} violations (seed {seed}):\n{string.Join('\n', violations.Take(20))}");
    }
}
