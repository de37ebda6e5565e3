using System.Collections;

namespace MyChat.Server.Accounts;

/// <summary>
/// The sessions of one account, few as a rule. Only the account changes the list; it changes by being replaced, so that whoever goes through it
/// sees it as it was.
/// </summary>
public sealed class SessionList : IEnumerable<Session>
{
    private volatile Session[] sessions = [];

    /// <summary>May be read from anywhere.</summary>
    public int Count => sessions.Length;

    public Session? Find(string resourcepart)
    {
        foreach (var session in sessions)
        {
            if (session.Jid.Resourcepart == resourcepart)
            {
                return session;
            }
        }
        return null;
    }

    /// <summary>The sessions that get what is sent to the bare JID (RFC 6121 §8.5.2.1).</summary>
    public IEnumerable<Session> Receiving => sessions.Where(session => session.ReceivesBare);

    public IEnumerable<Session> Available => sessions.Where(session => session.IsAvailable);

    internal void Add(Session session) => sessions = [.. sessions, session];

    internal bool Remove(Session session)
    {
        var before = sessions;
        sessions = [.. before.Where(other => other != session)];
        return sessions.Length < before.Length;
    }

    /// <summary>Sends what was written to any of them.</summary>
    internal void Flush()
    {
        foreach (var session in sessions)
        {
            session.Flush();
        }
    }

    /// <summary>The same without a look at what was written, which the account's work may be changing at this moment.</summary>
    internal void FlushOutputs()
    {
        foreach (var session in sessions)
        {
            session.Stream?.Output.Flush();
        }
    }

    public IEnumerator<Session> GetEnumerator() => ((IEnumerable<Session>)sessions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => sessions.GetEnumerator();
}
