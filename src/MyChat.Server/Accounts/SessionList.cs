using System.Collections;

namespace MyChat.Server.Accounts;

/// <summary>
/// The sessions of one account, few as a rule. Only the account changes the list; it changes by being replaced, so that whoever goes through it
/// sees it as it was.
/// </summary>
public sealed class SessionList : IEnumerable<Session>
{
    private volatile Session[] _sessions = [];

    /// <summary>May be read from anywhere.</summary>
    public int Count => _sessions.Length;

    public Session? Find(string resourcepart)
    {
        foreach (var session in _sessions)
        {
            if (session.Jid.Resourcepart == resourcepart)
            {
                return session;
            }
        }
        return null;
    }

    /// <summary>The sessions that get what is sent to the bare JID (RFC 6121 §8.5.2.1).</summary>
    public IEnumerable<Session> Receiving => _sessions.Where(session => session.ReceivesBare);

    public IEnumerable<Session> Available => _sessions.Where(session => session.IsAvailable);

    internal void Add(Session session) => _sessions = [.. _sessions, session];

    internal bool Remove(Session session)
    {
        var before = _sessions;
        _sessions = [.. before.Where(other => other != session)];
        return _sessions.Length < before.Length;
    }

    /// <summary>Sends what was written to any of them.</summary>
    internal void Flush()
    {
        foreach (var session in _sessions)
        {
            session.Flush();
        }
    }

    /// <summary>The same without a look at what was written, which the account's work may be changing at this moment.</summary>
    internal void FlushOutputs()
    {
        foreach (var session in _sessions)
        {
            session.Stream?.Output.Flush();
        }
    }

    public IEnumerator<Session> GetEnumerator() => ((IEnumerable<Session>)_sessions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _sessions.GetEnumerator();
}
