using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;

namespace MyChat.Ui.App;

public enum HostKind { Web, Desktop }

/// <summary>Where a server is.</summary>
/// <param name="Domain">The part after @.</param>
public sealed record ServerAddress(string Domain)
{
    /// <summary>Where to connect when the domain does not tell, or null (desktop).</summary>
    public string? Host { get; init; }
    public int? Port { get; init; }

    /// <summary>The certificate that the user trusted, by its SHA-256 fingerprint (desktop), or null: the authorities decide.</summary>
    public byte[]? TrustedCertificate { get; init; }
}

/// <summary>What is known of a server before logging in.</summary>
/// <param name="RegistrationOpen">Whether accounts can be made; null when it is not known.</param>
public sealed record ServerInfo(ServerAddress Address, bool? RegistrationOpen);

/// <summary>An account that the device keeps, so that the next start needs no password.</summary>
public sealed record RememberedAccount(BareJid Account, ServerAddress Server, IReadOnlyList<SaltedKey> Keys);

public enum Theme { System, Light, Dark }

/// <summary>
/// What is set for this device, whoever is signed in. These are parameters, not initialized properties, because what is kept by an older version
/// lacks the newer ones: a parameter then has its default, an init property would be nothing.
/// </summary>
/// <param name="Language">"zh-Hans", "en", or null: the system's.</param>
/// <param name="TextSize">Per cent: 80 to 200.</param>
/// <param name="NotificationText">Notifications show what was written.</param>
/// <param name="CtrlEnterSends">Ctrl+Enter sends and Enter makes a line, rather than the other way round.</param>
/// <param name="StayConnected">The desktop program goes on when its window is closed, so that messages and notifications still come.</param>
/// <param name="LastUserName">The name that was typed last on the welcome page.</param>
/// <param name="LastServer">The server that was used last (desktop).</param>
/// <param name="RecentEmoji">Those chosen last, the latest first.</param>
public sealed record DeviceSettings(
    string? Language = null,
    Theme Theme = Theme.System,
    int TextSize = 100,
    bool Notifications = true,
    bool NotificationText = true,
    bool Sound = true,
    bool CtrlEnterSends = false,
    bool StayConnected = false,
    string? LastUserName = null,
    ServerAddress? LastServer = null,
    IReadOnlyList<string>? RecentEmoji = null)
{
    private const int MostRecentEmoji = 24;

    // Whoever writes the file by hand can still read the page.
    public int TextSize { get; init; } = Math.Clamp(TextSize, 80, 200);

    public DeviceSettings WithEmoji(string emoji) =>
        this with { RecentEmoji = [emoji, .. (RecentEmoji ?? []).Where(other => other != emoji).Take(MostRecentEmoji - 1)] };
}

/// <summary>Something to be told outside the window. A later one with the same <paramref name="Tag"/> takes its place.</summary>
/// <param name="Open">The address in the app that it leads to, such as <c>chat/romeo@verona.lit</c>.</param>
public sealed record Notification(string Tag, string Title, string Text, string Open);

public enum NotificationPermission { Unknown, Granted, Denied, Unsupported }

/// <summary>What differs between the hosts of the screens: a page in a browser, and a program on the desktop.</summary>
public interface IPlatform
{
    HostKind Kind { get; }

    /// <summary>The system's languages, the preferred first (BCP 47).</summary>
    IReadOnlyList<string> SystemLanguages { get; }

    /// <summary>
    /// Whether a password may be typed here: false on an http page that is not loopback, where the browser has no cryptography. Then
    /// <see cref="SecureAddress"/> leads to the same page over https, where that is known.
    /// </summary>
    bool IsSecure { get; }
    Uri? SecureAddress { get; }

    /// <summary>The web page asks its server (client.json); the desktop remembers the last. Null: the user must name it.</summary>
    /// <exception cref="HttpRequestException">The server does not answer.</exception>
    Task<ServerInfo?> GetServerAsync(CancellationToken cancellationToken);

    Dial CreateDial(ServerAddress server);

    /// <summary>PBKDF2 of the platform, or null for .NET's.</summary>
    SaltedPassword? DeriveSaltedPassword { get; }

    /// <summary>The device's store of an account. On the web only the leading tab may open it.</summary>
    /// <exception cref="StoreException">It cannot be used; a client may still run on a <see cref="MemoryStore"/>.</exception>
    Task<IClientStore> OpenStoreAsync(BareJid account, CancellationToken cancellationToken);

    Task<RememberedAccount?> LoadAccountAsync(CancellationToken cancellationToken);

    /// <summary>Keeps it as safely as the platform can; null forgets.</summary>
    Task SaveAccountAsync(RememberedAccount? account, CancellationToken cancellationToken);

    Task<DeviceSettings> LoadSettingsAsync(CancellationToken cancellationToken);

    /// <exception cref="StoreException">They could not be kept, and hold until the app ends.</exception>
    Task SaveSettingsAsync(DeviceSettings settings, CancellationToken cancellationToken);

    /// <summary>Becomes the one tab that runs the client (web; the desktop always leads). With <paramref name="takeOver"/> from another tab.</summary>
    Task<bool> TryLeadAsync(bool takeOver, CancellationToken cancellationToken);

    /// <summary>Another tab took over: stop the client.</summary>
    event Action? LeadLost;

    /// <summary>The network came or went, or the machine woke up.</summary>
    event Action? NetworkChanged;

    /// <summary>A notification was clicked; its <see cref="Notification.Open"/>.</summary>
    event Action<string>? OpenRequested;

    Task<NotificationPermission> GetNotificationPermissionAsync(CancellationToken cancellationToken);

    /// <summary>Asks the user; call it from a click.</summary>
    Task<NotificationPermission> RequestNotificationPermissionAsync(CancellationToken cancellationToken);

    Task NotifyAsync(Notification notification, CancellationToken cancellationToken);

    /// <summary>Takes back a notification (it was read elsewhere).</summary>
    Task WithdrawAsync(string tag, CancellationToken cancellationToken);

    /// <summary>Unread messages for the badge of the program's icon; 0 takes it away.</summary>
    Task SetBadgeAsync(int count, CancellationToken cancellationToken);

    /// <summary>Asks the user whether to install the page as an app; null where that is not offered. Call it from a click.</summary>
    Func<Task>? Install => null;

    /// <summary><see cref="Install"/> came or went.</summary>
    event Action? InstallChanged { add { } remove { } }

    /// <summary>Quits the program (desktop); null on the web.</summary>
    Func<Task>? Quit { get; }
}
