using System.Buffers;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Routing;

/// <summary>
/// Who may see whom: RFC 6121 §3 and appendix A (the tables are <see cref="SubscriptionRules"/>). Every change is committed before anybody is
/// told. A link of the chain that a crash cut is mended at the next meeting: requests are repeated, and probes answered, from what is stored.
/// </summary>
internal sealed class SubscriptionRouting(XmppServer server)
{
    // A request is stored whole for as long as nobody answers it (§3.1.3, security warning): a note and a nickname fit, no picture does.
    private const int MostRequestBytes = 8192;

    /// <summary>In the user's own account.</summary>
    public async ValueTask LeaveAsync(StanzaTransit transit, Account account, Presence presence)
    {
        var contact = (presence.To ?? account.Jid).Bare;
        var before = account.Roster.Find(contact);
        if (Refusal(account, before, contact, presence) is { } refusal)
        {
            XmppServer.Refuse(transit.Sender, presence, refusal);
            transit.Finish();
            return;
        }
        var (state, route) = SubscriptionRules.Outbound(before?.State ?? SubscriptionState.None, presence.Type);
        var hadFrom = before?.State.HasFlag(SubscriptionState.From) == true;
        await ChangeAsync(account, before ?? new RosterItem(contact), state, show: presence.Type == PresenceType.Subscribe);
        if (hadFrom && !state.HasFlag(SubscriptionState.From))
        {
            server.Presences.Hide(account, contact);
        }
        if (!route)
        {
            transit.Finish();
            return;
        }
        transit.GoTo(contact, presence with { From = account.Jid, To = contact }); // §3.1.2: from the bare JID
        if (!hadFrom && state.HasFlag(SubscriptionState.From))
        {
            server.Presences.Show(account, contact);
        }
    }

    /// <summary>In the account of the one who is asked, or told.</summary>
    public async ValueTask ArriveAsync(Account account, Presence presence)
    {
        var contact = presence.From!.Bare;
        var before = account.Roster.Find(contact);
        if (before is null && presence.Type != PresenceType.Subscribe)
        {
            return;
        }
        if (before is null && RosterChanges.HasTooManyRequests(server, account))
        {
            return; // strangers cannot fill the database; the request is repeated when the one who asks logs in again
        }
        var (state, deliver, reply) = SubscriptionRules.Inbound(before?.State ?? SubscriptionState.None, presence.Type);
        var lost = (before?.State ?? 0) & ~state;
        if (presence.Type == PresenceType.Subscribe && deliver)
        {
            before = (before ?? new RosterItem(contact)) with { Request = Serialize(presence) };
        }
        await ChangeAsync(account, before ?? new RosterItem(contact), state, show: false, announce: deliver ? presence : null);
        if (reply is { } type)
        {
            server.Presences.PostSubscription(new Presence { Type = type, From = account.Jid, To = contact });
            server.Presences.Show(account, contact);
        }
        if (lost.HasFlag(SubscriptionState.From))
        {
            server.Presences.Hide(account, contact);
        }
    }

    /// <summary>
    /// Nobody has the address that a subscription stanza is for: a request is refused, as its owner would, so that it does not wait for ever
    /// and does not tell whether somebody is there. (RFC 6121 §3.1.2 wants an error at this point, §8.5.1 silence.)
    /// </summary>
    public ValueTask NobodyHere(Presence presence)
    {
        if (presence.Type is PresenceType.Subscribe or PresenceType.Probe)
        {
            server.Presences.PostSubscription(new Presence { Type = PresenceType.Unsubscribed, From = presence.To!.Bare, To = presence.From!.Bare });
        }
        return default;
    }

    /// <summary>Gives a new session the requests that wait for an answer (§3.1.3), and repeats those of the user's own that do.</summary>
    public void RemindOf(Session session)
    {
        foreach (var item in session.Account.Roster.Items)
        {
            if (item.Request is not null && item.State.HasFlag(SubscriptionState.PendingIn)
                && Deserialize(item.Request) is var request
                && ModuleTable.Guard(server.Modules.InboundGuards, session.Account, item.Jid, request) is null)
            {
                session.Forward(request);
            }
            var own = new Presence { Type = PresenceType.Subscribe, From = session.Account.Jid, To = item.Jid };
            if (item.State.HasFlag(SubscriptionState.PendingOut)
                && ModuleTable.Guard(server.Modules.OutboundGuards, session.Account, item.Jid, own) is null)
            {
                server.Presences.PostSubscription(own);
            }
        }
    }

    /// <summary>The user removes a contact (§2.5): both sides are told what that ends.</summary>
    public void End(Account account, RosterItem item)
    {
        if ((item.State & (SubscriptionState.To | SubscriptionState.PendingOut)) != 0)
        {
            server.Presences.PostSubscription(new Presence { Type = PresenceType.Unsubscribe, From = account.Jid, To = item.Jid });
        }
        if (item.State.HasFlag(SubscriptionState.From))
        {
            server.Presences.Hide(account, item.Jid); // §3.2.2: while the contact is still subscribed
        }
        if ((item.State & (SubscriptionState.From | SubscriptionState.PendingIn)) != 0)
        {
            server.Presences.PostSubscription(new Presence { Type = PresenceType.Unsubscribed, From = account.Jid, To = item.Jid });
        }
    }

    private StanzaError? Refusal(Account account, RosterItem? before, BareJid contact, Presence presence)
    {
        if (contact.Equals(account.Jid))
        {
            return new StanzaError(StanzaErrorCondition.BadRequest, "A subscription needs somebody else's address.");
        }
        if (!server.Router.IsLocalAccount(contact))
        {
            return new StanzaError(
                server.Router.IsLocal(contact) ? StanzaErrorCondition.ServiceUnavailable : StanzaErrorCondition.RemoteServerNotFound);
        }
        if (presence.Payload.Utf8.Length > MostRequestBytes)
        {
            return new StanzaError(StanzaErrorCondition.PolicyViolation, $"A subscription stanza holds at most {MostRequestBytes} bytes.");
        }
        var lists = presence.Type is PresenceType.Subscribe or PresenceType.Subscribed;
        return lists && before is not { Listed: true } && RosterChanges.IsFull(server, account)
            ? new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, "The roster is full.")
            : null;
    }

    private async ValueTask ChangeAsync(Account account, RosterItem item, SubscriptionState state, bool show, Presence? announce = null)
    {
        // §3.4.2, fourth case: a pre-approval lists the contact too. A request alone must not (§3.1.3).
        const SubscriptionState Visible = SubscriptionState.Both | SubscriptionState.PendingOut | SubscriptionState.Approved;
        var after = item with
        {
            State = state,
            Listed = item.Listed || show || (state & Visible) != 0,
            Request = state.HasFlag(SubscriptionState.PendingIn) ? item.Request : null,
        };
        var stored = account.Roster.Find(item.Jid);
        var isSeen = after.Listed && (stored is not { Listed: true } || AsSeen(after) != AsSeen(stored));
        if (after != stored && (stored is not null || after.State != SubscriptionState.None))
        {
            await RosterChanges.SaveAsync(server, account, after, isSeen);
        }
        if (announce is not null)
        {
            foreach (var session in account.Sessions)
            {
                // A request is for those who are there, the others get it when they come (§3.1.3); all else also for those who keep a roster.
                if (session.IsAvailable || (session.IsInterested && announce.Type != PresenceType.Subscribe))
                {
                    session.Forward(announce);
                }
            }
        }
        if (isSeen)
        {
            RosterChanges.Push(account, after);
        }
    }

    private static SubscriptionState AsSeen(RosterItem item) => item.State & ~SubscriptionState.PendingIn;

    private static byte[] Serialize(Presence presence)
    {
        var output = new ArrayBufferWriter<byte>();
        presence.WriteTo(output, xmlns: true);
        return output.WrittenSpan.ToArray();
    }

    private static Presence Deserialize(byte[] request)
    {
        var parser = new StanzaParser();
        parser.StandAlone();
        return (Presence)parser.Read(request);
    }
}
