using System.Globalization;
using System.Text;
using CsCheck;
using MyChat.Client.Connections;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Streams;

namespace MyChat.Client.Tests.Connections;

public sealed class StreamManagementTests
{
    private readonly ScriptedServer _server = new();

    [Fact]
    public void Counts_wrap_and_nothing_is_lost_or_kept_twice() =>
        // A model: numbers sent and not acknowledged, whatever the order of sending and acknowledging.
        Gen.Select(Gen.UInt, Gen.OneOf(Gen.Const(-1), Gen.Int[0, 5]).Array[0, 40]).Sample((start, steps) =>
        {
            var management = new StreamManagement(FullJid.Parse("romeo@verona.lit/orchard"), "id");
            management.StartAt(start);
            var model = new Queue<string>();
            var h = start;
            for (var i = 0; i < steps.Length; i++)
            {
                if (steps[i] < 0)
                {
                    management.Sent(Encoding.UTF8.GetBytes($"{i}"), 0);
                    model.Enqueue($"{i}");
                    continue;
                }
                for (var n = 0; n < steps[i] && model.TryDequeue(out _); n++)
                {
                    h = unchecked(h + 1);
                }
                management.Acknowledge(h);
            }
            Assert.Equal(model, management.Unacknowledged.Select(stanza => Encoding.UTF8.GetString(stanza.Span)));
            Assert.Throws<StreamErrorException>(() => management.Acknowledge(unchecked(h + (uint)model.Count + 1)));
        });

    [Fact]
    public async Task A_request_is_answered_with_what_the_reader_has_handled()
    {
        await using var connection = await _server.LogIn(sm: "sm1");
        var reader = connection.ReceiveAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await _server.Says("<message id='1'/><message id='2'/><r xmlns='urn:xmpp:sm:3'/>");
        await _server.Gets("<a xmlns='urn:xmpp:sm:3' h='0'/>");
        Assert.True(await reader.MoveNextAsync());
        // The first is in the reader's hands; asking for the second says that it is done.
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(1u, connection.Management!.Handled);
        // The server hears the rest without asking again.
        var idle = reader.MoveNextAsync();
        await _server.Gets("<a xmlns='urn:xmpp:sm:3' h='2'/>");
        await _server.Says("<message id='3'/>");
        Assert.True(await idle);
    }

    [Fact]
    public async Task What_is_taken_together_is_handled_when_more_is_asked_for()
    {
        await using var connection = await _server.LogIn(sm: "sm1");
        await _server.Says("<message id='1'/><message id='2'/><message id='3'/><r xmlns='urn:xmpp:sm:3'/>");
        await _server.Gets("<a xmlns='urn:xmpp:sm:3' h='0'/>");
        var reader = connection.ReceiveSomeAsync(2, TestContext.Current.CancellationToken).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(["1", "2"], reader.Current.Select(received => received.Stanza?.Id));
        Assert.Equal(0u, connection.Management!.Handled);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("3", Assert.Single(reader.Current).Stanza?.Id);
        Assert.Equal(2u, connection.Management!.Handled);
        var idle = reader.MoveNextAsync();
        await _server.Gets("<a xmlns='urn:xmpp:sm:3' h='3'/>");
        await _server.Says("<message id='4'/>");
        Assert.True(await idle);
    }

    [Fact]
    public async Task Of_two_answers_at_once_the_later_never_says_less()
    {
        var log = new HoldingLog();
        await using var connection = await _server.LogIn(ScriptedServer.Options with { Log = log }, sm: "sm1");
        // Whoever sends holds the output: both answers, of the loop that reads and of the reader of messages, must wait for it.
        var holding = Task.Run(() => connection.Post("<message id='hold'/>"), TestContext.Current.CancellationToken);
        await log.Held.Task;
        await _server.Says("<message id='1'/><message id='2'/><r xmlns='urn:xmpp:sm:3'/>");
        await log.Asked.Task;
        var reading = Task.Run(() => ReadAsync(connection, 3), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => connection.Management!.Handled == 2, TimeSpan.FromSeconds(10)));
        log.Release.Set();
        await holding;
        await _server.Says("<message id='3'/>");
        await reading;
        await _server.Says("<r xmlns='urn:xmpp:sm:3'/>");

        // The counts go up; an earlier one after a later one, and a server must believe that there were too many.
        var answers = await _server.Gets("<a xmlns='urn:xmpp:sm:3' h='3'/>");
        var counts = answers.Split("h='").Skip(1).Select(rest => int.Parse(rest.Split('\'')[0], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(counts.Order(), counts);
        Assert.DoesNotContain(0, counts); // each answer is as new as can be
    }

    [Fact]
    public async Task Confirm_waits_for_the_acknowledgement_of_all_that_was_sent()
    {
        await using var connection = await _server.LogIn(sm: "sm1");
        await connection.SendAsync("<message id='1'/>", TestContext.Current.CancellationToken);
        await connection.SendAsync("<presence/>", TestContext.Current.CancellationToken);
        var confirming = connection.ConfirmAsync(TestContext.Current.CancellationToken);
        await _server.Gets("<r ");
        await _server.Says("<a xmlns='urn:xmpp:sm:3' h='1'/><message id='fence'/>");
        await Next(connection);
        Assert.False(confirming.IsCompleted);
        await _server.Says("<a xmlns='urn:xmpp:sm:3' h='2'/>");
        await confirming;
        Assert.Empty(connection.Management!.Unacknowledged);
    }

    [Fact]
    public async Task An_acknowledgement_of_what_was_not_sent_ends_the_stream()
    {
        await using var connection = await _server.LogIn(sm: "sm1");
        await _server.Says("<a xmlns='urn:xmpp:sm:3' h='1'/>");
        var error = await Assert.ThrowsAsync<StreamErrorException>(() => Next(connection));
        Assert.Equal((StreamErrorCondition.UndefinedCondition, true), (error.Condition, error.IsOurs));
        await _server.Gets("<undefined-condition ");
    }

    [Fact]
    public async Task Resumption_sends_again_exactly_what_was_not_acknowledged()
    {
        var lost = await Lose();
        var again = new ScriptedServer();
        var (connection, logIn) = await Return(again, lost);
        Assert.EndsWith("<resume xmlns='urn:xmpp:sm:3' h='1' previd='sm1'/>", await again.Gets("/>"), StringComparison.Ordinal);
        await again.Says("<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/><message id='s2'/><r xmlns='urn:xmpp:sm:3'/>");
        await logIn;
        Assert.True(connection.Resumed);
        Assert.Equal("romeo@verona.lit/orchard", connection.Jid.ToString());
        Assert.Equal("<message id='c3'/>", await again.Gets("/>"));
        await Next(connection);
        await connection.SendAsync("<message id='c4'/>", TestContext.Current.CancellationToken);
        await again.Gets("<message id='c4'/>");
        await again.Says("<a xmlns='urn:xmpp:sm:3' h='4'/><message id='s3'/>");
        await Next(connection);
        Assert.Empty(connection.Management!.Unacknowledged);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_reader_of_the_lost_connection_that_comes_late_changes_no_count()
    {
        // Two messages came, the first is still in the reader's hands when the link breaks.
        var old = await _server.LogIn(sm: "sm1");
        var late = old.ReceiveAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await _server.Says("<message id='s1'/><message id='s2'/><message id='s3'/>");
        Assert.True(await late.MoveNextAsync());
        Assert.True(SpinWait.SpinUntil(() => old.Management!.Received == 3, TimeSpan.FromSeconds(10)));
        await old.DisposeAsync();

        var again = new ScriptedServer();
        var (connection, logIn) = await Return(again, old.Management!);
        await again.Gets("h='0' previd='sm1'/>");
        // It goes on while the server makes up its mind, as if all was handled there.
        Assert.True(await late.MoveNextAsync());
        Assert.True(await late.MoveNextAsync());
        await again.Says("<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='0'/><message id='s1'/><r xmlns='urn:xmpp:sm:3'/>");
        await logIn;
        await again.Gets("<a xmlns='urn:xmpp:sm:3' h='0'/>");
        await Next(connection);
        await Assert.ThrowsAsync<XmppException>(async () => await late.MoveNextAsync());
        await again.Says("<message id='s2'/>");
        await Next(connection);
        await again.Says("<r xmlns='urn:xmpp:sm:3'/>");
        await again.Gets("<a xmlns='urn:xmpp:sm:3' h='1'/>");
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task Where_resumption_fails_a_resource_is_bound_and_the_rest_is_left_to_the_caller()
    {
        var lost = await Lose();
        var again = new ScriptedServer();
        var (connection, logIn) = await Return(again, lost);
        await again.Gets("/>");
        await again.Says("<failed xmlns='urn:xmpp:sm:3' h='1'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
        await again.Gets("</iq>");
        await again.Says("<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@verona.lit/new</jid></bind></iq>");
        await logIn;
        Assert.False(connection.Resumed);
        Assert.Equal("romeo@verona.lit/new", connection.Jid.ToString());
        Assert.Equal(["<message id='c2'/>", "<message id='c3'/>"], lost.Unacknowledged.Select(stanza => Encoding.UTF8.GetString(stanza.Span)));
        await connection.DisposeAsync();
    }

    /// <summary>Sends c1 to c3, of which one is acknowledged; receives s1, and handles it; loses the link.</summary>
    private async Task<StreamManagement> Lose()
    {
        var connection = await _server.LogIn(sm: "sm1");
        for (var i = 1; i <= 3; i++)
        {
            await connection.SendAsync($"<message id='c{i}'/>", TestContext.Current.CancellationToken);
        }
        await _server.Says("<a xmlns='urn:xmpp:sm:3' h='1'/><message id='s1'/>");
        await Next(connection);
        connection.Abort();
        await Assert.ThrowsAsync<XmppException>(() => Next(connection));
        Assert.Equal(1u, connection.Management!.Handled);
        await connection.DisposeAsync();
        return connection.Management;
    }

    private static async Task<(XmppConnection Connection, Task LogIn)> Return(ScriptedServer server, StreamManagement lost)
    {
        var opening = XmppConnection.OpenAsync(server.Transport, ScriptedServer.Options);
        await server.Opens();
        var connection = await opening;
        var logIn = connection.LogInAsync(new LogIn("romeo", "secret") { Resource = "orchard", Resume = lost });
        await server.Authenticates();
        return (connection, logIn);
    }

    /// <summary>Takes so many, and asks for the one after.</summary>
    private static async Task ReadAsync(XmppConnection connection, int count)
    {
        var reader = connection.ReceiveAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        for (var i = 0; i < count; i++)
        {
            await reader.MoveNextAsync();
        }
        _ = reader.MoveNextAsync().AsTask();
    }

    /// <summary>Holds who sends the message "hold" until it is released, and says when a question has been read.</summary>
    private sealed class HoldingLog : ProtocolLog
    {
        public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public ManualResetEventSlim Release { get; } = new();

        protected override void Write(bool sent, string xml)
        {
            if (sent && xml.Contains("'hold'", StringComparison.Ordinal))
            {
                Held.SetResult();
                Release.Wait();
            }
            else if (!sent && xml.StartsWith("<r ", StringComparison.Ordinal))
            {
                Asked.TrySetResult();
            }
        }
    }

    private static async Task Next(XmppConnection connection)
    {
        await foreach (var _ in connection.ReceiveAsync(TestContext.Current.CancellationToken))
        {
            return;
        }
    }
}
