using MyChat.Server;
using MyChat.Server.Accounts;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Modules;

/// <summary>Tells sessions of events at nodes: the owner's and those of contacts who may read the node, where the client wants to know (XEP-0163 §4).</summary>
internal sealed class NodeEvents(INodeStore store)
{
    /// <summary>Something happened at a node; in its owner's account.</summary>
    public static void Tell(XmppServer server, Account account, Node node, Element what)
    {
        var word = Make(account, what);
        foreach (var session in account.Sessions.Available)
        {
            if (ClientInterests.Wants(session, node.Name))
            {
                session.Forward(word with { To = session.Jid });
            }
        }
        if (node.Configuration.Access == NodeAccess.Whitelist)
        {
            return;
        }
        foreach (var contact in account.Roster.Subscribers)
        {
            server.Notify(account, contact, word, session => ClientInterests.Wants(session, node.Name));
        }
    }

    /// <summary>A session is known to want these nodes since now: it is told the last items of the user's own and of those contacts whose presence it sees.</summary>
    public void Meet(Session session, IReadOnlyCollection<string> nodes) =>
        session.Server.Accounts.Post(session.Account.Jid, new Work(account => MeetAsync(account, session, nodes)));

    /// <summary>A contact may see the account's presence from now on: its sessions are told the last items that they want.</summary>
    public void Introduce(XmppServer server, Account account, BareJid contact)
    {
        if (contact.Localpart is null || contact.Domainpart != server.Domain.Domainpart)
        {
            return;
        }
        server.Accounts.Post(contact, new Work(other =>
        {
            foreach (var session in other.Sessions.Available)
            {
                if (ClientInterests.Of(session) is { Count: > 0 } nodes)
                {
                    Ask(server, account.Jid, session.Jid, nodes);
                }
            }
            return default;
        }));
    }

    private async ValueTask MeetAsync(Account account, Session session, IReadOnlyCollection<string> nodes)
    {
        if (!account.Exists || !session.IsAvailable)
        {
            return;
        }
        foreach (var word in await LastItemsAsync(account, account.Jid, nodes))
        {
            session.Forward(word with { To = session.Jid });
        }
        var contacts = account.Roster.Subscriptions
            .Where(contact => contact.Localpart is not null && contact.Domainpart == account.Jid.Domainpart)
            .ToDictionary(contact => contact.Localpart!);
        // Most have nothing to tell: they are not brought into memory for that.
        foreach (var owner in contacts.Count == 0 ? [] : await store.FindOwnersAsync(contacts.Keys, nodes, CancellationToken.None))
        {
            Ask(session.Server, contacts[owner], session.Jid, nodes);
        }
    }

    private void Ask(XmppServer server, BareJid owner, FullJid reader, IReadOnlyCollection<string> nodes) =>
        server.Accounts.Post(owner, new Work(async account =>
        {
            if (!account.Exists || !account.SharesPresenceWith(reader.Bare))
            {
                return;
            }
            foreach (var word in await LastItemsAsync(account, reader.Bare, nodes))
            {
                server.Notify(account, reader.Bare, word, session => session.Jid.Equals(reader));
            }
        }));

    private async ValueTask<List<Message>> LastItemsAsync(Account account, BareJid reader, IReadOnlyCollection<string> wanted)
    {
        var words = new List<Message>();
        foreach (var node in (await AccountNodes.OfAsync(store, account, CancellationToken.None)).All)
        {
            if (node.Configuration.SendLast == SendLastItem.OnSubAndPresence && wanted.Contains(node.Name) && AccountNodes.MayRead(account, reader, node))
            {
                var last = await store.ReadNewestAsync(node, 1, 0, CancellationToken.None);
                words.AddRange(last.Select(item => Make(
                    account,
                    PubSub.MakeItemEvent(node.Name, item.Id, Element.Parse(item.Payload, defaultNs: "")),
                    DelayedDelivery.Make(item.Published, account.Jid))));
            }
        }
        return words;
    }

    private static Message Make(Account account, params Element[] content) =>
        new() { Type = MessageType.Headline, From = account.Jid, Payload = new Payload(content) };

    private sealed class Work(Func<Account, ValueTask> work) : IAccountWork
    {
        public ValueTask RunAsync(Account account) => work(account);

        public void Fail(Exception reason) { }
    }
}
