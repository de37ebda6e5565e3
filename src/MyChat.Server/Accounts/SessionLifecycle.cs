using System.Buffers.Text;
using System.Security.Cryptography;
using MyChat.Server.Streams;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;

namespace MyChat.Server.Accounts;

/// <summary>How sessions begin, lose their link, find it again, and end. All of it runs in the session's account.</summary>
internal sealed class SessionLifecycle(XmppServer server)
{
    private const int NameBytes = 9;
    private const int ResumptionBytes = 18;

    /// <summary>
    /// Binds a resource (RFC 6120 §7). Where it is taken, the older session is ended with conflict: it is as a rule the same device come back
    /// (§7.7.2.2, first way). The reply is the session, or the error.
    /// </summary>
    public async ValueTask<(Session? Session, StanzaError? Error)> BindAsync(Account account, ClientStream stream, string? resource)
    {
        if (!account.Exists)
        {
            return (null, new StanzaError(StanzaErrorCondition.NotAuthorized)); // removed since it logged in
        }
        resource = string.IsNullOrEmpty(resource) ? NewName(NameBytes) : resource;
        if (!account.Jid.TryWithResource(resource, out var jid))
        {
            return (null, new StanzaError(StanzaErrorCondition.BadRequest, "That is no resource name (RFC 7622 §3.4)."));
        }
        if (account.Sessions.Find(jid.Resourcepart) is { } older)
        {
            older.Stream?.End(new StreamError(StreamErrorCondition.Conflict, "The same resource logged in again."), resumable: false);
            await EndAsync(older);
        }
        var most = server.Options.Limits.SessionsPerAccount;
        if (most > 0 && account.Sessions.Count >= most)
        {
            return (null, new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, $"An account has at most {most} sessions."));
        }
        var session = new Session(account, jid, server, stream) { Since = server.Time.GetUtcNow() };
        account.Sessions.Add(session);
        return (session, null);
    }

    /// <summary>The session's connection ended. With stream management the session waits for a while to be resumed.</summary>
    /// <param name="closed">Whether the client closed its stream, rather than vanished.</param>
    public ValueTask LoseLinkAsync(Session session, ClientStream stream, bool closed, bool resumable)
    {
        if (session.Stream != stream)
        {
            return default; // it was resumed elsewhere, or ended
        }
        if (closed)
        {
            session.Delivery.ProveFlushed();
        }
        if (closed || !resumable || session.Management?.ResumptionId is null || server.Options.Limits.ResumeSeconds <= 0)
        {
            return EndAsync(session);
        }
        session.Detach(server.Time.GetUtcNow());
        server.MarkDetached(session);
        return default;
    }

    /// <summary>The session that this id resumes, or null (XEP-0198 §5).</summary>
    public static Session? FindResumable(Account account, string id)
    {
        foreach (var session in account.Sessions)
        {
            if (session.Management?.ResumptionId is { } resumption
                && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(resumption), System.Text.Encoding.UTF8.GetBytes(id)))
            {
                return session;
            }
        }
        return null;
    }

    /// <summary>Puts a session without link on a new stream; false when the client claims more than it was sent.</summary>
    public bool Resume(Session session, ClientStream stream, uint h)
    {
        if (!session.Delivery.Acknowledge(h))
        {
            return false;
        }
        server.UnmarkDetached(session);
        session.Attach(stream);
        session.Delivery.Restart(Nonzas.Resumed(session.Management!));
        foreach (var handler in server.Modules.ResumedHandlers)
        {
            handler(session);
        }
        return true;
    }

    /// <summary>
    /// Ends a session: its contacts are told, requests it may not have seen are answered, and messages it did not prove to have go to the
    /// user's other sessions, or wait in the log.
    /// </summary>
    public ValueTask EndAsync(Session session)
    {
        var account = session.Account;
        if (!account.Sessions.Remove(session))
        {
            return default;
        }
        session.MarkEnded();
        server.UnmarkDetached(session);
        server.Presences.BecomeUnavailable(session);
        var (entries, stanzas) = session.Delivery.Abandon();
        var free = entries.Where(account.Mailbox.LetGo).Distinct().Order().ToArray();
        if (free.Length > 0)
        {
            foreach (var other in account.Sessions.Receiving)
            {
                other.Delivery.OfferWaiting(free);
            }
        }
        foreach (var request in stanzas.OfType<Iq>().Where(iq => iq.Type is IqType.Get or IqType.Set && iq.From is FullJid))
        {
            server.Answer(request, new StanzaError(StanzaErrorCondition.ServiceUnavailable)); // RFC 6120 §8.2.3
        }
        return default;
    }

    /// <summary>Ends all sessions of an account but one, and whatever is about to become one, with a stream error.</summary>
    public async ValueTask EndAllAsync(Account account, Session? except, StreamError error)
    {
        server.EndUnbound(account.Jid, error);
        foreach (var session in account.Sessions.ToArray())
        {
            if (session != except)
            {
                session.IsRevoked = true;
                session.Stream?.End(error, resumable: false);
                await EndAsync(session);
            }
        }
    }

    /// <summary>A name that nobody can guess.</summary>
    public static string NewResumptionId() => NewName(ResumptionBytes);

    private static string NewName(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
