using MyChat.Client.Roster;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Sessions;

/// <summary>
/// Answers questions about this client: to the server, to the user's own devices and to those who see the user's presence. A stranger hears what
/// it would hear if nobody were here: <c>service-unavailable</c> (RFC 6121 §8.5.3.2.3).
/// </summary>
internal sealed class SelfAnswers(ClientContext context)
{
    /// <summary>Null where there is nothing to say.</summary>
    /// <param name="idle">For how long nobody has looked at the client.</param>
    public Iq? Answer(Iq request, ClientInfo info, TimeSpan idle)
    {
        if (request is not { Type: IqType.Get, Defect: null } || !MayAsk(request.From) || request.Payload.Elements is not [var query])
        {
            return null;
        }
        if (query.Name == Disco.Info)
        {
            // XEP-0115 §6.2: at the node that was told with presence, which the answer says again.
            return query["node"] is { } node && node != info.Node
                ? (Iq)request.ToError(new StanzaError(StanzaErrorCondition.ItemNotFound))
                : request.ToResult(info.Info.With(("node", query["node"])));
        }
        if (query.Name == Ping.Query)
        {
            return request.ToResult();
        }
        if (query.Name == SoftwareVersion.Query)
        {
            // No operating system: it is nobody's business.
            return request.ToResult(new Element(
                SoftwareVersion.Query,
                new Element(SoftwareVersion.Name, context.Options.ClientName),
                new Element(SoftwareVersion.Version, ClientInfo.ProgramVersion)));
        }
        if (query.Name == EntityTime.Time)
        {
            // The zone would tell where the user is.
            return request.ToResult(EntityTime.Make(context.Options.Time.GetUtcNow()));
        }
        // XEP-0012 §4: how long the user has been idle is for the user's own devices.
        return query.Name == LastActivity.Query && IsOwn(request.From) ? request.ToResult(LastActivity.Since(idle)) : null;
    }

    private bool MayAsk(Jid? from) =>
        IsOwn(from) || from!.Equals(context.Account.Domain) || context.Contacts.ItemOf(from.Bare) is { SeesMe: true } && !context.Contacts.BlockedPeople.Covers(from.Bare);

    private bool IsOwn(Jid? from) => from is null || from.Bare.Equals(context.Account);
}
