using System.Runtime.CompilerServices;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MyChat.Client;
using MyChat.Client.Connections;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Host;
using MyChat.Server.Modules;
using MyChat.Testing.Servers;
using MyChat.Ui.App;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.Tests;

/// <summary>The screens of one user, the real client behind them, the real server, and friends who are clients too.</summary>
internal sealed class Screens : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<ChatClient> _others = [];
    private readonly TestServer? _server;

    private Screens(TestServer? server, TestPlatform platform)
    {
        (_server, Platform) = (server, platform);
        App = new ChatApp(platform, TimeProvider.System);
        Window = App.OpenWindow(null);
        Page.JSInterop.Mode = JSRuntimeMode.Loose;
        Page.Services.AddSingleton<IPlatform>(platform).AddSingleton(App).AddMyChatUi();
    }

    public TestPlatform Platform { get; }
    public ChatApp App { get; }
    public AppWindow Window { get; }
    public BunitContext Page { get; } = new();
    public ChatClient Client => App.Client ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>No server: what needs none.</summary>
    public static async Task<Screens> OpenAsync(TestPlatform? platform = null)
    {
        var screens = new Screens(null, platform ?? new TestPlatform());
        await screens.App.StartAsync();
        return screens;
    }

    /// <summary>A server with some accounts, all with the password "secret"; nobody is signed in.</summary>
    /// <param name="platform">Another platform than the usual.</param>
    /// <param name="isOffered">Which modules the server has; all when null.</param>
    public static async Task<Screens> ConnectAsync(Func<TestServer, TestPlatform>? platform = null, Func<IXmppModule, bool>? isOffered = null)
    {
        var options = new TestServerOptions { MoreModules = services => ServerModules.Create(services).Where(isOffered ?? (_ => true)) };
        var server = await TestServer.StartAsync(PlayTransport.Tls, options);
        foreach (var name in new[] { "romeo", "juliet", "tybalt" })
        {
            await server.RegisterAsync(name, "secret");
        }

        var screens = new Screens(server, platform?.Invoke(server) ?? new TestPlatform(server));
        await screens.App.StartAsync();
        return screens;
    }

    /// <summary>Romeo is signed in.</summary>
    public static async Task<Screens> SignInAsync()
    {
        var screens = await ConnectAsync();
        await screens.App.SignInAsync(screens.SignIn("romeo"));
        return screens;
    }

    public static BareJid Jid(string name) => BareJid.Parse($"{name}@verona.lit");

    public SignIn SignIn(string name, string password = "secret") => new(Jid(name), password, new ServerAddress("verona.lit"), Remember: true);

    /// <summary>The program is started once more, on the same device.</summary>
    public ChatApp StartAgain() => new(Platform, TimeProvider.System);

    /// <summary>Somebody else comes online.</summary>
    public async Task<ChatClient> Enter(string name)
    {
        var client = new ChatClient(
            new ChatOptions
            {
                Account = Jid(name),
                Credentials = new Credentials("secret"),
                Dial = (_, _) => ValueTask.FromResult<ClientTransport>(_server!.Connect(PlayTransport.Tls).Transport),
            },
            new MemoryStore());
        _others.Add(client);
        await client.StartAsync();
        await client.WhenOnlineAsync().WaitAsync(Patience);
        return client;
    }

    /// <summary>Somebody else comes online and becomes a friend.</summary>
    public async Task<ChatClient> Befriend(string name)
    {
        var other = await Enter(name);
        await Client.Contacts.AskAsync(other.Account, null);
        await Sees(() => other.Notices.All.Any(notice => notice.Kind == NoticeKind.Request));
        await other.Notices.AgreeAsync(Client.Account);
        await Sees(() => Client.Contacts[other.Account].Friendship == Friendship.Friends);
        await Sees(() => Client.Contacts[other.Account].IsOnline);
        await Sees(() => other.Contacts[Client.Account].Friendship == Friendship.Friends);
        return other;
    }

    public IRenderedComponent<T> Render<T>(Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : IComponent => Page.Render<T>(builder =>
        {
            builder.AddCascadingValue(App).AddCascadingValue(Window);
            parameters?.Invoke(builder);
        });

    /// <summary>Waits until it is so.</summary>
    public static async Task Sees(Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string? what = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (!isSo())
            {
                await again.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Never: {what}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Page.DisposeAsync();
        await App.DisposeAsync();
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }

        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
