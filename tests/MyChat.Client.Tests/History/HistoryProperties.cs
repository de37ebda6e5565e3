using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Stores;
using MyChat.Testing.Faults;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Tests.History;

/// <summary>
/// Whatever comes live, from the server's waiting messages, or from the archive, in whatever pieces and however often the link breaks: in the end a
/// device shows what the archive has, in its order, nothing lost and nothing twice.
/// </summary>
public sealed class HistoryProperties : IAsyncLifetime
{
    private enum Step
    {
        Sends,
        SendsMany,
        Cuts,
        Restarts,
        IsAway,
        OtherTakes,
        Scrolls,
        Writes,
    }

    private static readonly Gen<(Step Step, int Number)[]> Lives =
        Gen.Select(Gen.Enum<Step>(), Gen.Int[1, 120], (step, number) => (step, number)).Array[2, 7];

    private World _world = null!;
    private int _run;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public void A_device_shows_what_the_archive_has_in_its_order() =>
        Lives.Sample(life => RunAsync(life).GetAwaiter().GetResult(), iter: 60, threads: 4);

    private async Task RunAsync((Step Step, int Number)[] life)
    {
        var run = Interlocked.Increment(ref _run);
        var (her, his) = ($"her{run}", $"his{run}");
        await _world.Server.RegisterAsync(her, "secret");
        await _world.Server.RegisterAsync(his, "secret");
        await using var sender = await Sender(his);
        await using var play = new Play(_world, her, his, sender);
        await play.EntersAsync();
        foreach (var (step, number) in life)
        {
            await play.DoesAsync(step, number);
        }
        await play.ChecksAsync();
    }

    private async Task<XmppConnection> Sender(string name)
    {
        var connection = await XmppConnection.OpenAsync(
            _world.Server.Connect(PlayTransport.Tls).Transport, new ConnectionOptions { Domain = "verona.lit" });
        await connection.LogInAsync(new LogIn(name, "secret") { Resource = "r" });
        return connection;
    }

    private sealed class Play(World world, string her, string his, XmppConnection sender) : IAsyncDisposable
    {
        private readonly MemoryStore _store = new();
        private readonly ConcurrentQueue<Cut> _cuts = new();
        private CuttingTransport? _link;
        private TestDevice? _device;
        private int _sent;

        private Conversation Chat => _device!.Client.Conversations[World.Jid(his)];

        public async Task EntersAsync() => _device = await world.Enter(her, _store, options => options with
        {
            Dial = (_, _) => ValueTask.FromResult<ClientTransport>(
                _link = new CuttingTransport(world.Server.Connect(PlayTransport.Tls).Transport, _cuts.TryDequeue(out var cut) ? cut : Cut.Never)),
            FirstRetry = TimeSpan.FromMilliseconds(2),
            LongestRetry = TimeSpan.FromMilliseconds(20),
        });

        public async Task DoesAsync(Step step, int number)
        {
            switch (step)
            {
                case Step.Sends:
                    await SendsAsync(number % 7);
                    break;
                case Step.SendsMany:
                    await SendsAsync(2 * number);
                    break;
                case Step.Cuts:
                    _cuts.Enqueue(new Cut(10 + number, 100_000));
                    _link!.Abort();
                    break;
                case Step.Restarts:
                    await _device!.DisposeAsync();
                    await EntersAsync();
                    break;
                case Step.IsAway:
                    await _device!.DisposeAsync();
                    await SendsAsync(number);
                    await EntersAsync();
                    break;
                case Step.OtherTakes:
                    await _device!.DisposeAsync();
                    await SendsAsync(number);
                    await OtherAsync();
                    await SendsAsync(number);
                    await EntersAsync();
                    break;
                case Step.Scrolls:
                    using (var view = await Chat.OpenAsync())
                    {
                        await view.LoadOlderAsync();
                    }
                    break;
                case Step.Writes:
                    // What is written while others come in stands where it was written.
                    await _device!.Sees(() => _sent == 0 || Chat.Summary.Last?.Body == $"{_sent}", "what came before");
                    await Chat.SendAsync($"{++_sent}");
                    await _device!.Sees(() => Chat.Summary.Last?.State != MessageState.Queued, "that it was sent");
                    break;
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_device is not null)
            {
                await _device.DisposeAsync();
            }
            if (_link is not null)
            {
                await _link.DisposeAsync();
            }
            await _store.DisposeAsync();
        }

        public async Task ChecksAsync()
        {
            await _device!.Client.WhenOnlineAsync();
            using var view = await Chat.OpenAsync();
            await _device.Sees(() => _sent == 0 || Chat.Summary.Last?.Body == $"{_sent}", $"message {_sent}");
            await _device.Sees(() => !Chat.State.HasWaiting, "a place for all that waited");
            // It opened at the first unread message.
            await UntilAsync(view, () => !view.HasNewer, () => view.LoadNewerAsync());
            Assert.Equal(_sent == 0 ? null : $"{_sent}", view.Items is [.., var newest] ? newest.Body : null);
            await UntilAsync(
                view, () => !view.HasOlder && view.GapKeys.Count == 0,
                async () =>
                {
                    await view.LoadOlderAsync();
                    await view.FillAsync();
                });
            Assert.True(view.Begins || _sent == 0, $"{view.HasOlder} {string.Join(' ', Chat.Gaps)}");
            // What is shown is kept a moment later, at the latest when the device leaves.
            await _device.DisposeAsync();
            var kept = await _store.ReadMessagesAsync(World.Jid(his), long.MinValue, long.MaxValue, 10_000, fromStart: true, default);
            Assert.Equal(_sent == 0 ? "" : $"1-{_sent}", Runs(kept.Select(message => int.Parse(message.Body, CultureInfo.InvariantCulture))));
        }

        /// <summary>Steps until all is there. The link may break under any; the client says when the archive can be asked again.</summary>
        private async Task UntilAsync(Timeline view, Func<bool> isDone, Func<Task> step)
        {
            var (began, steps) = (TimeProvider.System.GetTimestamp(), 0);
            while (!isDone())
            {
                Assert.True(TimeProvider.System.GetElapsedTime(began) < World.Patience, $"After {steps} steps: {string.Join(' ', Chat.Gaps)}");
                await _device!.Sees(() => Chat.CanFetch && view.Fetch == FetchState.Idle, "that the archive can be asked");
                await step();
                steps++;
            }
        }

        /// <summary>Which numbers came one after another.</summary>
        private static string Runs(IEnumerable<int> numbers)
        {
            var runs = new List<(int First, int Last)>();
            foreach (var number in numbers)
            {
                if (runs is [.., var run] && number == run.Last + 1)
                {
                    runs[^1] = (run.First, number);
                }
                else
                {
                    runs.Add((number, number));
                }
            }
            return string.Join(", ", runs.Select(run => $"{run.First}-{run.Last}"));
        }

        private async Task SendsAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                sender.Post($"<message to='{her}@verona.lit' type='chat'><body>{++_sent}</body></message>");
            }
            await sender.FlushAsync();
            await sender.RequestAsync(new Iq { Type = IqType.Get, To = World.Jid(his).Domain, Payload = new(new Element(Ping.Query)) });
        }

        private async Task OtherAsync()
        {
            var other = await world.Enter(her);
            var last = $"{_sent}";
            await other.Sees(() => other.Client.Conversations[World.Jid(his)].Summary.Last?.Body == last, "what came");
            await other.DisposeAsync();
        }
    }
}
