using MyChat.Client.Connections;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Host;
using MyChat.Server.Modules;
using MyChat.Testing.Servers;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Tests;

/// <summary>The real server with all that the client uses, and clients on it.</summary>
internal sealed class World : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<TestDevice> _devices = [];

    private World(PlayServer server) => Server = server;

    public PlayServer Server { get; }

    /// <param name="without">Modules that this server does not have.</param>
    public static async Task<World> StartAsync(params Type[] without) =>
        await OnAsync(await TestServer.StartAsync(PlayTransport.Tls, new TestServerOptions { MoreModules = services => Modules(services, without) }));

    /// <summary>On a server that is there already, and ends with this.</summary>
    public static async Task<World> OnAsync(PlayServer server)
    {
        var world = new World(server);
        foreach (var name in new[] { "romeo", "juliet", "tybalt" })
        {
            await world.Server.RegisterAsync(name, "secret");
        }
        return world;
    }

    public static BareJid Jid(string name) => BareJid.Parse($"{name}@verona.lit");

    /// <summary>A client of this user comes online; with the store of an earlier one it is the same device come back.</summary>
    public async Task<TestDevice> Enter(string name, IClientStore? store = null, Func<ChatOptions, ChatOptions>? options = null)
    {
        var device = new TestDevice(this, name, store ?? new MemoryStore(), options ?? (same => same));
        _devices.Add(device);
        await device.Client.StartAsync();
        await device.Client.WhenOnlineAsync().WaitAsync(Patience);
        return device;
    }

    /// <summary>Two who are friends, both online.</summary>
    public async Task<(TestDevice Romeo, TestDevice Juliet)> Friends()
    {
        var (romeo, juliet) = (await Enter("romeo"), await Enter("juliet"));
        await romeo.Befriends(juliet);
        return (romeo, juliet);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices)
        {
            await device.DisposeAsync();
        }
        await Server.DisposeAsync();
    }

    private static IEnumerable<IXmppModule> Modules(IServiceProvider services, Type[] without) =>
        ServerModules.Create(services).Where(module => !without.Contains(module.GetType()));
}

/// <summary>One user's client.</summary>
internal sealed class TestDevice : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Notice> _arrived = [];
    private readonly List<Exception> _faults = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TestDevice(World world, string name, IClientStore store, Func<ChatOptions, ChatOptions> options)
    {
        (Name, Store) = (name, store);
        Client = new ChatClient(
            options(new ChatOptions
            {
                Account = World.Jid(name),
                Credentials = new Credentials("secret"),
                Dial = (_, _) => ValueTask.FromResult<ClientTransport>(world.Server.Connect(PlayTransport.Tls).Transport),
                Fault = _faults.Add,
            }),
            store);
        Client.Changed += _ => Signal();
        Client.Notices.Arrived += notice =>
        {
            lock (_gate)
            {
                _arrived.Add(notice);
            }
            Signal();
        };
    }

    public string Name { get; }
    public IClientStore Store { get; }
    public ChatClient Client { get; }
    public BareJid Jid => Client.Account;

    /// <summary>What was told as new, in order: kind and name.</summary>
    public IReadOnlyList<string> Arrived
    {
        get
        {
            lock (_gate)
            {
                return [.. _arrived.Select(notice => $"{notice.Kind} {notice.Jid.Localpart}")];
            }
        }
    }

    public IReadOnlyList<string> Inbox => [.. Client.Notices.All.Select(notice => $"{notice.Kind} {notice.Jid.Localpart}")];

    public Contact this[TestDevice other] => Client.Contacts[other.Jid];

    /// <summary>Waits until it is so.</summary>
    public async Task Sees(Func<bool> isSo, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(isSo))] string? what = null)
    {
        using var patience = new CancellationTokenSource(World.Patience);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }
            if (isSo())
            {
                return;
            }
            try
            {
                // Not all that a test looks at raises an event.
                await changed.WaitAsync(TimeSpan.FromMilliseconds(250), patience.Token);
            }
            catch (TimeoutException)
            {
                // Look again.
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException(
                    $"{Name} never saw {what}. Inbox: {string.Join(", ", Inbox)}; contacts: {string.Join(", ", Client.Contacts.All)}; faults: {string.Join(", ", _faults)}");
            }
        }
    }

    public Task SeesInbox(params string[] notices) => Sees(() => Inbox.Order().SequenceEqual(notices.Order()), $"the inbox [{string.Join(", ", notices)}]");

    /// <summary>Waits until nothing is being told to or asked of the account any more.</summary>
    public Task Settles() => Sees(() => Client.Notices.IsSettled, "the end of its work");

    public async Task Befriends(TestDevice other)
    {
        await Client.Contacts.AskAsync(other.Jid, null);
        await other.SeesInbox($"Request {Name}");
        await other.Client.Notices.AgreeAsync(Jid);
        await Sees(() => this[other].Friendship == Friendship.Friends && this[other].IsOnline);
        await other.Sees(() => other[this].Friendship == Friendship.Friends && other[this].IsOnline);
        await SeesInbox($"Agreed {other.Name}");
        await Client.Notices.DismissAsync(Client.Notices.All[0].Id);
        await Settles();
    }

    public async ValueTask DisposeAsync() => await Client.DisposeAsync();

    private void Signal()
    {
        lock (_gate)
        {
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
