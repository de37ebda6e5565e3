using MyChat.Client.Connections;
using MyChat.Host;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Streams;

namespace MyChat.Server.Tests.Security;

/// <summary>Too many, too much, too slow: what strangers and users may cost, and that it is given back.</summary>
[Collection(Alone.Name)]
public sealed class FloodHoles
{
    private const string Nothing = "<iq type='get' id='1'><x xmlns='urn:example'/></iq>";

    private static Task<TestServer> Start(Action<ServerOptions>? configure = null) => TestServer.StartAsync(
        PlayTransport.Memory, new TestServerOptions { MoreModules = ServerModules.Create, Configure = configure });

    private static Task<Play> Stage(Action<ServerOptions> configure) => Play.With(
        PlayTransport.Memory, new TestServerOptions { MoreModules = ServerModules.Create, Configure = configure });

    // ---- before log-in

    [Theory]
    [InlineData("nothing")]
    [InlineData("half a header")]
    [InlineData("a header")]
    [InlineData("half a log-in")]
    [InlineData("a log-in without a resource")]
    public async Task Who_gets_no_further_is_closed_in_time(string progress)
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        var clients = new List<RawClient>();
        for (var i = 0; i < 10; i++)
        {
            var client = await RawClient.To(server);
            clients.Add(client);
            await Progress(client, progress);
        }
        server.Advance(TimeSpan.FromSeconds(118));
        if (progress == "a header")
        {
            await clients[0].Sends(Nothing);
            await clients[0].Receives("<not-authorized ");
        }
        server.Advance(TimeSpan.FromSeconds(4));
        foreach (var client in clients)
        {
            await client.IsEnded("connection-timeout");
        }
    }

    private static async Task Progress(RawClient client, string progress)
    {
        switch (progress)
        {
            case "half a header":
                await client.Sends("<stream:stream xmlns='jabber:client' ");
                break;
            case "a header":
                await client.Opens();
                break;
            case "half a log-in":
                await client.Opens();
                await client.Tries("SCRAM-SHA-1", "n,,n=romeo,r=abcdefgh"u8.ToArray());
                await client.Receives("<challenge ");
                break;
            case "a log-in without a resource":
                await client.Opens();
                await client.LogsIn("romeo", "secret");
                break;
        }
    }

    public static TheoryData<string> Drips => new(
        new string(' ', 200_000),
        string.Concat(Enumerable.Repeat(Nothing, 4_000)),
        string.Concat(Enumerable.Repeat(Nothing + "\n\n", 4_000)),
        string.Concat(Enumerable.Repeat("<iq type='result' id='1'/>", 8_000)));

    [Theory]
    [MemberData(nameof(Drips))]
    public async Task Small_things_without_end_are_too_much_before_a_resource_is_bound(string drip)
    {
        await using var server = await Start(options => options.Limits.BytesPerSecondPerSession = 0);
        await server.RegisterAsync("romeo", "secret");
        foreach (var isLoggedIn in (bool[])[false, true])
        {
            await using var client = await RawClient.To(server);
            await Progress(client, isLoggedIn ? "a log-in without a resource" : "a header");
            var sending = client.Sends(drip);
            await client.IsEnded("policy-violation");
            await sending;
        }
    }

    [Theory]
    [InlineData(false, 15_000, 17_000)]
    [InlineData(true, 260_000, 263_000)]
    public async Task A_stanza_has_a_largest_size(bool isLoggedIn, int fits, int tooLong)
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var client = await RawClient.To(server);
        await Progress(client, isLoggedIn ? "a log-in without a resource" : "a header");
        if (isLoggedIn)
        {
            await client.Binds("orchard");
        }
        await client.Sends($"<iq type='get' id='1'><x xmlns='urn:example'>{new string('x', fits)}</x></iq>");
        await client.Receives("type='error'");
        var sending = client.Sends($"<iq type='get' id='1'><x xmlns='urn:example'>{new string('x', tooLong)}</x></iq>");
        await client.IsEnded("policy-violation");
        await sending;
    }

    [Fact]
    public async Task Memory_comes_back_from_those_who_never_log_in()
    {
        await using var server = await Start();
        await Flood(server, 20);
        var before = Live();
        var during = await Flood(server, 300);
        var after = Live();
        // What other tests left may go meanwhile: so only the way down is looked at.
        Assert.True(during - after > 4 << 20, $"{during - after} bytes: the test floods nothing");
        Assert.True(after - before < 2 << 20, $"{after - before} bytes stay");
    }

    private static async Task<long> Flood(TestServer server, int count)
    {
        var clients = new List<RawClient>();
        for (var i = 0; i < count; i++)
        {
            var client = i % 2 == 0 ? await RawClient.To(server) : await RawClient.ToTls(server, TlsMode.Direct);
            clients.Add(client);
            await client.Opens();
            await client.Sends($"<iq type='get' id='1'><x xmlns='urn:example'>{new string('x', 15_000)}");
        }
        var live = Live();
        foreach (var client in clients)
        {
            var served = client.Served;
            client.Aborts();
            await served;
        }
        return live;
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_vanishes_while_binding_leaves_no_session(bool tls)
    {
        await using var server = await Start(options => options.Limits.SessionsPerAccount = 1);
        await server.RegisterAsync("romeo", "secret");
        for (var i = 0; i < 20; i++)
        {
            await using var client = tls ? await RawClient.ToTls(server, TlsMode.StartTls) : await RawClient.To(server);
            await client.Opens();
            if (tls)
            {
                await client.StartsTls();
                await client.Opens();
            }
            await client.LogsIn("romeo", "secret");
            await client.Sends($"<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{i}</resource></bind></iq>");
            var served = client.Served;
            client.Aborts();
            await served;
        }
        await using var last = await RawClient.To(server);
        await last.Opens();
        await last.LogsIn("romeo", "secret");
        await last.Binds("orchard");
    }

    // ---- after log-in

    [Fact]
    public async Task Small_requests_with_large_answers_do_not_fill_the_memory()
    {
        await using var server = await Start();
        await server.RegisterAsync("romeo", "secret");
        await using var greedy = await RawClient.To(server);
        await Progress(greedy, "a log-in without a resource");
        await greedy.Binds("greedy");
        await greedy.Sends($"<iq type='set' id='1'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'>{new string('x', 100_000)}</prefs></query></iq>");
        await greedy.Receives("type='result'");
        await using var other = await RawClient.To(server);
        await Progress(other, "a log-in without a resource");
        await other.Binds("other");
        var before = Live();
        for (var i = 0; i < 20; i++)
        {
            await greedy.Sends(string.Concat(Enumerable.Repeat("<iq type='get' id='2'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'/></query></iq>", 50)));
        }
        // The account does one thing at a time: when it answers this, it has been through what it was asked before.
        await other.Sends("<iq type='get' id='3' to='verona.lit'><ping xmlns='urn:xmpp:ping'/></iq>");
        await other.Receives("type='result'");
        Assert.InRange(Live() - before, long.MinValue, 48 << 20);
        await greedy.IsEnded("resource-constraint");
    }

    [Fact]
    public async Task Who_was_cut_off_because_it_did_not_read_may_resume()
    {
        await using var server = await Start(options => options.Limits.BytesPerSecondPerSession = 0);
        await server.RegisterAsync("romeo", "secret");
        await using var deaf = await RawClient.To(server);
        await Progress(deaf, "a log-in without a resource");
        await deaf.Binds("deaf");
        await deaf.Sends("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
        var id = (await deaf.Receives("<enabled ")).Split(" id='")[1].Split('\'')[0];
        await deaf.Sends($"<iq type='set' id='1'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'>{new string('x', 100_000)}</prefs></query></iq>");
        await deaf.Receives("type='result'");
        // Stored messages up to where they wait, and answers on top of them: more than the output may hold.
        await deaf.Sends("<presence/>");
        for (var i = 0; i < 3; i++)
        {
            await deaf.Sends($"<message to='romeo@verona.lit' type='chat'><body>{new string('x', 200_000)}</body></message>");
        }
        for (var i = 0; i < 60; i++)
        {
            await deaf.Sends("<iq type='get' id='2'><query xmlns='jabber:iq:private'><prefs xmlns='exodus:prefs'/></query></iq>");
        }
        await deaf.IsEnded("resource-constraint");

        await using var back = await RawClient.To(server);
        await Progress(back, "a log-in without a resource");
        await back.Sends($"<resume xmlns='urn:xmpp:sm:3' h='0' previd='{id}'/>");
        await back.Receives("<resumed ");
    }

    [Fact]
    public async Task What_is_kept_for_a_client_that_confirms_nothing_is_bounded_in_bytes()
    {
        await using var play = await Stage(options => options.Limits.BytesPerSecondPerSession = 0);
        var romeo = await play.Enter("romeo/orchard", presence: false);
        var juliet = await play.Enter("juliet/balcony", presence: false, management: Management.Manual);
        var phone = await play.Enter("juliet/phone", presence: false, management: Management.Manual);
        await phone.DropsLink();
        var large = new string('x', 200_000);
        for (var i = 0; i < 40; i++)
        {
            await romeo.Sends($"<iq type='result' id='1' to='juliet@verona.lit/balcony'><x xmlns='urn:example'>{large}</x></iq>");
            await romeo.Sends($"<iq type='result' id='1' to='juliet@verona.lit/phone'><x xmlns='urn:example'>{large}</x></iq>");
        }
        await romeo.Sends("<iq type='get' id='fence' to='juliet@verona.lit/nowhere'><x xmlns='urn:example'/></iq>");
        await romeo.Receives("<iq type='error' id='fence' …>…</iq>");
        await juliet.IsDisconnected(StreamErrorCondition.ResourceConstraint);
        await Assert.ThrowsAsync<PlayException>(phone.Resumes);
    }

    [Fact]
    public async Task Thousands_may_say_that_they_are_there_before_the_first_proof_but_not_without_end()
    {
        await using var server = await Start(options => options.Limits.BytesPerSecondPerSession = 0);
        await server.RegisterAsync("romeo", "secret");
        await using var romeo = await RawClient.To(server);
        await Progress(romeo, "a log-in without a resource");
        await romeo.Binds("orchard");
        await using var silent = await RawClient.To(server);
        await Progress(silent, "a log-in without a resource");
        await silent.Binds("silent");
        await silent.Sends("<enable xmlns='urn:xmpp:sm:3'/>");
        await silent.Receives("<enabled ");
        await PresencesAsync(5_000);
        string? piece;
        do
        {
            piece = await silent.Receives();
        }
        while (piece?.Contains("<status>last</status>", StringComparison.Ordinal) == false);
        Assert.NotNull(piece);
        await PresencesAsync(15_000);
        await silent.IsEnded("resource-constraint");

        async Task PresencesAsync(int count)
        {
            const int Together = 100;
            for (var i = 0; i < count; i += Together)
            {
                await romeo.Sends(string.Concat(Enumerable.Repeat("<presence to='romeo@verona.lit/silent'/>", Together)));
            }
            await romeo.Sends("<presence to='romeo@verona.lit/silent'><status>last</status></presence>");
        }
    }

    [Fact]
    public async Task A_slow_reader_slows_nobody_and_loses_no_message()
    {
        await using var play = await Stage(options =>
        {
            options.Limits.BytesPerSecondPerSession = 0;
            options.Limits.UndeliveredPerSenderAndAccount = 0;
        });
        var server = (TestServer)play.Server;
        var romeo = await play.Enter("romeo/orchard");
        await server.RegisterAsync("juliet", Play.PasswordOf("juliet"));
        await using var slow = await RawClient.To(server);
        await slow.Opens();
        await slow.LogsIn("juliet", Play.PasswordOf("juliet"));
        await slow.Binds("balcony");
        await slow.Sends("<presence/>");
        await slow.Receives("<presence ");
        const int Count = 60;
        var large = new string('x', 20_000);
        for (var i = 0; i < Count; i++)
        {
            await romeo.Sends($"<message to='juliet@verona.lit' type='chat'><body>{i} {large}</body></message>");
        }
        await play.NobodyReceivesMore(); // all of them are committed, and others are served
        for (var next = 0; next < Count;)
        {
            var piece = await slow.Receives();
            if (piece!.StartsWith("<message ", StringComparison.Ordinal))
            {
                Assert.Contains($"<body>{next} x", piece, StringComparison.Ordinal);
                next++;
            }
        }
    }

    [Fact]
    public async Task A_fast_sender_is_slowed_down_and_loses_nothing()
    {
        const int Rate = 50_000;
        const int Count = 30;
        await using var play = await Stage(options => options.Limits.BytesPerSecondPerSession = Rate);
        var romeo = await play.Enter("romeo/orchard", presence: false);
        var juliet = await play.Enter("juliet/balcony");
        var body = new string('x', 10_000);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Count; i++)
            {
                await romeo.Sends($"<message to='juliet@verona.lit' type='chat'><body>{i} {body}</body></message>");
            }
        });
        var watch = await play.Enter("watch/tower", presence: false);
        var passed = TimeSpan.Zero;
        for (var i = 0; i < Count; i++)
        {
            await Until(juliet.Receives($"<message …><body>{i} {body}</body>…</message>"));
        }
        await Until(sending); // the last piece may still be held back
        // 300 KB, of which one second's worth may come at once and one read's more before the first pause.
        Assert.InRange(passed.TotalSeconds, 2, 60);

        async Task Until(Task done)
        {
            while (!done.IsCompleted)
            {
                // A round trip of somebody else, who is not slowed, for each step of the clock.
                await watch.Sends("<iq type='get' id='tick' to='verona.lit'><ping xmlns='urn:xmpp:ping'/></iq>");
                await watch.Receives("<iq type='result' id='tick' …/>");
                play.Passes(TimeSpan.FromMilliseconds(20));
                passed += TimeSpan.FromMilliseconds(20);
            }
            await done;
        }
    }

    [Fact]
    public async Task A_full_roster_has_a_largest_size()
    {
        await using var play = await Stage(_ => { });
        var romeo = await play.Enter("romeo/orchard", presence: false);
        var groups = string.Concat(Enumerable.Range(0, 5).Select(i => $"<group>{i}{new string('g', 1000)}</group>"));
        await romeo.Sends($"<iq type='set' id='1'><query xmlns='jabber:iq:roster'><item jid='juliet@verona.lit'>{groups}</item></query></iq>");
        await romeo.Receives("<iq type='error' id='1' …><error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>…</error></iq>");
        await play.NobodyReceivesMore();
    }
}
