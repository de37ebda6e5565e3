using System.Diagnostics;
using MyChat.Client.Connections;
using MyChat.EndToEnd.Promises;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;

namespace MyChat.EndToEnd.Databases;

/// <summary>Two who ping each other and show each other presence, which needs no database, and how long each round takes them.</summary>
internal sealed class PromptExchange : IAsyncDisposable
{
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(100);

    /// <summary>The machine may be busy with other things for a moment; what waits for the database waits for seconds.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly XmppConnection _one;
    private readonly XmppConnection _other;
    private readonly List<TimeSpan> _times = [];

    private PromptExchange(XmppConnection one, XmppConnection other) => (_one, _other) = (one, other);

    /// <summary>Makes their accounts and lets them enter.</summary>
    public static async Task<PromptExchange> StartAsync(ServerProcess server) =>
        new(await EnterAsync(server, "sampson"), await EnterAsync(server, "gregory"));

    /// <summary>Does it again and again.</summary>
    public async Task GoOnAsync(Func<bool> goOn)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var rounds = 0; goOn() || rounds < 5; rounds++)
        {
            var round = Stopwatch.StartNew();
            var number = $"round {_times.Count}";
            await _one.SendAsync($"<iq type='get' id='{number}' to='{_other.Jid}'><ping xmlns='urn:xmpp:ping'/></iq>", patience.Token);
            var question = await NextAsync(_other, item => item is Iq { Type: IqType.Get } iq && iq.Id == number, patience.Token);
            await _other.SendAsync(((Iq)question).ToResult(), patience.Token);
            await NextAsync(_one, item => item is Iq { Type: IqType.Result } answer && answer.Id == number, patience.Token);
            await _one.SendAsync($"<presence to='{_other.Jid}'><status>{number}</status></presence>", patience.Token);
            await NextAsync(_other, item => item is Presence presence && presence.ToString().Contains(number, StringComparison.Ordinal), patience.Token);
            _times.Add(round.Elapsed);
        }
    }

    /// <summary>A round, which is three stanzas through the server, took less than a tenth of a second.</summary>
    public void AssertPrompt()
    {
        _times.Sort();
        var median = _times[_times.Count / 2];
        TestRun.Say($"{_times.Count} rounds, median {median.TotalMilliseconds:f1} ms, longest {_times[^1].TotalMilliseconds:f1} ms");
        Assert.True(median < Prompt, $"the median is {median}");
        Assert.True(_times[^1] < Longest, $"the longest is {_times[^1]}");
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    private static async Task<object> NextAsync(XmppConnection connection, Func<object, bool> isIt, CancellationToken patience)
    {
        await foreach (var received in connection.ReceiveAsync(patience))
        {
            if (isIt(received.Item))
            {
                return received.Item;
            }
        }
        throw new InvalidOperationException("The stream ended.");
    }

    private static async Task<XmppConnection> EnterAsync(ServerProcess server, string name)
    {
        await server.RegisterAsync(name, Play.PasswordOf(name));
        var connection = await Clients.LogInAsync(server, new LogIn(name, Play.PasswordOf(name)));
        await connection.SendAsync("<presence/>");
        return connection;
    }
}
