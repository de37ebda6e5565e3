using MyChat.Server.Routing;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;
using MyChat.Xmpp.Streams;

namespace MyChat.Server.Accounts;

public enum RegistrationOutcome { Created, NameTaken, BadName, BadPassword }

/// <summary>Makes, changes and removes accounts: in-band (XEP-0077) and by the operator's commands.</summary>
public sealed class AccountRegistry(XmppServer server)
{
    /// <summary>For new keys. RFC 7677 §4 asks for 4096 at least.</summary>
    public const int Iterations = 10_000;

    private IAccountStore Store => server.Stores.Accounts;

    public async ValueTask<RegistrationOutcome> RegisterAsync(string localpart, string password, CancellationToken cancellation)
    {
        if (!BareJid.TryCreate(localpart, server.Domain.Domainpart, out var jid) || jid.Localpart is null)
        {
            return RegistrationOutcome.BadName;
        }
        if (!SaslPassword.TryPrepare(password, out _))
        {
            return RegistrationOutcome.BadPassword;
        }
        if (await Store.FindAsync(jid.Localpart, cancellation) is not null)
        {
            return RegistrationOutcome.NameTaken; // before the keys are derived, which costs milliseconds
        }
        var keys = await DeriveAsync(password);
        // In the account's turn, so that an object standing for an address that nobody had takes notice.
        return await server.Router.AskAsync(jid, async account =>
        {
            var record = await Store.CreateAsync(jid.Localpart, keys, server.Time.GetUtcNow(), CancellationToken.None);
            if (record is null)
            {
                return RegistrationOutcome.NameTaken;
            }
            account.Reload();
            return RegistrationOutcome.Created;
        });
    }

    /// <summary>Changes the password and ends the user's other sessions; false when nobody has that name. Throws when the password is none.</summary>
    public async ValueTask<bool> SetPasswordAsync(string localpart, string password, CancellationToken cancellation, Session? keep = null)
    {
        if (!BareJid.TryCreate(localpart, server.Domain.Domainpart, out var jid) || jid.Localpart is null)
        {
            return false;
        }
        var keys = await DeriveAsync(password);
        return await server.Router.AskAsync(jid, account => SetKeysAsync(account, keys, keep));
    }

    /// <summary>Removes the account with all its data; false when nobody has that name.</summary>
    public async ValueTask<bool> DeleteAsync(string localpart, CancellationToken cancellation)
    {
        if (!BareJid.TryCreate(localpart, server.Domain.Domainpart, out var jid) || jid.Localpart is null)
        {
            return false;
        }
        return await server.Router.AskAsync(jid, DeleteAsync);
    }

    /// <summary>An account was made past this, by an import: an object standing for an address that nobody had takes notice.</summary>
    public ValueTask NoticeAsync(BareJid jid)
    {
        return server.Router.FindLoaded(jid) is null ? default : new(server.Router.AskAsync(jid, Reload));

        static ValueTask<bool> Reload(Account account)
        {
            account.Reload();
            return new(true);
        }
    }

    /// <summary>How many sessions an account has now.</summary>
    public ValueTask<int> CountSessionsAsync(BareJid jid) => new(server.Router.AskAsync(jid, account => new ValueTask<int>(account.Sessions.Count)));

    public IAsyncEnumerable<AccountRecord> ListAsync(CancellationToken cancellation) => Store.ListAsync(cancellation);

    /// <summary>The same, already in the account's turn.</summary>
    public async ValueTask<bool> SetKeysAsync(Account account, IReadOnlyList<ScramKeys> keys, Session? keep)
    {
        if (!account.Exists)
        {
            return false;
        }
        await Store.SetKeysAsync(account.Id, keys, CancellationToken.None);
        await server.Sessions.EndAllAsync(account, keep, new StreamError(StreamErrorCondition.Reset, "The password was changed."));
        return true;
    }

    /// <summary>The same, already in the account's turn: sessions end, contacts are told, then the data goes.</summary>
    public async ValueTask<bool> DeleteAsync(Account account)
    {
        if (!account.Exists)
        {
            return false;
        }
        var removed = new StreamError(StreamErrorCondition.NotAuthorized, "The account was removed.");
        await server.Sessions.EndAllAsync(account, null, removed);
        foreach (var item in account.Roster.Items)
        {
            server.Subscriptions.End(account, item);
        }
        await Store.DeleteAsync(account.Id, CancellationToken.None);
        server.EndUnbound(account.Jid, removed); // who came by keys read before they went
        account.Forget();
        return true;
    }

    /// <summary>The keys of a password, off the I/O threads. Throws <see cref="ArgumentException"/> for what cannot be a password.</summary>
    public static Task<ScramKeys[]> DeriveAsync(string password) => Task.Run(() => new[]
    {
        ScramKeys.Derive(ScramHash.Sha1, password, ScramKeys.NewSalt(), Iterations),
        ScramKeys.Derive(ScramHash.Sha256, password, ScramKeys.NewSalt(), Iterations),
    });
}
