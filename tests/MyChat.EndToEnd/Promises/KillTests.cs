namespace MyChat.EndToEnd.Promises;

/// <summary>
/// Acknowledged means on disk (XEP-0198's h counts what is committed), commit comes before delivery, order holds, and nothing is lost: the
/// real program is killed, again and again, in the middle of traffic of every kind. MYCHAT_TEST_KILLS=167 with <c>-method '*when_the_server_is_killed'</c>
/// kills it 501 times on the three databases.
/// </summary>
public sealed class KillTests
{
    /// <summary>Only a kill that had this much to lose counts.</summary>
    private const int LeastAcknowledged = 50;
    private const int MostAcknowledged = 600;

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_or_doubled_when_the_server_is_killed()
    {
        var seed = TestRun.Seed();
        var random = new Random(seed);
        await using var traffic = await Traffic.StartAsync(seed);
        var kills = TestRun.Kills(full: 30, quick: 2);
        for (var counted = 0; counted < kills;)
        {
            await traffic.AcknowledgedAsync(random.Next(LeastAcknowledged, MostAcknowledged));
            await traffic.KillAsync();
            counted += traffic is { Life.Acknowledged: >= LeastAcknowledged, InFlight: > 0 } ? 1 : 0;
            TestRun.Say($"kill {counted}: {traffic.Life.Acknowledged} messages acknowledged in that life, {traffic.InFlight} in flight");
            if (counted < kills)
            {
                await traffic.RestartAsync();
            }
        }
        var ledger = await traffic.BalanceAsync(seed);
        Assert.DoesNotContain(ledger.Sent, message => message.IsRefused);
        Assert.True(traffic.Resumptions > 0 || !TestRun.IsFull, "no stream was resumed: the traffic is not what it should be");
    }
}
