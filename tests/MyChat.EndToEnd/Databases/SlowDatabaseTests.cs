using System.Diagnostics;
using MyChat.Client.Connections;
using MyChat.EndToEnd.Promises;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Stanzas;

namespace MyChat.EndToEnd.Databases;

/// <summary>A slow database slows senders, not the server: what needs no database goes on as if nothing were.</summary>
public abstract class SlowDatabaseTests(DatabaseFixture fixture)
{
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Presence_and_pings_between_others_are_prompt_while_a_commit_takes_three_seconds()
    {
        await using var link = new FaultyLink(fixture.Server.Port) { Delay = Delay };
        await using var server = await StartAsync(link);
        await using var romeo = await EnterAsync(server, "romeo");
        await using var juliet = await EnterAsync(server, "juliet");
        await using var nurse = await EnterAsync(server, "nurse");
        await using var paris = await EnterAsync(server, "paris");

        var slow = Stopwatch.StartNew();
        link.FailCommits(CommitFault.Delay, 1);
        romeo.Post($"<message to='juliet@{Clients.Domain}' type='chat'><body>Soft!</body></message>");
        await romeo.FlushAsync();
        var acknowledged = romeo.ConfirmAsync();
        var times = await ExchangeAsync(nurse, paris, () => slow.Elapsed < Delay / 2);
        Assert.False(acknowledged.IsCompleted, "the commit was not slow");
        Assert.Equal(1, link.FaultyCommits);
        await acknowledged.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.InRange(slow.Elapsed, Delay, TimeSpan.FromMinutes(1));
        AssertPrompt(times);
    }

    [Fact]
    public async Task Presence_and_pings_between_others_are_prompt_while_the_database_hangs()
    {
        await using var link = new FaultyLink(fixture.Server.Port);
        await using var server = await StartAsync(link);
        await using var romeo = await EnterAsync(server, "romeo");
        await using var juliet = await EnterAsync(server, "juliet");
        await using var nurse = await EnterAsync(server, "nurse");
        await using var paris = await EnterAsync(server, "paris");

        link.Hang();
        // Many more than fit into a batch, and a log-in that cannot be served.
        for (var i = 0; i < 1000; i++)
        {
            romeo.Post($"<message to='juliet@{Clients.Domain}' type='chat'><body>{i}</body></message>");
        }
        await romeo.FlushAsync();
        var acknowledged = romeo.ConfirmAsync();
        var late = EnterAsync(server, "tybalt");
        var elapsed = Stopwatch.StartNew();
        var times = await ExchangeAsync(nurse, paris, () => elapsed.Elapsed < TimeSpan.FromSeconds(2));
        Assert.False(acknowledged.IsCompleted);
        Assert.False(late.IsCompleted);
        link.Flow();
        await acknowledged.WaitAsync(TimeSpan.FromSeconds(30));
        await using var tybalt = await late;
        AssertPrompt(times);
        Assert.Equal(1000, ServerLogs.CountEntries(server, "juliet"));
    }

    private static void AssertPrompt(List<TimeSpan> times)
    {
        times.Sort();
        var median = times[times.Count / 2];
        TestRun.Say($"{times.Count} rounds, median {median.TotalMilliseconds:f1} ms, longest {times[^1].TotalMilliseconds:f1} ms");
        // The machine may be busy with other things for a moment; what waits for the database waits for seconds.
        Assert.True(median < Prompt, $"the median is {median}");
        Assert.True(times[^1] < Delay / 3, $"the longest is {times[^1]}");
    }

    /// <summary>One pings the other, and sends presence to the other, again and again; how long each took.</summary>
    private static async Task<List<TimeSpan>> ExchangeAsync(XmppConnection one, XmppConnection other, Func<bool> goOn)
    {
        var times = new List<TimeSpan>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (goOn() || times.Count < 5)
        {
            var round = Stopwatch.StartNew();
            var number = $"round {times.Count}";
            await one.SendAsync($"<iq type='get' id='{number}' to='{other.Jid}'><ping xmlns='urn:xmpp:ping'/></iq>", patience.Token);
            var question = await NextAsync(other, item => item is Iq { Type: IqType.Get }, patience.Token);
            await other.SendAsync(((Iq)question).ToResult(), patience.Token);
            await NextAsync(one, item => item is Iq { Type: IqType.Result } answer && answer.Id == number, patience.Token);
            await one.SendAsync($"<presence to='{other.Jid}'><status>{number}</status></presence>", patience.Token);
            await NextAsync(other, item => item is Presence presence && presence.ToString().Contains(number, StringComparison.Ordinal), patience.Token);
            times.Add(round.Elapsed);
        }
        return times;
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

    private async Task<ServerProcess> StartAsync(FaultyLink link)
    {
        var server = await ServerProcess.StartAsync(
            ["--Limits:UndeliveredPerSenderAndAccount=0"], Clients.Domain, database: await ServerDatabase.CreateAsync(fixture.Server, link.Port));
        foreach (var name in (string[])["romeo", "juliet", "nurse", "paris", "tybalt"])
        {
            await server.RegisterAsync(name, Play.PasswordOf(name));
        }
        return server;
    }

    private static async Task<XmppConnection> EnterAsync(ServerProcess server, string name)
    {
        var connection = await Clients.LogInAsync(server, new LogIn(name, Play.PasswordOf(name)) { StreamManagement = name == "romeo" });
        await connection.SendAsync("<presence/>");
        return connection;
    }
}

public sealed class SlowMariaDbTests(MariaDbFixture fixture) : SlowDatabaseTests(fixture), IClassFixture<MariaDbFixture>;
public sealed class SlowPostgresTests(PostgresFixture fixture) : SlowDatabaseTests(fixture), IClassFixture<PostgresFixture>;
