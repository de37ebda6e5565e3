using Microsoft.Extensions.Logging;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Server.Streams;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Server.Routing;

/// <summary>Brings a request to its one answerer, or to the session that it is for (RFC 6120 §10, RFC 6121 §8.5). No request stays unanswered.</summary>
internal sealed partial class IqRouting(XmppServer server)
{
    private static readonly StanzaError NobodyAnswers = new(StanzaErrorCondition.ServiceUnavailable);
    private readonly ILogger<IqRouting> _log = server.Logs.CreateLogger<IqRouting>();

    /// <summary>In the account of the sender.</summary>
    public async ValueTask LeaveAsync(StanzaTransit transit, Account account, Iq iq)
    {
        var session = transit.Sender;
        if (iq.Defect is { } defect)
        {
            Reply(session, iq, new StanzaError(defect));
            transit.Finish();
            return;
        }
        var to = iq.To;
        if (to is not null && ModuleTable.Guard(server.Modules.OutboundGuards, account, to, iq) is { } error)
        {
            Reply(session, iq, error);
            transit.Finish();
            return;
        }
        if (to is null || to.Equals(account.Jid) || to.Equals(server.Domain))
        {
            var target = to is not null && to.Equals(server.Domain) ? IqTargets.Server : IqTargets.Self;
            await AnswerHereAsync(session, account, iq, target);
            transit.Finish();
        }
        else if (server.Router.IsLocalAccount(to))
        {
            transit.GoTo(to.Bare);
        }
        else
        {
            Reply(session, iq, server.Router.IsLocal(to) ? NobodyAnswers : new StanzaError(StanzaErrorCondition.RemoteServerNotFound));
            transit.Finish();
        }
    }

    /// <summary>In the account that it is addressed to.</summary>
    public async ValueTask ArriveAsync(StanzaTransit transit, Account account, Iq iq)
    {
        if (account.Exists && ModuleTable.Guard(server.Modules.InboundGuards, account, iq.From!, iq) is { } error)
        {
            XmppServer.Refuse(transit.Sender, iq, error);
            return;
        }
        if (iq.To is FullJid full)
        {
            if (account.Sessions.Find(full.Resourcepart) is { } session)
            {
                session.Forward(iq);
            }
            else
            {
                XmppServer.Refuse(transit.Sender, iq, NobodyAnswers); // RFC 6121 §8.5.3.2.3
            }
            return;
        }
        if (iq.Type is IqType.Get or IqType.Set)
        {
            var target = account.Exists ? IqTargets.Contact : IqTargets.Nobody;
            var reply = await AskAsync(new IqRequest(server, iq, target, account, null), FindHandler(iq, target, out _));
            transit.Sender.Tell(reply.To(iq));
        }
    }

    private async ValueTask AnswerHereAsync(Session session, Account account, Iq iq, IqTargets target)
    {
        if (iq.Type is IqType.Get or IqType.Set)
        {
            var request = new IqRequest(server, iq, target, account, session);
            var handler = FindHandler(iq, target, out var isBeside);
            if (isBeside)
            {
                session.Queries.Add(iq, () => AskAsync(request, handler));
                return;
            }
            var reply = await AskAsync(request, handler);
            session.Send(reply.To(iq));
        }
        else if (ProofQuestion.TryReadAnswer(iq, out var question))
        {
            session.Delivery.Prove(question);
        }
        else
        {
            server.Modules.Answered(session, iq);
        }
    }

    private IqHandler? FindHandler(Iq iq, IqTargets target, out bool isBeside) =>
        server.Modules.FindIq(iq.Type, target, iq.Payload.First, out isBeside);

    private async ValueTask<IqReply> AskAsync(IqRequest request, IqHandler? handler)
    {
        if (handler is null)
        {
            return NobodyAnswers;
        }
        try
        {
            return await handler(request, CancellationToken.None);
        }
        catch (Exception reason)
        {
            Log.HandlerFailed(_log, request.Iq.Payload.First.ToString(), reason);
            return new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.InternalServerError);
        }
    }

    private static void Reply(Session session, Iq iq, StanzaError error)
    {
        if (iq.Type is not (IqType.Result or IqType.Error))
        {
            session.Send(iq.ToError(error));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "the handler of {Payload} failed")]
        public static partial void HandlerFailed(ILogger logger, string payload, Exception reason);
    }
}
