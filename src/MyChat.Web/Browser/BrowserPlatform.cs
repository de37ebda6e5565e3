using System.Runtime.InteropServices.JavaScript;
using System.Text.Json;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Ui.App;
using MyChat.Web.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;

namespace MyChat.Web.Browser;

/// <summary>The screens' host in a browser: one page (or installed app), served by the XMPP server that it speaks to.</summary>
internal sealed class BrowserPlatform : IPlatform
{
    private readonly Uri _address = new(Page.Address());
    private ClientFacts? _facts;
    private string? _opened;
    private Action<string>? _openRequested;

    public BrowserPlatform()
    {
        Page.WatchNetwork(() => NetworkChanged?.Invoke());
        Page.WatchInstall(() => InstallChanged?.Invoke());
        Page.WatchOpen(Open);
    }

    /// <summary>Loads what the first screen needs: an insecure page leads to the secure one.</summary>
    public async Task PrepareAsync()
    {
        if (!IsSecure && await Page.LoadFactsAsync() is { } json)
        {
            _facts = Read(json);
        }
    }

    public HostKind Kind => HostKind.Web;
    public IReadOnlyList<string> SystemLanguages { get; } = Page.Languages().Split(',', StringSplitOptions.RemoveEmptyEntries);
    public bool IsSecure { get; } = Page.IsSecure();

    public Uri? SecureAddress => IsSecure ? _address
        : _facts?.HttpsPort is { } port ? new UriBuilder(_address) { Scheme = Uri.UriSchemeHttps, Port = port }.Uri : null;

    public SaltedPassword? DeriveSaltedPassword => IsSecure ? DeriveAsync : null;

    public Func<Task>? Install => Page.CanInstall() ? Page.InstallAsync : null;
    public Func<Task>? Quit => null;

    public event Action? LeadLost;
    public event Action? NetworkChanged;
    public event Action? InstallChanged;

    /// <summary>What was clicked before anybody listened is told to the first who does.</summary>
    public event Action<string>? OpenRequested
    {
        add
        {
            _openRequested += value;
            if (_opened is { } waiting)
            {
                _opened = null;
                value?.Invoke(waiting);
            }
        }
        remove => _openRequested -= value;
    }

    /// <summary>Asks the server once per page; it is the one that served it.</summary>
    public async Task<ServerInfo?> GetServerAsync(CancellationToken cancellationToken)
    {
        var facts = await GetFactsAsync(cancellationToken);
        return new ServerInfo(new ServerAddress(facts.Domain), facts.Registration == "open");
    }

    public Dial CreateDial(ServerAddress server) => async (_, cancellationToken) =>
    {
        var facts = await GetFactsAsync(cancellationToken);
        var address = new UriBuilder(new Uri(_address, facts.WebSocket)) { Scheme = _address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
        return new WebSocketTransport(address.Uri, ServerTrust.Authorities, isPrivate: Page.IsLoopback());
    };

    public async Task<IClientStore> OpenStoreAsync(BareJid account, CancellationToken cancellationToken) =>
        await IndexedDbStore.OpenAsync(account, cancellationToken);

    public async Task<RememberedAccount?> LoadAccountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Page.LoadAccountAsync() is { } json
                ? JsonSerializer.Deserialize(json, BrowserJson.Default.KeptAccount)?.ToRemembered() : null;
        }
        catch (Exception unreadable) when (unreadable is JSException or JsonException or FormatException)
        {
            return null; // the browser keeps nothing here, or another version wrote it: the user logs in
        }
    }

    public async Task SaveAccountAsync(RememberedAccount? account, CancellationToken cancellationToken)
    {
        try
        {
            await Page.SaveAccountAsync(account is null ? null : JsonSerializer.Serialize(KeptAccount.From(account), BrowserJson.Default.KeptAccount));
        }
        catch (JSException exception)
        {
            if (account is null)
            {
                throw new StoreException(exception.Message, isFull: false, exception); // who logs out must learn of it
            }
            return; // it keeps nothing: the next start asks again
        }

        if (account is not null)
        {
            _ = Page.KeepStorageAsync(); // may ask the user; nothing waits for the answer
        }
    }

    public Task<DeviceSettings> LoadSettingsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(
                Page.LoadSettings() is { } json && JsonSerializer.Deserialize(json, BrowserJson.Default.DeviceSettings) is { } settings ? settings : new());
        }
        catch (JsonException)
        {
            return Task.FromResult(new DeviceSettings()); // written by something else
        }
    }

    public Task SaveSettingsAsync(DeviceSettings settings, CancellationToken cancellationToken)
    {
        Page.SaveSettings(JsonSerializer.Serialize(settings, BrowserJson.Default.DeviceSettings));
        return Task.CompletedTask;
    }

    public Task<bool> TryLeadAsync(bool takeOver, CancellationToken cancellationToken) => Page.LeadAsync(takeOver, () => LeadLost?.Invoke());

    public Task<NotificationPermission> GetNotificationPermissionAsync(CancellationToken cancellationToken) => Task.FromResult(Permission(Page.Permission()));

    public async Task<NotificationPermission> RequestNotificationPermissionAsync(CancellationToken cancellationToken) =>
        Permission(await Page.RequestPermissionAsync());

    public Task NotifyAsync(Notification notification, CancellationToken cancellationToken) =>
        Page.NotifyAsync(notification.Tag, notification.Title, notification.Text, notification.Open);

    public Task WithdrawAsync(string tag, CancellationToken cancellationToken) => Page.WithdrawAsync(tag);

    public Task SetBadgeAsync(int count, CancellationToken cancellationToken) => Page.SetBadgeAsync(count);

    private static NotificationPermission Permission(string name) => name switch
    {
        "granted" => NotificationPermission.Granted,
        "denied" => NotificationPermission.Denied,
        "default" => NotificationPermission.Unknown,
        _ => NotificationPermission.Unsupported,
    };

    private static async ValueTask<byte[]> DeriveAsync(
        ScramHash hash, string password, ReadOnlyMemory<byte> salt, int iterations, CancellationToken cancellationToken)
    {
        var (name, bytes) = hash == ScramHash.Sha1 ? ("SHA-1", 20) : ("SHA-256", 32);
        return Convert.FromBase64String(
            await Page.DeriveKeyAsync(name, password, Convert.ToBase64String(salt.Span), iterations, bytes).WaitAsync(cancellationToken));
    }

    // The browser's own fetch: HttpClient would be 60 KB more to load.
    private async Task<ClientFacts> GetFactsAsync(CancellationToken cancellationToken) => _facts ??=
        await Page.LoadFactsAsync().WaitAsync(cancellationToken) is not { } json ? throw new HttpRequestException("The server does not answer.")
        : Read(json) ?? throw new HttpRequestException("The server's client.json is not what it should be.");

    private static ClientFacts? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BrowserJson.Default.ClientFacts);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Open(string address)
    {
        if (_openRequested is { } opened)
        {
            opened(address);
        }
        else
        {
            _opened = address;
        }
    }
}
