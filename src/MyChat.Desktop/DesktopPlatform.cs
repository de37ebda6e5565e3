using System.Globalization;
using System.Net.NetworkInformation;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Desktop.Data;
using MyChat.Desktop.Dialing;
using MyChat.Desktop.Notices;
using MyChat.Desktop.Vault;
using MyChat.Ui.App;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;

namespace MyChat.Desktop;

/// <summary>The screens' host on the desktop: one for the whole program, whatever windows come and go.</summary>
internal sealed partial class DesktopPlatform : IPlatform, IDisposable
{
    private readonly DataFolder _folder;
    private readonly SettingsFile _settings;
    private readonly AccountVault _vault;
    private readonly ServerPlaces _places;
    private readonly INotices _notices;
    private readonly TimeProvider _time;
    private readonly ILogger<DesktopPlatform> _logger;

    public DesktopPlatform(
        DataFolder folder, SettingsFile settings, AccountVault vault, ServerPlaces places, INotices notices, TimeProvider time,
        ILogger<DesktopPlatform> logger)
    {
        (_folder, _settings, _vault, _places, _notices, _time, _logger) = (folder, settings, vault, places, notices, time, logger);
        NetworkChange.NetworkAddressChanged += OnNetworkChanged;
        NetworkChange.NetworkAvailabilityChanged += OnNetworkChanged;
    }

    public HostKind Kind => HostKind.Desktop;

    public IReadOnlyList<string> SystemLanguages { get; } = [CultureInfo.CurrentUICulture.Name is { Length: > 0 } name ? name : "en"];

    public bool IsSecure => true;
    public Uri? SecureAddress => null;

    public event Action? LeadLost { add { } remove { } }
    public event Action? NetworkChanged;
    public event Action<string>? OpenRequested;

    /// <summary>A notification was clicked: the window is wanted.</summary>
    public event Action? WindowRequested;

    /// <summary>The program is to end.</summary>
    public event Action? QuitRequested;

    public Func<Task>? Quit => () =>
    {
        QuitRequested?.Invoke();
        return Task.CompletedTask;
    };

    public SaltedPassword? DeriveSaltedPassword => null;

    public Task<ServerInfo?> GetServerAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_settings.Current.LastServer is { } server ? new ServerInfo(server, RegistrationOpen: null) : null);

    public Dial CreateDial(ServerAddress server) => new Dialer(_places, server).DialAsync;

    public Task<IClientStore> OpenStoreAsync(BareJid account, CancellationToken cancellationToken) => Task.Run<IClientStore>(
        () =>
        {
            try
            {
                return SqliteStore.Open(_folder.DatabaseFile(account), _time, aside => Log.SetAside(_logger, aside));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StoreException($"The history on this device cannot be opened: {e.Message}", isFull: false, e);
            }
        },
        cancellationToken);

    public Task<RememberedAccount?> LoadAccountAsync(CancellationToken cancellationToken) => _vault.LoadAsync(cancellationToken);

    public Task SaveAccountAsync(RememberedAccount? account, CancellationToken cancellationToken) => _vault.SaveAsync(account, cancellationToken);

    /// <summary>What the user set; the program needs some of it before there is a screen.</summary>
    public void LoadSettings() => _settings.Load();

    /// <summary>Whether the program goes on when its window is closed.</summary>
    public bool StaysConnected => _settings.Current.StayConnected;

    public Task<DeviceSettings> LoadSettingsAsync(CancellationToken cancellationToken) => Task.FromResult(_settings.Load());

    public Task SaveSettingsAsync(DeviceSettings settings, CancellationToken cancellationToken)
    {
        _settings.Save(settings);
        return Task.CompletedTask;
    }

    public Task<bool> TryLeadAsync(bool takeOver, CancellationToken cancellationToken) => Task.FromResult(true);

    // The system itself asks nobody, and tells nobody what the user set.
    public Task<NotificationPermission> GetNotificationPermissionAsync(CancellationToken cancellationToken) =>
        Task.FromResult(NotificationPermission.Granted);

    public Task<NotificationPermission> RequestNotificationPermissionAsync(CancellationToken cancellationToken) =>
        GetNotificationPermissionAsync(cancellationToken);

    public Task NotifyAsync(Notification notification, CancellationToken cancellationToken) => _notices.ShowAsync(
        notification,
        () =>
        {
            WindowRequested?.Invoke();
            OpenRequested?.Invoke(notification.Open);
        },
        cancellationToken);

    public Task WithdrawAsync(string tag, CancellationToken cancellationToken) => _notices.WithdrawAsync(tag, cancellationToken);

    // The icon in the task bar is the browser's; the count stands in the window's title.
    public Task SetBadgeAsync(int count, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        NetworkChange.NetworkAddressChanged -= OnNetworkChanged;
        NetworkChange.NetworkAvailabilityChanged -= OnNetworkChanged;
    }

    private void OnNetworkChanged(object? sender, EventArgs e) => NetworkChanged?.Invoke();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The history on this device was damaged. It was set aside as {file}, and a new one begun; "
            + "what the server keeps is fetched again.")]
        public static partial void SetAside(ILogger logger, string file);
    }
}
