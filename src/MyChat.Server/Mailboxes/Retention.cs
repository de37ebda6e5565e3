using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using MyChat.Server.Accounts;
using MyChat.Xmpp.Jids;

namespace MyChat.Server.Mailboxes;

/// <summary>What is to be removed.</summary>
/// <param name="Rule">What is too old.</param>
/// <param name="Account">Of this account only; null is of all.</param>
/// <param name="IsTrial">Only counts what would go.</param>
public sealed record PruneRequest(RetentionRule Rule, BareJid? Account = null, bool IsTrial = false);

/// <summary>How far a pruning is.</summary>
/// <param name="Accounts">Accounts that were looked at.</param>
/// <param name="Entries">Entries that were removed from logs.</param>
/// <param name="Bytes">What mailboxes are smaller by; the database's file does not shrink, but has room.</param>
public readonly record struct PruneProgress(int Accounts, long Entries, long Bytes);

/// <summary>
/// Removes what is too old to be kept: a few entries at a time, so that nobody's messages wait for it, each account's in its own turn, so that
/// what is in memory stays right. What nobody proved to have is kept, however old. Once an hour it does what <c>History:KeepDays</c> and
/// <c>History:KeepMessages</c> say.
/// </summary>
public sealed partial class Retention : IDisposable
{
    private const int EntriesPerStep = 200;
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly XmppServer _server;
    private readonly ILogger<Retention> _log;
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _timer;
    private Task _running = Task.CompletedTask;

    internal Retention(XmppServer server) => (_server, _log) = (server, server.Logs.CreateLogger<Retention>());

    /// <summary>What the configuration lets go at this moment.</summary>
    public RetentionRule Rule
    {
        get
        {
            var history = _server.Options.History;
            return new RetentionRule(history.KeepDays > 0 ? _server.Time.GetUtcNow().AddDays(-history.KeepDays) : null, history.KeepMessages);
        }
    }

    /// <summary>Removes from logs what a rule lets go; may be called while the server serves, and when it does not.</summary>
    /// <param name="request">What of whom; an account that does not exist has nothing to remove.</param>
    /// <param name="progress">Told after each account.</param>
    /// <param name="cancellation">Ends it after a few entries; what is removed stays so.</param>
    public async Task<PruneProgress> PruneAsync(PruneRequest request, IProgress<PruneProgress>? progress, CancellationToken cancellation)
    {
        var done = new PruneProgress();
        if (request.Rule.RemovesNothing)
        {
            return done;
        }
        await foreach (var account in AccountsAsync(request.Account, cancellation))
        {
            if (BareJid.TryCreate(account.Localpart, _server.Domain.Domainpart, out var jid))
            {
                done = await PruneAsync(jid, account.Id, request, done, cancellation);
            }
            done = done with { Accounts = done.Accounts + 1 };
            progress?.Report(done);
        }
        return done;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _stop.Dispose();
    }

    internal void Start() => _timer ??= _server.Time.CreateTimer(_ => Run(), null, FirstAfter, Every);

    internal async Task StopAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
        await _stop.CancelAsync();
        await _running;
    }

    private async IAsyncEnumerable<AccountRecord> AccountsAsync(BareJid? only, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (only is null)
        {
            await foreach (var account in _server.Stores.Accounts.ListAsync(cancellation))
            {
                yield return account;
            }
        }
        else if (await _server.Stores.Accounts.FindAsync(only.Localpart!, cancellation) is { } account) // a user's: it has a localpart
        {
            yield return account;
        }
    }

    private async Task<PruneProgress> PruneAsync(BareJid jid, long account, PruneRequest request, PruneProgress done, CancellationToken cancellation)
    {
        long? after = 0;
        while (after is { } from)
        {
            var old = await _server.Stores.Archive.FindOldAsync(account, request.Rule, from, EntriesPerStep, cancellation);
            if (old.Ids.Count > 0)
            {
                var bytes = request.IsTrial ? old.Bytes : await _server.Router.AskAsync(jid, owner => RemoveAsync(owner, account, old.Ids));
                done = done with { Entries = done.Entries + old.Ids.Count, Bytes = done.Bytes + bytes };
            }
            after = old.Next;
        }
        return done;
    }

    private async ValueTask<long> RemoveAsync(Account owner, long account, IReadOnlyList<long> ids)
    {
        if (owner.Id != account)
        {
            return 0; // deleted meanwhile
        }
        var bytes = await _server.Stores.Archive.RemoveAsync(account, ids, CancellationToken.None);
        owner.Mailbox.AddBytes(-bytes);
        _server.MarkChanged(owner);
        return bytes;
    }

    private void Run()
    {
        if (_running.IsCompleted && !_stop.IsCancellationRequested && !Rule.RemovesNothing)
        {
            _running = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            var done = await PruneAsync(new PruneRequest(Rule), null, _stop.Token);
            if (done.Entries > 0)
            {
                Log.Pruned(_log, done.Entries, done.Bytes / 1_048_576);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; the rest goes another time.
        }
        catch (Exception reason)
        {
            Log.Failed(_log, reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Entries} entries of history were older than is kept and are gone, {Megabytes} MB")]
        public static partial void Pruned(ILogger logger, long entries, long megabytes);

        [LoggerMessage(Level = LogLevel.Error, Message = "old history could not be removed; it is tried again in an hour")]
        public static partial void Failed(ILogger logger, Exception reason);
    }
}
