using CsCheck;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Tests.Routing;

public class SubscriptionProperties
{
    private static readonly PresenceType[] Types =
        [PresenceType.Subscribe, PresenceType.Subscribed, PresenceType.Unsubscribe, PresenceType.Unsubscribed];

    private sealed record Act(int Who, int What)
    {
        // Requests and answers are what states are made of, so they come more often.
        public Task Run(SubscriptionModel model) => What switch
        {
            < 12 => model.SendAsync(Who, Types[What % 4]),
            12 => model.RemoveAsync(Who),
            13 => model.NameAsync(Who),
            14 or 15 => model.ComeOrGoAsync(Who),
            _ => model.RestartAsync(),
        };

        public override string ToString() => $"{Who}: " + What switch
        {
            < 12 => $"{Types[What % 4]}",
            12 => "removes the other",
            13 => "names the other",
            14 or 15 => "comes or goes",
            _ => "restart",
        };
    }

    private static readonly Gen<Act> Acts = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 16], (who, what) => new Act(who, what));

    [Fact]
    public async Task Any_sequence_leaves_both_rosters_as_the_tables_say()
    {
        await using var server = await RestartableServer.StartAsync();
        var pairs = 0;
        Acts.Array[1, 25].Sample(acts => RunAsync(server, Interlocked.Increment(ref pairs), acts).GetAwaiter().GetResult(), iter: 60, threads: 1);
    }

    private static async Task RunAsync(RestartableServer server, int pair, Act[] acts)
    {
        await using var play = new Play(server, PlayTransport.Memory, ownsServer: false);
        var model = new SubscriptionModel(server, play, $"romeo{pair}", $"juliet{pair}");
        await model.ComeOrGoAsync(0);
        await model.ComeOrGoAsync(1);
        foreach (var act in acts)
        {
            await act.Run(model);
        }
        await model.EndAsync();
    }
}
