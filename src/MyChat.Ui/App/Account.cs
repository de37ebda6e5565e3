using MyChat.Client;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Ui.App;

/// <summary>The account that is signed in: its client, its store on this device, and what the device remembers of it.</summary>
internal sealed class Account : IAsyncDisposable
{
    private readonly ChatApp _app;
    private readonly IClientStore _store;
    private readonly List<SaltedKey> _keys = [];
    private Dial _dial;
    private bool _remember;

    private Account(ChatApp app, BareJid jid, Credentials credentials, ServerAddress server, IClientStore store)
    {
        _app = app;
        _store = store;
        Server = server;
        _dial = app.Platform.CreateDial(server);
        // The address may change under the client, when the user trusts another certificate.
        var options = MakeOptions(app, jid, credentials, server) with { Dial = (attempt, cancellationToken) => _dial(attempt, cancellationToken) };
        Client = new ChatClient(options, store);
        Client.LoggedIn += OnLoggedIn;
        Client.Changed += app.OnClientChanged;
    }

    public ChatClient Client { get; }
    public ServerAddress Server { get; private set; }

    /// <summary>Why the history is not kept on this device, or null.</summary>
    public string? StoreFault { get; private init; }

    public static ChatOptions MakeOptions(ChatApp app, BareJid jid, Credentials credentials, ServerAddress server) => new()
    {
        Account = jid,
        Credentials = credentials,
        Dial = app.Platform.CreateDial(server),
        DeriveSaltedPassword = app.Platform.DeriveSaltedPassword,
        Lang = app.Words.Tag,
        Time = app.Time,
    };

    /// <summary>Opens the store and starts the client; it connects in the background.</summary>
    public static async Task<Account> OpenAsync(
        ChatApp app, BareJid jid, Credentials credentials, ServerAddress server, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(await app.Platform.OpenStoreAsync(jid, cancellationToken), null);
        }
        catch (StoreException exception)
        {
            return await StartAsync(new MemoryStore(), exception.Message);
        }

        async Task<Account> StartAsync(IClientStore store, string? fault)
        {
            var account = new Account(app, jid, credentials, server, store) { StoreFault = fault };
            try
            {
                await account.Client.StartAsync(cancellationToken);
                return account;
            }
            catch
            {
                await account.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Waits for the first log-in.</summary>
    /// <exception cref="SignInException">The first attempt failed.</exception>
    public async Task WhenOnlineAsync(CancellationToken cancellationToken)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(Changes changes)
        {
            if (Client.Status.Phase is ConnectionPhase.Stopped or ConnectionPhase.Waiting || Client.Status.IsOnline)
            {
                settled.TrySetResult();
            }
        }

        Client.Changed += Look;
        Look(Changes.Status);
        try
        {
            await settled.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Client.Changed -= Look;
        }

        if (!Client.Status.IsOnline)
        {
            throw new SignInException(Client.Status);
        }
    }

    /// <summary>A new account's display name. When it does not get through, the user is told where to set it.</summary>
    public async Task PublishNameAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await Client.Profiles.PublishAsync(Client.Profiles.Own with { Name = name }, cancellationToken);
        }
        catch (XmppException)
        {
            _app.Tell(_app.Words.Welcome.NameNotSaved);
        }
    }

    /// <summary>The keys that the device already keeps.</summary>
    public void Remember(IEnumerable<SaltedKey> keys)
    {
        _remember = true;
        _keys.AddRange(keys);
    }

    /// <summary>Keeps, or does not keep, what is needed to log in without the password.</summary>
    public async Task RememberLogInAsync(bool remember, CancellationToken cancellationToken)
    {
        _remember = remember;
        if (remember && _keys.Count == 0)
        {
            return; // They come with LoggedIn.
        }

        await _app.Platform.SaveAccountAsync(remember ? new RememberedAccount(Client.Account, Server, [.. _keys]) : null, cancellationToken);
    }

    public async Task TrustAsync(byte[] sha256)
    {
        Server = Server with { TrustedCertificate = sha256 };
        _dial = _app.Platform.CreateDial(Server);
        Client.Retry();
        await _app.ChangeSettingsAsync(settings => settings with { LastServer = Server });
        if (_remember)
        {
            await RememberLogInAsync(true, CancellationToken.None);
        }
    }

    /// <summary>Says goodbye; with <paramref name="forget"/> the device's history of the account goes.</summary>
    public async Task CloseAsync(bool forget)
    {
        _remember = false;
        await Client.StopAsync();
        try
        {
            if (forget)
            {
                await _store.ClearAsync(CancellationToken.None);
            }
        }
        finally
        {
            await DisposeAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        Client.LoggedIn -= OnLoggedIn;
        Client.Changed -= _app.OnClientChanged;
        return Client.DisposeAsync();
    }

    private void OnLoggedIn(SaltedKey key)
    {
        // A new password has another salt: the old key is worth nothing then.
        _keys.Clear();
        _keys.Add(key);
        if (_remember)
        {
            _ = RememberLogInAsync(true, CancellationToken.None);
        }
    }
}
