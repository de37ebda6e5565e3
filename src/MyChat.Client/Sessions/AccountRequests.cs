using MyChat.Client.Connections;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Sessions;

/// <summary>Accounts and passwords (XEP-0077).</summary>
internal static class AccountRequests
{
    /// <summary>Reaching a server must not take longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Makes an account.</summary>
    public static Task RegisterAsync(ChatOptions options, string password, CancellationToken cancellationToken) =>
        ConnectAsync(options, (connection, token) => connection.RegisterAsync(options.Account.Localpart ?? "", password, token), cancellationToken);

    /// <summary>Asks the server for another password (§3.3).</summary>
    public static Task ChangePasswordAsync(ClientContext context, string password, CancellationToken cancellationToken)
    {
        var query = new Element(
            Registration.Query,
            new Element(Registration.Username, context.Account.Localpart),
            new Element(Registration.Password, password));
        return context.RequestAsync(new Iq { Type = IqType.Set, To = context.Account.Domain, Payload = new Payload(query) }, cancellationToken);
    }

    /// <summary>Logs in and out again beside the stream that there is, to learn the salted key of a new password; null where there is none.</summary>
    public static async Task<SaltedKey?> ProveAsync(ChatOptions options, string password, CancellationToken cancellationToken)
    {
        SaltedKey? key = null;
        await ConnectAsync(options, ProveAsync, cancellationToken).ConfigureAwait(false);
        return key;

        async Task ProveAsync(XmppConnection connection, CancellationToken token)
        {
            var logIn = new LogIn(options.Account.Localpart ?? "", password) { DeriveSaltedPassword = options.DeriveSaltedPassword };
            key = await connection.AuthenticateAsync(logIn, token).ConfigureAwait(false);
        }
    }

    public static ConnectionOptions ConnectionOptions(ChatOptions options) => new()
    {
        Domain = options.Account.Domainpart,
        Lang = options.Lang,
        AllowPlaintext = options.AllowPlaintext,
        AcknowledgeEvery = 1,
        Log = options.Log,
        Time = options.Time,
    };

    /// <summary>Opens a connection and does something on it that is not a session.</summary>
    private static async Task ConnectAsync(
        ChatOptions options, Func<XmppConnection, CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var transport = await options.Dial(0, either.Token).ConfigureAwait(false);
            await using var connection = await XmppConnection.OpenAsync(transport, ConnectionOptions(options), either.Token).ConfigureAwait(false);
            await use(connection, either.Token).ConfigureAwait(false);
            await connection.CloseAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new XmppException("The server does not answer.");
        }
        catch (Exception failure) when (failure is not (XmppException or OperationCanceledException))
        {
            throw new XmppException("The server cannot be reached.", failure);
        }
    }
}
