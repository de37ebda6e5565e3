using MyChat.Server.Modules;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Accounts;

/// <summary>
/// What a session asked that is answered beside the account's turn: one query at a time, in order, each when what the session sent before it is
/// committed. What the account's log gives is offered to the session as any message is, so that a slow reader costs a few bytes a message.
/// </summary>
internal sealed class SessionQueries(Session session)
{
    /// <summary>Queries that may wait.</summary>
    private const int MostWaiting = 20;

    /// <summary>Entries that the session was given for its queries and has not proved to have; with more, it must wait.</summary>
    private const int MostUnproven = 5000;

    private static readonly StanzaError TooMany =
        new(StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, "Too much is asked at a time; read what was given first.");

    private readonly Queue<(Iq Iq, Func<ValueTask<IqReply>> Ask, Task Committed)> _waiting = new();
    private bool _isRunning;

    /// <summary>In the account's turn.</summary>
    public void Add(Iq iq, Func<ValueTask<IqReply>> ask)
    {
        if (_waiting.Count >= MostWaiting || session.Delivery.Recalled > MostUnproven)
        {
            session.Delivery.Forward(iq.ToError(TooMany));
            return;
        }
        _waiting.Enqueue((iq, ask, session.OwnMessages.WhenFinished()));
        if (!_isRunning)
        {
            _isRunning = true;
            RunNext();
        }
    }

    private void RunNext()
    {
        if (session.HasEnded || !_waiting.TryDequeue(out var next))
        {
            _isRunning = false;
            return;
        }
        _ = Task.Run(async () =>
        {
            await next.Committed;
            var reply = await next.Ask(); // which catches, logs and answers whatever goes wrong
            session.Account.Post(new AccountAction(_ =>
            {
                try
                {
                    Give(next.Iq, reply);
                }
                finally
                {
                    RunNext();
                }
                return default;
            }));
        });
    }

    private void Give(Iq iq, IqReply reply)
    {
        if (session.HasEnded)
        {
            return;
        }
        foreach (var entry in reply.Entries)
        {
            session.Delivery.Recall(entry, reply.Form!); // entries have a form
        }
        session.Delivery.Forward(reply.To(iq));
    }
}
