using System.Text;
using MyChat.EndToEnd.Promises;
using MyChat.EndToEnd.Traces;
using MyChat.Testing.Servers;

namespace MyChat.EndToEnd.Databases;

/// <summary>Commit, then answer and deliver: seen in the system calls of the server, in which all of its sockets are in one order.</summary>
public abstract class CommitOrderTests(DatabaseFixture fixture)
{
    private static readonly int Messages = TestRun.IsFull ? 3000 : 500;

    [Fact]
    public async Task The_answer_to_commit_comes_before_every_acknowledgement_and_delivery()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "strace is Linux's");
        await using var trace = Trace.Of([.. Outgoing.Calls, .. CommitOrder.Calls], Outgoing.IsSocket);
        await using var traffic = await Traffic.StartAsync(
            TestRun.Seed(), await ServerDatabase.CreateAsync(fixture.Server), trace.Command, Pace.Slow);
        await traffic.AcknowledgedAsync(Messages);
        await traffic.KillAsync();

        var order = new CommitOrder(await trace.EndAsync(), fixture.Server.Provider);
        var sent = traffic.Sent.GroupBy(message => message.Sender)
            .ToDictionary(of => of.Key, of => of.OrderBy(message => message.Index).Select(message => message.Body).ToList());
        var violations = order.Violations(sent).ToList();
        TestRun.Say($"{order.Commits} commits, {order.Said.OfType<Delivered>().Count()} deliveries, {order.Said.OfType<Acknowledged>().Count()} acknowledgements");
        Assert.True(violations.Count == 0, $"{violations.Count} violations:\n{string.Join('\n', violations.Take(20))}");
        Assert.True(order.Commits >= Messages / 50, "hardly a commit was seen");
        Assert.True(order.Said.OfType<Delivered>().Count() >= Messages / 4, "hardly a delivery was seen");
        Assert.All(sent.Keys, sender => Assert.Contains(order.Said.OfType<Acknowledged>(), answer => answer.User == sender && answer.Count > 0));
    }
}

public sealed class MariaDbCommitOrderTests(MariaDbFixture fixture) : CommitOrderTests(fixture), IClassFixture<MariaDbFixture>
{
    [Fact]
    public void An_answer_or_a_delivery_that_comes_too_early_is_seen()
    {
        Assert.Empty(Violations("insert", "commit", "ok", "ack", "deliver"));
        Assert.Equal(["acknowledged at 5, committed at 6: 'a message'"], Violations("insert", "commit", "ack", "ok", "deliver"));
        Assert.Equal(["delivered at 5, committed at 6: 'a message'"], Violations("insert", "commit", "deliver", "ok", "ack"));
        Assert.Equal(["acknowledged at 4, never committed: 'a message'"], Violations("insert", "ack"));
    }

    private static IEnumerable<string> Violations(params string[] story)
    {
        List<SystemCall> calls = [Client("<stream:features/>"), Client("<jid>romeo@verona.lit/x</jid>")];
        foreach (var what in story)
        {
            calls.Add(what switch
            {
                "insert" => Call("sendto", "socket:[2]", "INSERT <body>a message</body>"),
                "commit" => Call("sendto", "socket:[2]", "\u0003COMMIT"),
                "ok" => Call("recvfrom", "socket:[2]", "OK"),
                "ack" => Client("<a xmlns='urn:xmpp:sm:3' h='1'/>"),
                _ => Client("<message><body>a message</body></message>"),
            });
        }
        var placed = calls.Select((call, i) => call with { Entered = i + 1, Left = i + 1 }).ToList();
        return new CommitOrder(placed, "mysql").Violations(new Dictionary<string, List<string>> { ["romeo"] = ["a message"] });
    }

    private static SystemCall Client(string text) => Call("sendmsg", "socket:[1]", text);

    private static SystemCall Call(string name, string file, string text) => new(name, file, [Encoding.Latin1.GetBytes(text)], [], text.Length, 0, 0);
}

public sealed class PostgresCommitOrderTests(PostgresFixture fixture) : CommitOrderTests(fixture), IClassFixture<PostgresFixture>;
