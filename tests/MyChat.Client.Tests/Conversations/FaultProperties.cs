using System.Collections.Concurrent;
using CsCheck;
using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Testing.Faults;
using MyChat.Testing.Servers;

namespace MyChat.Client.Tests.Conversations;

/// <summary>Two clients whose links break anywhere and that are restarted: nothing is lost or shown twice, and in the end each knows the truth.</summary>
public sealed class FaultProperties : IAsyncLifetime
{
    private const int Messages = 15;

    private static readonly Gen<Cut> Cuts = Gen.Select(Gen.Int[0, 60], Gen.Int[200, 8000], (pieces, bytes) => new Cut(pieces, bytes));
    private static readonly Gen<(Cut[] Cuts, bool Restarts)> Lives = Gen.Select(Cuts.Array[0, 6], Gen.Bool);

    private World _world = null!;
    private int _run;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public void Nothing_is_lost_or_shown_twice_wherever_links_break_and_clients_restart() =>
        Gen.Select(Lives, Lives).Sample((romeo, juliet) => RunAsync(romeo, juliet).GetAwaiter().GetResult(), iter: 25, threads: 1);

    private async Task RunAsync((Cut[] Cuts, bool Restarts) hisLife, (Cut[] Cuts, bool Restarts) herLife)
    {
        var (hisLinks, herLinks) = (new Links(), new Links());
        // New people, of whom nothing waits anywhere.
        var run = ++_run;
        await _world.Server.RegisterAsync($"romeo{run}", "secret");
        await _world.Server.RegisterAsync($"juliet{run}", "secret");
        var romeo = await Enter($"romeo{run}", null, hisLinks);
        var juliet = await Enter($"juliet{run}", null, herLinks);
        await romeo.Befriends(juliet);

        hisLinks.Plan(hisLife.Cuts);
        herLinks.Plan(herLife.Cuts);
        await Task.WhenAll(SendAsync(romeo, juliet, 1), SendAsync(juliet, romeo, 1));
        romeo = hisLife.Restarts ? await RestartAsync(romeo, hisLinks) : romeo;
        juliet = herLife.Restarts ? await RestartAsync(juliet, herLinks) : juliet;
        await Task.WhenAll(SendAsync(romeo, juliet, 2), SendAsync(juliet, romeo, 2));
        await CheckAsync(romeo, juliet);
        await CheckAsync(juliet, romeo);
        await romeo.Client.DisposeAsync();
        await juliet.Client.DisposeAsync();
    }

    private static async Task SendAsync(TestDevice from, TestDevice to, int run)
    {
        for (var i = 0; i < Messages; i++)
        {
            await from.With(to).SendAsync($"{run}:{i}");
        }
    }

    /// <summary>All that one sent in a run arrived and is known to have arrived; the other shows it once and in order, and counts it right.</summary>
    private static async Task CheckAsync(TestDevice from, TestDevice to)
    {
        var wanted = Enumerable.Range(0, 2 * Messages).Select(i => $"{(i / Messages) + 1}:{i % Messages}").ToList();
        await to.Sees(() => to.With(from).Summary.Unread == wanted.Count, $"{wanted.Count} unread messages of {from.Name}, but {to.With(from).Summary}");
        using var shown = await to.With(from).OpenAsync(); // a turn after the one that counted them: what is counted is in the store only when its turn is over
        var got = await to.Store.ReadMessagesAsync(from.Jid, long.MinValue, long.MaxValue, 5 * Messages, fromStart: false, default);
        Assert.Equal(wanted, got.Where(message => !message.IsMine).Select(message => message.Body));
        Assert.Equal(wanted.Count, await to.Store.CountReceivedAsync(from.Jid, to.With(from).State.ReadUpTo, default));

        await to.With(from).MarkReadAsync();
        using var view = await from.With(to).OpenAsync();
        await from.Sees(
            () => view.Items.Where(message => message.IsMine).All(message => message.State == MessageState.Read) && from[to].IsOnline,
            $"that {to.Name} is there and read {wanted.Count} messages");
        Assert.Empty(await from.Store.ReadQueuedAsync(default));
    }

    private async Task<TestDevice> RestartAsync(TestDevice device, Links links)
    {
        await device.Client.DisposeAsync();
        return await Enter(device.Name, device, links);
    }

    private Task<TestDevice> Enter(string name, TestDevice? before, Links links) => _world.Enter(name, before?.Store, options => options with
    {
        Dial = (_, _) => ValueTask.FromResult<ClientTransport>(links.Next(_world.Server.Connect(PlayTransport.Tls).Transport)),
        FirstRetry = TimeSpan.FromMilliseconds(2),
        LongestRetry = TimeSpan.FromMilliseconds(20),
    });

    /// <summary>The links of one side, and where each is to break.</summary>
    private sealed class Links
    {
        private readonly ConcurrentQueue<Cut> _cuts = new();
        private readonly ConcurrentStack<CuttingTransport> _links = new();

        /// <summary>Breaks the link that there is, and as many more.</summary>
        public void Plan(Cut[] cuts)
        {
            foreach (var cut in cuts)
            {
                _cuts.Enqueue(cut);
            }
            if (_links.TryPeek(out var last))
            {
                last.Abort();
            }
        }

        public CuttingTransport Next(ClientTransport inner)
        {
            var link = new CuttingTransport(inner, _cuts.TryDequeue(out var cut) ? cut : Cut.Never);
            _links.Push(link);
            return link;
        }
    }
}
