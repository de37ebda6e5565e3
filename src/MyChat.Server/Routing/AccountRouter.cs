using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MyChat.Server.Accounts;
using MyChat.Xmpp.Jids;

namespace MyChat.Server.Routing;

/// <summary>Brings work to accounts, wherever they live.</summary>
public interface IAccountRouter
{
    /// <summary>Posts work to the account of a local address; never waits. The work finds out whether anybody has that address.</summary>
    void Post(BareJid account, IAccountWork work);
}

/// <summary>All accounts of one process: those in use, and the last used ones as a cache.</summary>
internal sealed class AccountRouter(BareJid domain, int cached, AccountLoader loader, ILogger<Account> log) : IAccountRouter
{
    private readonly ConcurrentDictionary<BareJid, Account> _accounts = new();
    private const int SecondsBetweenLooks = 10;
    private long _clock;
    private int _seconds;

    public int Count => _accounts.Count;

    /// <summary>Whether an address is one that accounts of this server can have.</summary>
    public bool IsLocalAccount(Jid jid) => jid.Localpart is not null && jid.Domainpart == domain.Domainpart;

    public bool IsLocal(Jid jid) => jid.Domainpart == domain.Domainpart;

    public void Post(BareJid jid, IAccountWork work)
    {
        while (!Get(jid).Post(work))
        {
            _accounts.TryRemove(jid, out _); // it retired between the look-up and the post
        }
    }

    public Task<T> AskAsync<T>(BareJid jid, Func<Account, ValueTask<T>> function)
    {
        var request = new AccountRequest<T>(function);
        Post(jid, request);
        return request.Result;
    }

    /// <summary>Completes when every account in memory has done what was posted to it before.</summary>
    public async Task SettleAsync()
    {
        var turns = new List<Task>();
        foreach (var (_, account) in _accounts)
        {
            var turn = new AccountRequest<bool>(_ => new(true));
            if (account.Post(turn))
            {
                turns.Add(turn.Result);
            }
        }
        await Task.WhenAll(turns);
    }

    /// <summary>The account if it is in memory: what is only worth telling those who are there needs no look into the database.</summary>
    public Account? FindLoaded(BareJid jid) => _accounts.GetValueOrDefault(jid);

    /// <summary>Lets go of accounts without sessions that were not used for longest, past the limit; called once a second, looks now and then.</summary>
    public void Trim()
    {
        if (cached <= 0 || ++_seconds % SecondsBetweenLooks != 0)
        {
            return;
        }
        var idle = new List<Account>();
        foreach (var (_, account) in _accounts)
        {
            if (account.Sessions.Count == 0)
            {
                idle.Add(account);
            }
        }
        foreach (var account in idle.OrderBy(account => account.LastUsed).Take(idle.Count - cached))
        {
            if (account.TryRetire())
            {
                _accounts.TryRemove(new KeyValuePair<BareJid, Account>(account.Jid, account));
            }
        }
    }

    private Account Get(BareJid jid)
    {
        var account = _accounts.TryGetValue(jid, out var found)
            ? found
            : _accounts.GetOrAdd(jid, missing => new Account(missing, loader, log));
        account.LastUsed = Interlocked.Increment(ref _clock);
        return account;
    }
}
