using Microsoft.Extensions.Time.Testing;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Host;
using MyChat.Testing.Faults;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Tests.Sessions;

/// <summary>How a connection comes, goes and comes back, and what is said of it.</summary>
public sealed class ConnectionLoopTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly BareJid Romeo = BareJid.Parse("romeo@verona.lit");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 31, 20, 0, 0, TimeSpan.Zero));
    private readonly List<FreezingTransport> _links = [];
    private readonly List<SaltedKey> _keys = [];
    private readonly MemoryStore _store = new();
    private TestServer _server = null!;
    private ChatClient? _client;
    private volatile bool _isReachable = true;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(PlayTransport.Tls, new TestServerOptions { MoreModules = ServerModules.Create });
        await _server.RegisterAsync("romeo", "secret");
        await _server.RegisterAsync("juliet", "secret");
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }
        await _server.DisposeAsync();
    }

    private ChatOptions Options => new()
    {
        Account = Romeo,
        Credentials = new Credentials("secret"),
        Time = _clock,
        Dial = (_, _) =>
        {
            if (!_isReachable)
            {
                throw new IOException("No network.");
            }
            var link = new FreezingTransport(_server.Connect(PlayTransport.Tls).Transport);
            lock (_links)
            {
                _links.Add(link);
            }
            return ValueTask.FromResult<ClientTransport>(link);
        },
    };

    private async Task<ChatClient> Start(ChatOptions options)
    {
        _client = new ChatClient(options, _store);
        _client.LoggedIn += _keys.Add;
        await _client.StartAsync();
        return _client;
    }

    private async Task<ChatClient> Online(ChatOptions? options = null)
    {
        var client = await Start(options ?? Options);
        await client.WhenOnlineAsync().WaitAsync(Patience);
        return client;
    }

    private Task<ConnectionStatus> Sees(Func<ConnectionStatus, bool> isSo, TimeSpan? step = null) => SeesAsync(_client!, isSo, step ?? TimeSpan.Zero);

    /// <summary>Waits until the status is so; meanwhile the clock goes on by steps.</summary>
    private async Task<ConnectionStatus> SeesAsync(ChatClient client, Func<ConnectionStatus, bool> isSo, TimeSpan step)
    {
        using var patience = new CancellationTokenSource(Patience);
        var changed = new SemaphoreSlim(0);
        client.Changed += _ => changed.Release();
        while (!isSo(client.Status))
        {
            if (step > TimeSpan.Zero)
            {
                _clock.Advance(step);
            }
            // Work on other threads takes its time; the clock waits for a change, for a while.
            await changed.WaitAsync(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            Assert.False(patience.IsCancellationRequested, $"Never so; it is {client.Status}.");
        }
        return client.Status;
    }

    [Fact]
    public async Task A_wrong_password_stops_it_until_there_is_another()
    {
        var client = await Start(Options with { Credentials = new Credentials("sesame") });
        await Assert.ThrowsAsync<AuthenticationException>(() => client.WhenOnlineAsync().WaitAsync(Patience));
        Assert.Equal((ConnectionPhase.Stopped, ConnectionFault.WrongPassword), (client.Status.Phase, client.Status.Cause));
        Assert.Null(client.Status.RetryAt);
        client.Retry(new Credentials("secret"));
        await Sees(status => status.Phase == ConnectionPhase.Online);
    }

    [Fact]
    public async Task A_kept_key_logs_in_without_the_password_until_that_is_changed()
    {
        var client = await Online();
        await Sees(_ => _keys.Count == 1);
        await client.DisposeAsync();
        client = await Online(Options with { Credentials = new Credentials(_keys[0]) });
        await Sees(_ => _keys.Count == 2);
        Assert.Equal(_keys[0].Key, _keys[1].Key);

        await client.ChangePasswordAsync("sesame");
        await Sees(_ => _keys.Count == 3);
        await client.DisposeAsync();
        client = await Online(Options with { Credentials = new Credentials(_keys[2]) });
        await client.DisposeAsync();
        client = await Start(Options with { Credentials = new Credentials(_keys[0]) });
        await Sees(status => status is { Phase: ConnectionPhase.Stopped, Cause: ConnectionFault.WrongPassword });
        client.Retry(new Credentials("sesame"));
        await Sees(status => status.Phase == ConnectionPhase.Online);
    }

    [Fact]
    public async Task PBKDF2_of_the_platform_is_used_where_there_is_one()
    {
        var calls = 0;
        await Online(Options with
        {
            DeriveSaltedPassword = (hash, password, salt, iterations, _) =>
            {
                calls++;
                Assert.Equal("secret", password);
                return ValueTask.FromResult(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(
                    password,
                    salt.Span,
                    iterations,
                    hash == Xmpp.Sasl.ScramHash.Sha1 ? System.Security.Cryptography.HashAlgorithmName.SHA1 : System.Security.Cryptography.HashAlgorithmName.SHA256,
                    hash == Xmpp.Sasl.ScramHash.Sha1 ? 20 : 32));
            },
        });
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_stops_it_and_is_shown_and_trusting_it_goes_on()
    {
        var trust = ServerTrust.Authorities;
        var client = await Start(Options with
        {
            Dial = (_, _) => ValueTask.FromResult<ClientTransport>(
                new TcpTransport("127.0.0.1", _server.TlsPort, "verona.lit", TlsMode.Direct, trust)),
        });
        var status = await Sees(status => status.Phase == ConnectionPhase.Stopped);
        Assert.Equal(ConnectionFault.CertificateNotTrusted, status.Cause);
        Assert.Equal(("CN=verona.lit", "CN=verona.lit", true), (status.Certificate!.Subject, status.Certificate.Issuer, status.Certificate.NameMatches));
        trust = ServerTrust.Fingerprint(status.Certificate.Sha256);
        client.Retry();
        await Sees(now => now.Phase == ConnectionPhase.Online);
    }

    [Fact]
    public async Task Without_tls_it_stops_before_a_password_is_said()
    {
        await using var plain = await TestServer.StartAsync(PlayTransport.Memory);
        await Start(Options with { Dial = (_, _) => ValueTask.FromResult(plain.Connect(PlayTransport.Memory).Transport) });
        var status = await Sees(status => status.Phase == ConnectionPhase.Stopped);
        Assert.Equal(ConnectionFault.NotSecure, status.Cause);
    }

    [Fact]
    public async Task Who_is_replaced_does_not_fight_for_the_place()
    {
        await Online();
        var resource = (await _store.ReadDocumentsAsync("resource", default))["resource"];
        await using var other = await XmppConnection.OpenAsync(
            _server.Connect(PlayTransport.Tls).Transport, new ConnectionOptions { Domain = "verona.lit" });
        await other.LogInAsync(new LogIn("romeo", "secret") { Resource = resource });
        var status = await Sees(status => status.Phase == ConnectionPhase.Stopped);
        Assert.Equal(ConnectionFault.Replaced, status.Cause);
    }

    [Fact]
    public async Task What_cannot_be_reached_is_tried_again_later_and_at_once_when_the_network_comes()
    {
        _isReachable = false;
        var client = await Start(Options with { FirstRetry = TimeSpan.FromHours(1), LongestRetry = TimeSpan.FromHours(9) });
        var status = await Sees(status => status.Phase == ConnectionPhase.Waiting);
        Assert.Equal(ConnectionFault.Unreachable, status.Cause);
        Assert.InRange(status.RetryAt!.Value, _clock.GetUtcNow(), _clock.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.Equal("No network.", status.Detail);

        client.NetworkChanged(); // still no network
        status = await Sees(now => now.Phase == ConnectionPhase.Waiting && now != status);
        _isReachable = true;
        _clock.Advance(status.RetryAt!.Value - _clock.GetUtcNow());
        await Sees(now => now.Phase == ConnectionPhase.Online);
    }

    [Fact]
    public async Task A_machine_that_slept_for_two_minutes_finds_out_that_its_link_is_dead_and_resumes()
    {
        var client = await Online();
        _links[0].Freeze();
        await using var juliet = await XmppConnection.OpenAsync(
            _server.Connect(PlayTransport.Tls).Transport, new ConnectionOptions { Domain = "verona.lit" });
        await juliet.LogInAsync(new LogIn("juliet", "secret"));
        await juliet.SendAsync("<presence/>");
        await juliet.SendAsync("<message to='romeo@verona.lit' type='chat'><body>Romeo!</body></message>");
        var sent = await client.Conversations[BareJid.Parse("juliet@verona.lit")].SendAsync("Soft!");

        _clock.Advance(TimeSpan.FromMinutes(2));
        await Sees(status => status.Phase is ConnectionPhase.Waiting || _links.Count > 1, TimeSpan.FromSeconds(2));
        await Sees(status => status.Phase == ConnectionPhase.Online && _links.Count > 1, TimeSpan.FromSeconds(1));
        var conversation = client.Conversations[BareJid.Parse("juliet@verona.lit")];
        await SeesAsync(client, _ => conversation.Summary.Unread == 1, TimeSpan.Zero);
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var received in juliet.ReceiveAsync(patience.Token))
        {
            if (received.Stanza is Message { Id: var id } && id == sent.Id)
            {
                break;
            }
        }
        Assert.Equal((1, 2), (conversation.Summary.Unread, _links.Count));
    }

    [Fact]
    public async Task A_hint_of_the_system_finds_a_dead_link_within_ten_seconds()
    {
        var client = await Online();
        _links[0].Freeze();
        client.NetworkChanged();
        var before = _clock.GetUtcNow();
        await Sees(status => status.Phase == ConnectionPhase.Waiting || _links.Count > 1, TimeSpan.FromSeconds(1));
        Assert.InRange(_clock.GetUtcNow() - before, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task A_link_that_is_silent_but_alive_is_asked_and_kept()
    {
        await Online();
        for (var i = 0; i < 3; i++)
        {
            var (read, written, asked) = (_links[0].Read, _links[0].Written, false);
            // The clock stands still while the answer is under way.
            await SeesAsync(
                _client!,
                _ =>
                {
                    asked |= _links[0].Written > written;
                    if (!asked)
                    {
                        _clock.Advance(TimeSpan.FromSeconds(5));
                    }
                    return asked && _links[0].Read > read;
                },
                TimeSpan.Zero);
        }
        Assert.Single(_links);
        // And a message still goes the same way.
        await _client!.Conversations[BareJid.Parse("juliet@verona.lit")].SendAsync("Soft!");
        await SeesAsync(_client, _ => _client.Conversations.All[0].Last!.State == Client.Conversations.MessageState.Sent, TimeSpan.Zero);
    }

    [Fact]
    public async Task Stopping_says_goodbye_and_what_was_sent_counts_as_sent()
    {
        var client = await Online();
        await client.Conversations[BareJid.Parse("juliet@verona.lit")].SendAsync("Soft!");
        await client.StopAsync();
        Assert.Equal(new ConnectionStatus(ConnectionPhase.Offline), client.Status);
        Assert.Equal(Client.Conversations.MessageState.Sent, client.Conversations.All[0].Last!.State);
        Assert.Empty(await _store.ReadQueuedAsync(default));
    }

    [Fact]
    public async Task It_stops_also_when_what_it_knew_is_to_be_forgotten_just_then()
    {
        var client = await Online(Options with { FirstRetry = TimeSpan.FromDays(1), LongestRetry = TimeSpan.FromDays(1) });
        _isReachable = false;
        _links[0].Abort();
        await Sees(status => status.Phase == ConnectionPhase.Waiting);
        _clock.Advance(TimeSpan.FromHours(2)); // longer than the stream can be resumed, shorter than the wait
        await client.StopAsync();
        Assert.Equal(new ConnectionStatus(ConnectionPhase.Offline), client.Status);
    }

    [Fact]
    public async Task An_account_is_made_without_logging_in_and_a_taken_name_is_refused()
    {
        await ChatClient.RegisterAsync(Options with { Account = BareJid.Parse("mercutio@verona.lit") }, "a plague");
        var taken = await Assert.ThrowsAsync<StanzaErrorException>(() => ChatClient.RegisterAsync(Options, "secret"));
        Assert.Equal(StanzaErrorCondition.Conflict, taken.Condition);
        _isReachable = false;
        await Assert.ThrowsAsync<XmppException>(() => ChatClient.RegisterAsync(Options, "secret"));
        _isReachable = true;
        await Online(Options with { Account = BareJid.Parse("mercutio@verona.lit"), Credentials = new Credentials("a plague") });
    }
}
