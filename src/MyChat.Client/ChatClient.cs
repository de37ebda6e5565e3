using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Profiles;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Client;

/// <summary>What part of a <see cref="ChatClient"/> has changed; read the part's property for its new value.</summary>
[Flags]
public enum Changes
{
    None = 0,
    Status = 1,
    Contacts = 2,
    Notices = 4,
    Conversations = 8,
    Profiles = 16,
    Self = 32,
    /// <summary>The local store refuses (<see cref="ChatClient.StoreFault"/>).</summary>
    Store = 64,
}

/// <summary>
/// One account on this device: connection, friends, conversations. All properties are snapshots that never change once handed out and may be
/// read from any thread; commands may be called from any thread. Events are raised in order, outside of locks, never at the same time as
/// another of the same client; handlers return quickly.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    public ChatClient(ChatOptions options, IClientStore store) => throw new NotImplementedException();

    public BareJid Account => throw new NotImplementedException();

    /// <summary>Where the connection stands.</summary>
    public ConnectionStatus Status => throw new NotImplementedException();

    /// <summary>Why nothing is kept on this device at the moment (its storage is full, or broken), or null.</summary>
    public string? StoreFault => throw new NotImplementedException();

    /// <summary>The friends, and whoever is to become one.</summary>
    public Contacts Contacts => throw new NotImplementedException();

    /// <summary>Requests and notices that wait for the user: the verification inbox.</summary>
    public Notices Notices => throw new NotImplementedException();

    public ConversationList Conversations => throw new NotImplementedException();

    /// <summary>Names, signatures and pictures, the user's own among them.</summary>
    public ProfileBook Profiles => throw new NotImplementedException();

    /// <summary>The user's own presence, settings kept on the account, and other devices.</summary>
    public Self Self => throw new NotImplementedException();

    /// <summary>Finds people (XEP-0055).</summary>
    public PeopleSearch Search => throw new NotImplementedException();

    public event Action<Changes>? Changed { add => throw new NotImplementedException(); remove => throw new NotImplementedException(); }

    /// <summary>
    /// A new message for the user that was not seen anywhere yet, after it is stored: for notifications, and for bots. Not raised for carbons of
    /// one's own, duplicates, or history.
    /// </summary>
    public event Action<IncomingMessage>? MessageReceived { add => throw new NotImplementedException(); remove => throw new NotImplementedException(); }

    /// <summary>The salted key of the log-in that just worked: what may be kept to log in again.</summary>
    public event Action<SaltedKey>? LoggedIn { add => throw new NotImplementedException(); remove => throw new NotImplementedException(); }

    /// <summary>Loads what is stored, then connects in the background, again and again. Returns when the stored state can be shown.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Completes when the client is online; throws what stopped it for good.</summary>
    /// <exception cref="XmppException">It is <see cref="ConnectionPhase.Stopped"/>.</exception>
    public Task WhenOnlineAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Connects now rather than at <see cref="ConnectionStatus.RetryAt"/>; also after <see cref="ConnectionPhase.Stopped"/>.</summary>
    public void Retry() => throw new NotImplementedException();

    /// <summary>After a wrong password: another one.</summary>
    public void Retry(Credentials credentials) => throw new NotImplementedException();

    /// <summary>The system says that the network came or went: hurries the next attempt, or a look at whether the link lives.</summary>
    public void NetworkChanged() => throw new NotImplementedException();

    /// <summary>Makes an account (XEP-0077) without logging in.</summary>
    /// <exception cref="StanzaErrorException">Refused: <c>conflict</c>, the name is taken; <c>not-acceptable</c>, the name or password cannot be;
    /// <c>not-allowed</c>, registration is closed; <c>resource-constraint</c>, too many from this address.</exception>
    /// <exception cref="XmppException">The server cannot be reached, or is not trusted.</exception>
    public static Task RegisterAsync(ChatOptions options, string password, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Changes the password (XEP-0077 §3.3). The server ends the account's other sessions.</summary>
    /// <exception cref="StanzaErrorException">Refused.</exception>
    public Task ChangePasswordAsync(string password, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Says goodbye: unavailable, closes the stream. What waits to be sent stays in the store.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Stops, and closes the store.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
