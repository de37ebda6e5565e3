using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Streams;

namespace MyChat.Server.Accounts;

/// <summary>The bound on what a session keeps beside stored messages, which wait in the log.</summary>
internal sealed class OtherStanzas(Session session)
{
    /// <summary>
    /// What other stanzas than stored messages may keep in memory while they wait for proof or for the link: the presence of some 8,000 contacts,
    /// who all answer at once when somebody with so many logs in.
    /// </summary>
    private const int MostBytes = 4 * 1024 * 1024;

    private int _bytes;

    /// <summary>Takes note of what is to be kept; false when it is too much: then the stream ends, or the session that has none.</summary>
    public bool Add(Outgoing item)
    {
        if (_bytes < MostBytes)
        {
            _bytes += item.Weight;
            return true;
        }
        if (session.Stream is { } stream)
        {
            stream.End(new StreamError(StreamErrorCondition.ResourceConstraint, "The client does not confirm what it gets."), resumable: true);
        }
        else
        {
            session.Account.Post(new AccountAction(_ => session.Server.Sessions.EndAsync(session)));
        }
        return false;
    }

    public void Remove(Outgoing item) => _bytes -= item.Weight;
}
