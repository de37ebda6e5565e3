using System.Diagnostics;
using MyChat.Client.Connections;
using MyChat.EndToEnd.Promises;
using MyChat.Testing.Plays;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Databases;

/// <summary>A slow database slows senders, not the server: what needs no database goes on as if nothing were.</summary>
public abstract class SlowDatabaseTests(DatabaseFixture fixture)
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Presence_and_pings_between_others_are_prompt_while_a_commit_takes_three_seconds()
    {
        await using var link = new FaultyLink(fixture.Server.Port) { Delay = Delay };
        await using var server = await StartAsync(link);
        await using var romeo = await EnterAsync(server, "romeo");
        await using var juliet = await EnterAsync(server, "juliet");
        await using var others = await PromptExchange.StartAsync(server);

        var slow = Stopwatch.StartNew();
        link.FailCommits(CommitFault.Delay, 1);
        romeo.Post($"<message to='juliet@{Clients.Domain}' type='chat'><body>Soft!</body></message>");
        await romeo.FlushAsync();
        var acknowledged = romeo.ConfirmAsync();
        await others.GoOnAsync(() => slow.Elapsed < Delay / 2);
        Assert.False(acknowledged.IsCompleted, "the commit was not slow");
        Assert.Equal(1, link.FaultyCommits);
        await acknowledged.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.InRange(slow.Elapsed, Delay, TimeSpan.FromMinutes(1));
        others.AssertPrompt();
    }

    [Fact]
    public async Task Presence_and_pings_between_others_are_prompt_while_the_database_hangs()
    {
        await using var link = new FaultyLink(fixture.Server.Port);
        await using var server = await StartAsync(link);
        await using var romeo = await EnterAsync(server, "romeo");
        await using var juliet = await EnterAsync(server, "juliet");
        await using var others = await PromptExchange.StartAsync(server);

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
        await others.GoOnAsync(() => elapsed.Elapsed < TimeSpan.FromSeconds(2));
        Assert.False(acknowledged.IsCompleted);
        Assert.False(late.IsCompleted);
        link.Flow();
        await acknowledged.WaitAsync(TimeSpan.FromSeconds(30));
        await using var tybalt = await late;
        others.AssertPrompt();
        Assert.Equal(1000, ServerLogs.CountEntries(server, "juliet"));
    }

    private async Task<ServerProcess> StartAsync(FaultyLink link)
    {
        var server = await ServerProcess.StartAsync(
            ["--Limits:UndeliveredPerSenderAndAccount=0"], Clients.Domain, database: await ServerDatabase.CreateAsync(fixture.Server, link.Port));
        foreach (var name in (string[])["romeo", "juliet", "tybalt"])
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
