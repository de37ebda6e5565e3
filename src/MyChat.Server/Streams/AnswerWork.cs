using MyChat.Server.Accounts;

namespace MyChat.Server.Streams;

/// <summary>
/// Answers the client's question how far we are (XEP-0198 §4): when all that came before it is handled, or, when that takes long, with the
/// count so far; the rest then follows unasked.
/// </summary>
internal sealed class AnswerWork(Session session, bool evenInPart) : IAccountWork
{
    private int _posted;

    public void Post()
    {
        if (Interlocked.Exchange(ref _posted, 1) == 0)
        {
            session.Account.Post(this);
        }
    }

    public ValueTask RunAsync(Account account)
    {
        Volatile.Write(ref _posted, 0);
        if (session.Management is { Owed: true } management)
        {
            var handled = management.Inbound.Handled;
            var isAll = unchecked((int)(handled - management.OwedUpTo)) >= 0;
            if (isAll || evenInPart)
            {
                management.Owed = !isAll;
                session.Delivery.WriteNonza(Nonzas.Answer(handled));
            }
        }
        return default;
    }

    public void Fail(Exception reason) { }

    /// <summary>The client asked: answers at once if all is handled.</summary>
    public static void Ask(Session session, uint received)
    {
        var management = session.Management!;
        management.OwedUpTo = received;
        management.Owed = true; // before the look: what finishes from now on posts an answer
        var handled = management.Inbound.Handled;
        if (unchecked((int)(handled - received)) >= 0)
        {
            management.Owed = false;
            session.Delivery.WriteNonza(Nonzas.Answer(handled));
        }
        else
        {
            session.Server.OweAnswer(session);
        }
    }
}
