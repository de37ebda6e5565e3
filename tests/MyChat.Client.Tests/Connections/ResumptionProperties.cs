using System.Globalization;
using CsCheck;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Testing.Faults;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Tests.Connections;

/// <summary>Stream management against the real server: wherever links break, also while streams are resumed, nothing is lost, doubled or miscounted.</summary>
public sealed class ResumptionProperties : IAsyncLifetime
{
    private const int Messages = 60;

    /// <summary>Log-in and resumption take about 8 pieces and 1,000 bytes.</summary>
    private static readonly Gen<Cut> Cuts = Gen.Select(Gen.Int[0, 40], Gen.Int[300, 4000], (pieces, bytes) => new Cut(pieces, bytes));

    private TestServer _server = null!;
    private int _runs;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(PlayTransport.Memory);
        await _server.RegisterAsync("romeo", "secret");
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void Nothing_is_lost_doubled_or_miscounted_at_any_cut() =>
        Gen.Select(Cuts.Array[0, 12], Cuts.Array[0, 12], Gen.Int[1, 30].Array[1, 12])
            .Sample((romeo, juliet, patience) => RunAsync(romeo, juliet, patience).GetAwaiter().GetResult(), iter: 150, threads: 1);

    private async Task RunAsync(Cut[] romeoCuts, Cut[] julietCuts, int[] patience)
    {
        // Nothing waits for her from an earlier run.
        var name = $"juliet{_runs++}";
        await _server.RegisterAsync(name, "secret");
        var (romeo, juliet) = (new Link(_server, "romeo", romeoCuts), new Link(_server, name, julietCuts));
        await juliet.ConnectAsync();
        await romeo.ConnectAsync();
        var sending = SendAsync(romeo, name);
        var got = await ReceiveAsync(juliet, patience);
        await sending;
        Assert.Equal(Enumerable.Range(0, Messages), got);
        await romeo.Connection.CloseAsync();
        await juliet.Connection.CloseAsync();
    }

    private static async Task SendAsync(Link romeo, string juliet)
    {
        for (var i = 0; i < Messages; i++)
        {
            try
            {
                await romeo.Connection.SendAsync($"<message to='{juliet}@verona.lit/r' type='chat'><body>{i}</body></message>");
            }
            catch (XmppException)
            {
                // It counts as sent, and goes again with the resumed stream.
                await romeo.ConnectAgainAsync();
            }
        }
        while (romeo.Connection.Management!.Unacknowledged.Count > 0)
        {
            try
            {
                await romeo.Connection.ConfirmAsync();
            }
            catch (XmppException)
            {
                await romeo.ConnectAgainAsync();
            }
        }
    }

    /// <summary>Takes messages; now and then it stops in the middle of one, as if the program had crashed there, and comes back.</summary>
    private static async Task<List<int>> ReceiveAsync(Link juliet, int[] patience)
    {
        var got = new List<int>();
        for (var round = 0; got.Count < Messages; round++)
        {
            var most = round < patience.Length ? patience[round] : int.MaxValue;
            try
            {
                await foreach (var received in juliet.Connection.ReceiveAsync())
                {
                    if (received.Stanza is not Message message || message.Payload.Child(XNames.Body) is not { } body)
                    {
                        continue;
                    }
                    if (most-- == 0)
                    {
                        break; // this one is not handled: it must come again
                    }
                    got.Add(int.Parse(body.Text, CultureInfo.InvariantCulture));
                    if (got.Count == Messages)
                    {
                        return got;
                    }
                }
                juliet.Connection.Abort();
            }
            catch (XmppException lost) when (lost is not StreamErrorException)
            {
                // The link broke.
            }
            await juliet.ConnectAgainAsync();
        }
        return got;
    }

    /// <summary>One side: connects, and resumes its stream on as many links as it takes.</summary>
    private sealed class Link(TestServer server, string name, Cut[] cuts)
    {
        private SaltedKey? _key;
        private int _links;

        public XmppConnection Connection { get; private set; } = null!;

        public async Task ConnectAsync()
        {
            Connection = await XmppConnection.OpenAsync(server.Connect(PlayTransport.Memory).Transport, Options);
            await Connection.LogInAsync(LogIn(null));
            _key = Connection.SaltedKey;
            await Connection.SendAsync("<presence/>");
        }

        public async Task ConnectAgainAsync()
        {
            var lost = Connection.Management!;
            await Connection.DisposeAsync();
            while (true)
            {
                var cut = _links < cuts.Length ? cuts[_links] : Cut.Never;
                _links++;
                try
                {
                    var transport = new CuttingTransport(server.Connect(PlayTransport.Memory).Transport, cut);
                    Connection = await XmppConnection.OpenAsync(transport, Options);
                    try
                    {
                        await Connection.LogInAsync(LogIn(lost));
                        Assert.True(Connection.Resumed, $"{name} could not resume.");
                        return;
                    }
                    catch
                    {
                        await Connection.DisposeAsync();
                        throw;
                    }
                }
                catch (XmppException again) when (again is not StreamErrorException)
                {
                    // The link broke before it was of any use.
                }
            }
        }

        private LogIn LogIn(StreamManagement? lost) => new(name, "secret")
        {
            Resource = "r",
            StreamManagement = true,
            Resume = lost,
            Keys = _key is null ? [] : [_key],
        };

        private static ConnectionOptions Options => new() { Domain = "verona.lit", AllowPlaintext = true, AcknowledgeEvery = 3 };
    }
}
