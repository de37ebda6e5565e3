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
    /// <summary>In the user's own account.</summary>
    public async ValueTask LeaveAsync(StanzaTransit transit, Account account, Presence presence)
    {
        if (presence.To?.Bare is not { } contact || contact.Equals(account.Jid))
        {
            XmppServer.Refuse(transit.Sender, presence, new StanzaError(StanzaErrorCondition.BadRequest, "A subscription needs somebody else's address."));
            transit.Finish();
            return;
        }
        if (!server.Router.IsLocalAccount(contact))
        {
            XmppServer.Refuse(transit.Sender, presence, new StanzaError(
                server.Router.IsLocal(contact) ? StanzaErrorCondition.ServiceUnavailable : StanzaErrorCondition.RemoteServerNotFound));
            transit.Finish();
            return;
        }
        var before = account.Roster.Find(contact);
        if (before is null && IsFull(account))
        {
            XmppServer.Refuse(transit.Sender, presence, new StanzaError(StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, "The roster is full."));
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
        if (before is null && IsFull(account))
        {
            return; // a stranger's request cannot grow the roster without end
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

    /// <summary>Nobody has the address that a subscription stanza is for: a request is refused (RFC 6121 §8.5.1), so that it does not wait for ever.</summary>
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
        if ((item.State & (SubscriptionState.From | SubscriptionState.PendingIn)) != 0)
        {
            server.Presences.PostSubscription(new Presence { Type = PresenceType.Unsubscribed, From = account.Jid, To = item.Jid });
        }
        if (item.State.HasFlag(SubscriptionState.From))
        {
            server.Presences.Hide(account, item.Jid);
        }
    }

    private bool IsFull(Account account) => server.Options.Limits.RosterItems > 0 && account.Roster.Count >= server.Options.Limits.RosterItems;

    private async ValueTask ChangeAsync(Account account, RosterItem item, SubscriptionState state, bool show, Presence? announce = null)
    {
        const SubscriptionState Visible = SubscriptionState.Both | SubscriptionState.PendingOut;
        var after = item with
        {
            State = state,
            Listed = item.Listed || show || (state & Visible) != 0,
            Request = state.HasFlag(SubscriptionState.PendingIn) ? item.Request : null,
        };
        var unchanged = after == account.Roster.Find(item.Jid);
        if (!unchanged)
        {
            await RosterChanges.SaveAsync(server, account, after);
        }
        if (announce is not null)
        {
            foreach (var session in account.Sessions)
            {
                if (session.IsAvailable || session.IsInterested)
                {
                    session.Forward(announce);
                }
            }
        }
        if (!unchanged && after.Listed)
        {
            RosterChanges.Push(account, after);
        }
    }

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
