using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>
/// XEP-0012: Last Activity: how long the server runs, and when a user was last there, for those who may see the user's presence. Who is
/// connected without being available counts as away: else this would tell what presence does not.
/// </summary>
[Xep(12, "2.0")]
public sealed partial class LastActivityModule : IXmppModule
{
    /// <summary>Of the document that tells when the user left.</summary>
    public const string Kind = "last-activity";
    private const int MaxStatusBytes = 1023;
    private static readonly StanzaError NotForYou = new(StanzaErrorCondition.Forbidden);
    private static readonly StanzaError NeverThere = new(StanzaErrorCondition.ItemNotFound, "This user has not been here yet.");

    /// <summary>When the last session of an account became unavailable, and what it said.</summary>
    private sealed record Leave(DateTimeOffset At, string? Status);

    public void Configure(ModuleBuilder module) => module
        .Feature(LastActivity.Ns, IqTargets.Server | IqTargets.Self | IqTargets.Contact)
        .OnIq(IqType.Get, IqTargets.Server, LastActivity.Query, AnswerUptime)
        .OnIq(IqType.Get, IqTargets.Self | IqTargets.Contact | IqTargets.Nobody, LastActivity.Query, AnswerAsync)
        .OnStanza(Direction.Inbound, HideSession)
        .OnUnavailable(Remember);

    private static ValueTask<IqReply> AnswerUptime(IqRequest request, CancellationToken cancellation) =>
        new(LastActivity.Since(request.Server.Time.GetUtcNow() - request.Server.StartedAt));

    private static async ValueTask<IqReply> AnswerAsync(IqRequest request, CancellationToken cancellation)
    {
        var account = request.Account;
        if (!account.Exists || !account.SharesPresenceWith(request.From.Bare))
        {
            return NotForYou; // §3; the same for an address that nobody has, so that asking finds out nothing
        }
        if (account.Sessions.Available.Any())
        {
            return LastActivity.Since(TimeSpan.Zero);
        }
        // The write may still be on its way, so what this process knows comes first.
        if (account.Get<Leave>() is not { } leave)
        {
            if (await request.Server.Stores.Documents.GetAsync(account.Id, Kind, "", cancellation) is not { } document)
            {
                return NeverThere;
            }
            account.Set(leave = Read(document));
        }
        return LastActivity.Since(request.Server.Time.GetUtcNow() - leave.At, leave.Status);
    }

    // §4: a request to a resource does not reach it from somebody who may not know whether it is there.
    private static StanzaError? HideSession(Account account, Jid other, Stanza stanza) =>
        stanza is Iq { Type: IqType.Get, To: FullJid } iq && iq.Payload.First == LastActivity.Query && !account.SharesPresenceWith(other.Bare)
            ? NotForYou
            : null;

    private static void Remember(Session session, Presence? last)
    {
        var account = session.Account;
        if (!account.Exists || account.Sessions.Available.Any())
        {
            return;
        }
        var status = last?.Payload.Child(XNames.Status)?.Text;
        var leave = new Leave(
            session.Server.Time.GetUtcNow(), string.IsNullOrEmpty(status) || Encoding.UTF8.GetByteCount(status) > MaxStatusBytes ? null : status);
        account.Set(leave);
        _ = SaveAsync(session, leave); // leaving does not wait for the disk, and is not undone when it fails
    }

    private static async Task SaveAsync(Session session, Leave leave)
    {
        try
        {
            await session.Server.Stores.Documents.SetAsync(session.Account.Id, Kind, "", Write(leave), CancellationToken.None, mayWait: true);
        }
        catch (Exception reason)
        {
            Log.NotSaved(session.Server.Logs.CreateLogger<LastActivityModule>(), session.Account.Jid, reason);
        }
    }

    // A line with the time, then the status as it is.
    private static byte[] Write(Leave leave) => Encoding.UTF8.GetBytes($"{leave.At.ToUnixTimeMilliseconds()}\n{leave.Status}");

    private static Leave Read(byte[] document)
    {
        var parts = Encoding.UTF8.GetString(document).Split('\n', 2);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
        return new Leave(at, parts[1].Length == 0 ? null : parts[1]);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Account}: when the user left could not be saved")]
        public static partial void NotSaved(ILogger logger, BareJid account, Exception reason);
    }
}
