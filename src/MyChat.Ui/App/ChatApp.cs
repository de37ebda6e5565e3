using System.Net.Http;
using MyChat.Client;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Ui.Language;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.App;

/// <summary>What the app as a whole shows.</summary>
public enum AppPhase
{
    Starting,
    /// <summary>Log in or register.</summary>
    Welcome,
    SignedIn,
    /// <summary>Another tab runs the client.</summary>
    OpenElsewhere,
}

/// <summary>
/// The app behind the screens, one per process: settings, language, who is signed in, what is open, and what is told outside of the window. It
/// outlives the windows that show it. All of it may be called from any thread; events are raised on any thread.
/// </summary>
public sealed class ChatApp : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly List<AppWindow> _windows = [];
    private readonly Notifier _notifier;
    private Task? _start;
    private Account? _account;

    public ChatApp(IPlatform platform, TimeProvider time)
    {
        Platform = platform;
        Time = time;
        Words = Words.For(null, platform.SystemLanguages);
        Navigation.Changed += Raise;
        _notifier = new Notifier(this);
    }

    public IPlatform Platform { get; }
    public TimeProvider Time { get; }
    public AppPhase Phase { get; private set; } = AppPhase.Starting;
    public DeviceSettings Settings { get; private set; } = new();

    /// <summary>The texts in the language that is set.</summary>
    public Words Words { get; private set; }

    /// <summary>What the main window shows.</summary>
    public Navigation Navigation { get; } = new();

    /// <summary>The account that is signed in, or null.</summary>
    public ChatClient? Client => _account?.Client;

    /// <summary>Where <see cref="Client"/> connects.</summary>
    public ServerAddress? Server => _account?.Server;

    /// <summary>The store of this device could not be opened, so nothing is kept; the cause.</summary>
    public string? StoreFault => _account?.StoreFault ?? Client?.StoreFault;

    /// <summary>A word on something that just happened; it never is the only place to learn of it.</summary>
    public string? Hint { get; private set; }

    public DateTimeOffset Now => Time.GetLocalNow();

    /// <summary>Whether a window can be seen: presence is worth sending then (XEP-0352), also to a window that lacks the focus.</summary>
    public bool IsVisible
    {
        get
        {
            lock (_lock)
            {
                return _windows.Exists(window => window.IsVisible);
            }
        }
    }

    /// <summary>Phase, settings, language, navigation, or who is signed in.</summary>
    public event Action? Changed;

    /// <summary>Something new was told outside of the window, and the user wants to hear of it.</summary>
    public event Action? Rang;

    /// <summary>Something of <see cref="Client"/>.</summary>
    public event Action<Changes>? ClientChanged;

    /// <summary>Starts once, however often it is called.</summary>
    public Task StartAsync()
    {
        lock (_lock)
        {
            return _start ??= StartOnceAsync();
        }
    }

    /// <summary>Becomes the leading tab, taking over from another.</summary>
    public Task UseHereAsync() => TakeTurnAsync(() => LeadAsync(takeOver: true));

    /// <summary>Logs in; returns when the account is online and shown.</summary>
    /// <exception cref="SignInException">It did not work; says why.</exception>
    public Task SignInAsync(SignIn signIn, CancellationToken cancellationToken = default) =>
        TakeTurnAsync(() => SignInOnceAsync(signIn, null, cancellationToken));

    /// <summary>Makes an account, logs in and publishes the display name.</summary>
    /// <exception cref="StanzaErrorException">Refused, see <see cref="ChatClient.RegisterAsync"/>.</exception>
    /// <exception cref="XmppException">The server cannot be reached, or is not trusted.</exception>
    /// <exception cref="SignInException">The account was made, but the log-in did not work.</exception>
    public Task RegisterAsync(SignIn signIn, string displayName, CancellationToken cancellationToken = default) => TakeTurnAsync(async () =>
    {
        var options = Account.MakeOptions(this, signIn.Account, new Credentials(signIn.Password), signIn.Server);
        await ChatClient.RegisterAsync(options, signIn.Password, cancellationToken);
        await SignInOnceAsync(signIn, displayName, cancellationToken);
    });

    /// <summary>Signs out; the next start asks for the password. With <paramref name="forget"/> this device forgets the history too.</summary>
    public Task SignOutAsync(bool forget) => TakeTurnAsync(async () =>
    {
        // The key goes first: however this ends, whoever opens the app next has to log in.
        await TryForgetAsync(() => _account?.RememberLogInAsync(false, _end.Token) ?? Platform.SaveAccountAsync(null, _end.Token));
        Navigation.Reset();
        Phase = AppPhase.Welcome;
        Raise();
        await TryForgetAsync(() => CloseAccountAsync(forget));
    });

    /// <summary>The user trusts the certificate with this SHA-256 fingerprint for the server of the account, from now on.</summary>
    public async Task TrustCertificateAsync(byte[] sha256)
    {
        if (_account is { } account)
        {
            await account.TrustAsync(sha256);
        }
    }

    /// <summary>Changes what is set for this device, at once. Where it cannot be kept it says so.</summary>
    public async Task ChangeSettingsAsync(Func<DeviceSettings, DeviceSettings> change)
    {
        lock (_lock)
        {
            Settings = change(Settings);
            Words = Words.For(Settings.Language, Platform.SystemLanguages);
        }

        Raise();
        try
        {
            await Platform.SaveSettingsAsync(Settings, _end.Token);
        }
        catch (StoreException exception)
        {
            Tell(Words.Errors.Settings(exception.Message));
        }
    }

    /// <summary>A window shows the app. Dispose it when the window goes.</summary>
    /// <param name="chat">The one chat of a window of its own, or null for the main window.</param>
    public AppWindow OpenWindow(BareJid? chat)
    {
        var window = new AppWindow(this, chat);
        lock (_lock)
        {
            _windows.Add(window);
        }

        return window;
    }

    /// <summary>Whether the user looks at this chat now.</summary>
    public bool IsSeen(BareJid chat)
    {
        lock (_lock)
        {
            return _windows.Exists(window => window.IsFocused && chat.Equals(window.VisibleChat));
        }
    }

    /// <summary>Shows a hint for a few seconds.</summary>
    public void Tell(string? hint)
    {
        Hint = hint;
        Raise();
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        await _end.CancelAsync();
        Platform.LeadLost -= OnLeadLost;
        Platform.NetworkChanged -= OnNetworkChanged;
        Platform.OpenRequested -= Navigation.Open;
        await TakeTurnAsync(() => CloseAccountAsync(forget: false));
        _turn.Dispose();
        _end.Dispose();
    }

    internal void OnAttentionChanged()
    {
        Client?.Self.SetActive(IsVisible);
        _notifier.Refresh();
    }

    internal void OnWindowClosed(AppWindow window)
    {
        lock (_lock)
        {
            _windows.Remove(window);
        }

        OnAttentionChanged();
    }

    internal void Raise() => Changed?.Invoke();

    internal void Ring()
    {
        if (Settings.Sound)
        {
            Rang?.Invoke();
        }
    }

    internal void OnClientChanged(Changes changes)
    {
        _notifier.Refresh();
        ClientChanged?.Invoke(changes);
    }

    private async Task StartOnceAsync()
    {
        Settings = await Platform.LoadSettingsAsync(_end.Token);
        Words = Words.For(Settings.Language, Platform.SystemLanguages);
        Platform.LeadLost += OnLeadLost;
        Platform.NetworkChanged += OnNetworkChanged;
        Platform.OpenRequested += Navigation.Open;
        Raise();
        await TakeTurnAsync(() => LeadAsync(takeOver: false));
    }

    private async Task LeadAsync(bool takeOver)
    {
        if (!await Platform.TryLeadAsync(takeOver, _end.Token))
        {
            Phase = AppPhase.OpenElsewhere;
        }
        else if (await Platform.LoadAccountAsync(_end.Token) is { } remembered)
        {
            _account = await Account.OpenAsync(this, remembered.Account, new Credentials(remembered.Keys), remembered.Server, _end.Token);
            _account.Remember(remembered.Keys);
            Enter();
        }
        else
        {
            Phase = AppPhase.Welcome;
        }

        Raise();
    }

    private async Task SignInOnceAsync(SignIn signIn, string? displayName, CancellationToken cancellationToken)
    {
        await CloseAccountAsync(forget: false);
        var account = await Account.OpenAsync(this, signIn.Account, new Credentials(signIn.Password), signIn.Server, cancellationToken);
        try
        {
            await account.WhenOnlineAsync(cancellationToken);
            if (displayName is not null)
            {
                await account.PublishNameAsync(displayName, cancellationToken);
            }

            await account.RememberLogInAsync(signIn.Remember, cancellationToken);
        }
        catch
        {
            await account.DisposeAsync();
            throw;
        }

        _account = account;
        await ChangeSettingsAsync(settings => settings with
        {
            LastUserName = signIn.Account.Localpart,
            LastServer = Platform.Kind == HostKind.Desktop ? signIn.Server : null,
        });
        Enter();
        Raise();
    }

    private void Enter()
    {
        Phase = AppPhase.SignedIn;
        _notifier.Watch(Client);
        OnAttentionChanged();
    }

    private async Task CloseAccountAsync(bool forget)
    {
        if (_account is { } account)
        {
            _notifier.Watch(null);
            _account = null;
            await account.CloseAsync(forget);
        }
    }

    private async Task TryForgetAsync(Func<Task> forget)
    {
        try
        {
            await forget();
        }
        catch (StoreException exception)
        {
            Tell(Words.Errors.NotForgotten(exception.Message));
        }
    }

    private void OnLeadLost() => _ = TakeTurnAsync(async () =>
    {
        Phase = AppPhase.OpenElsewhere;
        Raise();
        await CloseAccountAsync(forget: false);
    });

    private void OnNetworkChanged() => Client?.NetworkChanged();

    private async Task TakeTurnAsync(Func<Task> work)
    {
        await _turn.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            _turn.Release();
        }
    }
}
