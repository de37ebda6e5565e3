using System.Collections;

namespace MyChat.Server.Accounts;

/// <summary>The sessions of one account, few as a rule.</summary>
public sealed class SessionList : IEnumerable<Session>
{
    private readonly List<Session> sessions = [];
    private volatile Session[] all = [];

    /// <summary>May be read from anywhere.</summary>
    public int Count => all.Length;

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

    internal void Add(Session session)
    {
        sessions.Add(session);
        Publish();
    }

    internal bool Remove(Session session)
    {
        var removed = sessions.Remove(session);
        Publish();
        return removed;
    }

    /// <summary>Sends what was written to any of them.</summary>
    internal void Flush()
    {
        foreach (var session in sessions)
        {
            session.Flush();
        }
    }

    /// <summary>Starts sending what was written so far; may be called from anywhere, and asks for nothing.</summary>
    internal void FlushOutputs()
    {
        foreach (var session in all)
        {
            session.Stream?.Output.Flush();
        }
    }

    private void Publish() => all = [.. sessions];

    public List<Session>.Enumerator GetEnumerator() => sessions.GetEnumerator();

    IEnumerator<Session> IEnumerable<Session>.GetEnumerator() => sessions.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => sessions.GetEnumerator();
}
