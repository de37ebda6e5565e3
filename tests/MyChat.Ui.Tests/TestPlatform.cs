using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Testing.Servers;
using MyChat.Ui.App;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;

namespace MyChat.Ui.Tests;

/// <summary>A host that remembers what it was told.</summary>
internal sealed class TestPlatform(TestServer? server = null) : IPlatform
{
    public HostKind Kind { get; init; } = HostKind.Web;
    public IReadOnlyList<string> SystemLanguages { get; init; } = ["en"];
    public bool IsSecure { get; init; } = true;
    public Uri? SecureAddress { get; init; }
    public ServerInfo? Known { get; init; } = new(new ServerAddress("verona.lit"), true);

    /// <summary>What the server is takes until this is completed.</summary>
    public Task Asking { get; init; } = Task.CompletedTask;
    public RememberedAccount? Remembered { get; set; }
    public DeviceSettings Settings { get; private set; } = new();
    public Dictionary<string, Notification> Shown { get; } = [];

    /// <summary>The texts of all notifications.</summary>
    public List<string> Notified { get; } = [];

    /// <summary>A notification takes until this is completed.</summary>
    public Task Notifying { get; set; } = Task.CompletedTask;
    public int Badge { get; private set; }
    public bool Leads { get; set; } = true;
    public Exception? StoreFault { get; init; }
    public StoreException? SettingsFault { get; init; }

    /// <summary>The account that is remembered cannot be removed.</summary>
    public StoreException? ForgetFault { get; init; }
    public SaltedPassword? DeriveSaltedPassword => null;
    public Func<Task>? Quit => null;

    public event Action? LeadLost;
    public event Action? NetworkChanged { add { } remove { } }
    public event Action<string>? OpenRequested;

    public void LoseLead() => LeadLost?.Invoke();

    public void Click(string address) => OpenRequested?.Invoke(address);

    public async Task<ServerInfo?> GetServerAsync(CancellationToken cancellationToken)
    {
        await Asking;
        return Known;
    }

    public Dial CreateDial(ServerAddress address) => (_, _) => server is null
        ? throw new XmppException("Nothing listens.")
        : ValueTask.FromResult<ClientTransport>(server.Connect(PlayTransport.Tls).Transport);

    public Task<IClientStore> OpenStoreAsync(BareJid account, CancellationToken cancellationToken) =>
        StoreFault is null ? Task.FromResult<IClientStore>(new MemoryStore()) : Task.FromException<IClientStore>(StoreFault);

    public Task<RememberedAccount?> LoadAccountAsync(CancellationToken cancellationToken) => Task.FromResult(Remembered);

    public Task SaveAccountAsync(RememberedAccount? account, CancellationToken cancellationToken)
    {
        if (account is null && ForgetFault is { } fault)
        {
            return Task.FromException(fault);
        }
        Remembered = account;
        return Task.CompletedTask;
    }

    public Task<DeviceSettings> LoadSettingsAsync(CancellationToken cancellationToken) => Task.FromResult(Settings);

    public Task SaveSettingsAsync(DeviceSettings settings, CancellationToken cancellationToken)
    {
        if (SettingsFault is { } fault)
        {
            return Task.FromException(fault);
        }

        Settings = settings;
        return Task.CompletedTask;
    }

    public Task<bool> TryLeadAsync(bool takeOver, CancellationToken cancellationToken) => Task.FromResult(Leads || takeOver);

    public Task<NotificationPermission> GetNotificationPermissionAsync(CancellationToken cancellationToken) => Task.FromResult(NotificationPermission.Granted);

    public Task<NotificationPermission> RequestNotificationPermissionAsync(CancellationToken cancellationToken) => GetNotificationPermissionAsync(cancellationToken);

    public async Task NotifyAsync(Notification notification, CancellationToken cancellationToken)
    {
        lock (Shown)
        {
            Shown[notification.Tag] = notification;
            Notified.Add(notification.Text);
        }

        await Notifying;
    }

    public Task WithdrawAsync(string tag, CancellationToken cancellationToken)
    {
        lock (Shown)
        {
            Shown.Remove(tag);
        }

        return Task.CompletedTask;
    }

    public Task SetBadgeAsync(int count, CancellationToken cancellationToken)
    {
        Badge = count;
        return Task.CompletedTask;
    }
}
