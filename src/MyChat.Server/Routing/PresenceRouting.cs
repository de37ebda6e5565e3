using System.Globalization;
using MyChat.Server.Accounts;
using MyChat.Server.Modules;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xml;

namespace MyChat.Server.Routing;

/// <summary>Who is there: RFC 6121 §4. Subscriptions have their own class.</summary>
internal sealed class PresenceRouting(XmppServer server)
{
    // One session's memory of whom it must tell when it goes.
    private const int MostDirected = 1000;

    /// <summary>In the account of the sender.</summary>
    public async ValueTask LeaveAsync(StanzaTransit transit, Account account, Presence presence)
    {
        var session = transit.Sender;
        if (presence.Defect is { } defect)
        {
            XmppServer.Refuse(session, presence, new StanzaError(defect));
        }
        else if (presence.To is { } to && ModuleTable.Guard(server.Modules.OutboundGuards, account, to, presence) is { } error)
        {
            XmppServer.Refuse(session, presence, error);
        }
        else if (presence.Type.IsSubscription())
        {
            await server.Subscriptions.LeaveAsync(transit, account, presence);
            return; // it says itself when it is done
        }
        else if (presence.To is not null)
        {
            SendDirected(transit, session, presence);
            return;
        }
        else if (session.HasEnded)
        {
            // The stream is gone: there is nobody to be present.
        }
        else if (presence.Type == PresenceType.Available)
        {
            BecomeAvailable(session, presence);
        }
        else if (presence.Type == PresenceType.Unavailable)
        {
            BecomeUnavailable(session, presence);
        }
        transit.Finish();
    }

    /// <summary>In the account of the recipient: somebody's presence, a probe, or a subscription stanza.</summary>
    public ValueTask ArriveAsync(Account account, Presence presence)
    {
        if (!account.Exists)
        {
            return server.Subscriptions.NobodyHere(presence);
        }
        if (ModuleTable.Guard(server.Modules.InboundGuards, account, presence.From!, presence) is not null)
        {
            return default;
        }
        switch (presence.Type)
        {
            case PresenceType.Probe:
                AnswerProbe(account, presence);
                return default;
            case PresenceType.Available or PresenceType.Unavailable or PresenceType.Error:
                Deliver(account, presence);
                return default;
            default:
                return server.Subscriptions.ArriveAsync(account, presence);
        }
    }

    /// <summary>Tells everybody who may know that the session is gone (RFC 6121 §4.5), by its own word or because its link died.</summary>
    public void BecomeUnavailable(Session session, Presence? word = null)
    {
        var unavailable = (word ?? new Presence()) with { Type = PresenceType.Unavailable, From = session.Jid, To = null };
        var last = session.Presence;
        session.Presence = null;
        session.Priority = 0;
        if (last is not null)
        {
            Broadcast(session, unavailable);
            if (word is not null)
            {
                session.Forward(unavailable with { To = session.Jid }); // §4.5.2: it is told as well, as the last thing of its presence session
            }
        }
        foreach (var other in session.Directed)
        {
            if (last is null || !session.Account.SharesPresenceWith(other.Bare))
            {
                Post(unavailable with { To = other });
            }
        }
        session.Directed.Clear();
        if (last is not null)
        {
            foreach (var handler in server.Modules.UnavailableHandlers)
            {
                handler(session, word);
            }
        }
    }

    /// <summary>The contact may see the user from now on: it is told who is there (RFC 6121 §3.1.5).</summary>
    public void Show(Account account, BareJid contact)
    {
        foreach (var session in account.Sessions.Available)
        {
            Post(session.Presence! with { To = contact });
        }
        TellShown(account, contact);
    }

    /// <summary>The contact may see the user no longer: for it everybody leaves (RFC 6121 §3.2.1, §3.3.2).</summary>
    public void Hide(Account account, BareJid contact)
    {
        foreach (var session in account.Sessions.Available)
        {
            Post(new Presence { Type = PresenceType.Unavailable, From = session.Jid, To = contact });
        }
    }

    /// <summary>The contact (or a resource of its, or somebody who was only sent directed presence) is told that whom it saw is gone.</summary>
    public void HideFrom(Account account, Jid contact)
    {
        foreach (var session in account.Sessions)
        {
            var wasDirected = session.Directed.Remove(contact);
            if (wasDirected || (session.IsAvailable && account.SharesPresenceWith(contact.Bare)))
            {
                Post(new Presence { Type = PresenceType.Unavailable, From = session.Jid, To = contact });
            }
        }
    }

    /// <summary>Both may see each other again, as far as the subscriptions say: the contact is told who is there, and asked the same.</summary>
    public void ShowTo(Account account, Jid contact)
    {
        var isSubscribed = account.Roster.Find(contact.Bare)?.State.HasFlag(SubscriptionState.To) == true;
        foreach (var session in account.Sessions.Available)
        {
            if (account.SharesPresenceWith(contact.Bare))
            {
                Post(session.Presence! with { To = contact });
            }
            if (isSubscribed)
            {
                Post(new Presence { Type = PresenceType.Probe, From = session.Jid, To = contact.Bare });
            }
        }
        if (account.SharesPresenceWith(contact.Bare))
        {
            TellShown(account, contact.Bare);
        }
    }

    /// <summary>Posts presence to the account that it is for. Those who are not in memory have no session to hear it.</summary>
    public void Post(Presence presence)
    {
        if (server.Router.IsLocalAccount(presence.To!))
        {
            server.Router.FindLoaded(presence.To!.Bare)?.Post(new Arrival(this, presence));
        }
    }

    /// <summary>Posts a stanza about a subscription, which must arrive though nobody is there.</summary>
    public void PostSubscription(Presence presence)
    {
        if (server.Router.IsLocalAccount(presence.To!))
        {
            server.Router.Post(presence.To!.Bare, new Arrival(this, presence));
        }
    }

    private void TellShown(Account account, BareJid contact)
    {
        foreach (var handler in server.Modules.ShownHandlers)
        {
            handler(server, account, contact);
        }
    }

    private void BecomeAvailable(Session session, Presence presence)
    {
        if (!TryReadPriority(presence, out var priority))
        {
            XmppServer.Refuse(session, presence, new StanzaError(StanzaErrorCondition.BadRequest, "priority is a number from -128 to 127"));
            return;
        }
        var (first, received) = (session.Presence is null, session.ReceivesBare);
        session.Presence = presence with { From = session.Jid, To = null };
        session.Priority = priority;
        Broadcast(session, session.Presence);
        if (first)
        {
            Arrive(session);
        }
        if (!received && session.ReceivesBare)
        {
            session.Delivery.OfferWaiting(session.Account.Mailbox.Unheld());
        }
        foreach (var handler in server.Modules.PresenceHandlers)
        {
            handler(session, session.Presence);
        }
    }

    // RFC 6121 §4.2.2, §4.3: a session that was not there learns who is, and what waits for an answer.
    private void Arrive(Session session)
    {
        var account = session.Account;
        foreach (var other in account.Sessions.Available)
        {
            if (other != session)
            {
                session.Forward(other.Presence! with { To = session.Jid });
            }
        }
        foreach (var contact in account.Roster.Subscriptions)
        {
            var probe = new Presence { Type = PresenceType.Probe, From = session.Jid, To = contact };
            if (MayLeave(account, probe))
            {
                Post(probe);
            }
        }
        server.Subscriptions.RemindOf(session);
        foreach (var handler in server.Modules.AvailableHandlers)
        {
            handler(session);
        }
    }

    private void Broadcast(Session session, Presence presence)
    {
        foreach (var contact in session.Account.Roster.Subscribers)
        {
            var addressed = presence with { To = contact };
            if (MayLeave(session.Account, addressed))
            {
                Post(addressed);
            }
        }
        foreach (var own in session.Account.Sessions.Available)
        {
            own.Forward(presence with { To = own.Jid }); // §4.2.2: to the user's own resources too, this one among them
        }
    }

    private bool MayLeave(Account account, Presence presence) =>
        ModuleTable.Guard(server.Modules.OutboundGuards, account, presence.To!, presence) is null;

    private void SendDirected(StanzaTransit transit, Session session, Presence presence)
    {
        var to = presence.To!;
        if (!server.Router.IsLocalAccount(to))
        {
            // §4.3: a probe alone is no reason for an error.
            if (!server.Router.IsLocal(to) && presence.Type != PresenceType.Probe)
            {
                XmppServer.Refuse(session, presence, new StanzaError(StanzaErrorCondition.RemoteServerNotFound));
            }
            transit.Finish();
            return;
        }
        if (presence.Type == PresenceType.Available && !session.HasEnded && !Remember(session, to))
        {
            XmppServer.Refuse(session, presence, new StanzaError(
                StanzaErrorType.Wait, StanzaErrorCondition.ResourceConstraint, $"A session sends directed presence to at most {MostDirected} addresses."));
            transit.Finish();
            return;
        }
        if (presence.Type == PresenceType.Unavailable)
        {
            session.Directed.Remove(to);
        }
        transit.GoTo(to.Bare);
    }

    // §4.6.3: those who are not told anyway will be told when this ends; before initial presence that is everybody (third case).
    private static bool Remember(Session session, Jid to)
    {
        if (session.IsAvailable && session.Account.SharesPresenceWith(to.Bare))
        {
            return true;
        }
        if (session.Directed.Count >= MostDirected && !session.Directed.Contains(to))
        {
            return false;
        }
        session.Directed.Add(to);
        return true;
    }

    private void AnswerProbe(Account account, Presence probe)
    {
        var prober = probe.From!;
        if (!account.SharesPresenceWith(prober.Bare))
        {
            // §4.3.2: somebody who believes to be subscribed is told otherwise, which mends an answer that was lost.
            if (account.Roster.Find(prober.Bare)?.State.HasFlag(SubscriptionState.PendingIn) != true)
            {
                PostSubscription(new Presence { Type = PresenceType.Unsubscribed, From = account.Jid, To = prober.Bare });
            }
        }
        else if (probe.To is FullJid { Resourcepart: var resource })
        {
            if (account.Sessions.Find(resource) is { IsAvailable: true } session)
            {
                Post(new Presence { From = session.Jid, To = prober }); // §4.3.2: that it is there, and no more
            }
        }
        else
        {
            foreach (var session in account.Sessions.Available)
            {
                Post(session.Presence! with { To = prober });
            }
        }
    }

    private static void Deliver(Account account, Presence presence)
    {
        if (presence.To is FullJid full)
        {
            account.Sessions.Find(full.Resourcepart)?.Forward(presence);
            return;
        }
        foreach (var session in account.Sessions.Available)
        {
            session.Forward(presence);
        }
    }

    private static bool TryReadPriority(Presence presence, out int priority)
    {
        priority = 0;
        var element = presence.Payload.Utf8.IsEmpty ? null : presence.Payload.Child(XNames.Priority);
        return element is null
            || (int.TryParse(element.Text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out priority) && priority is >= -128 and <= 127);
    }

    private sealed class Arrival(PresenceRouting routing, Presence presence) : IAccountWork
    {
        public ValueTask RunAsync(Account account) => routing.ArriveAsync(account, presence);

        public void Fail(Exception reason) { }
    }
}
