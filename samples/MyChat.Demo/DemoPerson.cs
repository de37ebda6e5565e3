using Microsoft.Extensions.Logging.Abstractions;
using MyChat.Client;
using MyChat.Client.Connections;
using MyChat.Client.Profiles;
using MyChat.Client.Sessions;
using MyChat.Desktop.Data;
using MyChat.Desktop.Vault;
using MyChat.Ui.App;
using MyChat.Xmpp.Jids;

namespace MyChat.Demo;

/// <summary>One of the two who chat: an account, and the data folder of the desktop program that will be signed in to it.</summary>
internal sealed class DemoPerson : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly ServerAddress _server;
    private readonly List<SaltedKey> _keys = [];

    private DemoPerson(DataFolder folder, ServerAddress server, ChatClient client)
    {
        (_folder, _server, Client) = (folder, server, client);
        client.LoggedIn += _keys.Add;
    }

    public ChatClient Client { get; }

    public BareJid Account => Client.Account;

    /// <summary>Makes the account, logs in, and publishes the name.</summary>
    public static async Task<DemoPerson> RegisterAsync(
        DemoServer server, string directory, string userName, string name, string password, CancellationToken cancellationToken)
    {
        var account = BareJid.Parse($"{userName}@{DemoServer.Domain}");
        var folder = new DataFolder(directory);
        var address = new ServerAddress(DemoServer.Domain) { Host = "127.0.0.1", Port = server.Port, TrustedCertificate = server.Fingerprint };
        var options = new ChatOptions
        {
            Account = account,
            Credentials = new Credentials(password),
            Dial = (_, _) => ValueTask.FromResult<ClientTransport>(new TcpTransport(
                "127.0.0.1", server.Port, DemoServer.Domain, TlsMode.StartTls, ServerTrust.Fingerprint(server.Fingerprint))),
        };
        await ChatClient.RegisterAsync(options, password, cancellationToken);
        // The desktop's own store: the conversation is there when its window opens.
        var store = SqliteStore.Open(folder.DatabaseFile(account), TimeProvider.System);
        var person = new DemoPerson(folder, address, new ChatClient(options, store));
        await person.Client.StartAsync(cancellationToken);
        await person.Client.WhenOnlineAsync(cancellationToken);
        await person.Client.Profiles.PublishAsync(new Profile(name, null, null), cancellationToken);
        return person;
    }

    /// <summary>Waits until something about the account is so.</summary>
    public async Task WhenAsync(Func<ChatClient, bool> isSo, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Client.Changed += Look;
        try
        {
            Look(Changes.None);
            await done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Client.Changed -= Look;
        }

        void Look(Changes changes)
        {
            if (isSo(Client))
            {
                done.TrySetResult();
            }
        }
    }

    /// <summary>Leaves the account to the desktop program, which will be signed in at its start.</summary>
    public async Task HandOverAsync(CancellationToken cancellationToken)
    {
        await Client.DisposeAsync();
        var vault = new AccountVault(null, new FileSecrets(_folder.AccountFile), NullLogger<AccountVault>.Instance);
        await vault.SaveAsync(new RememberedAccount(Account, _server, _keys), cancellationToken);
        new SettingsFile(_folder.SettingsFile, NullLogger<SettingsFile>.Instance)
            .Save(new DeviceSettings { LastServer = _server, LastUserName = Account.Localpart });
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
