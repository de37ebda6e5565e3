using System.Collections.Concurrent;
using MyChat.Client.Connections;
using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Roster;

/// <summary>When friends who are offline were last seen: what this client saw itself, else what their server says (XEP-0012), asked one by one.</summary>
internal sealed class LastSeen(ClientContext context)
{
    // Nobody reads further down a list; whoever is below is simply "offline".
    private const int MostAsked = 200;
    private readonly ConcurrentDictionary<BareJid, DateTimeOffset> _seen = new();

    public DateTimeOffset? Of(BareJid jid) => _seen.TryGetValue(jid, out var at) ? at : null;

    /// <summary>Inside a turn: the last resource of somebody left.</summary>
    public void Left(BareJid jid) => _seen[jid] = context.Now;

    /// <summary>Asks for those who are offline and not known.</summary>
    public async Task FetchAsync(CancellationToken cancellationToken)
    {
        var asked = context.Contacts.All.Where(contact => !contact.IsOnline && IsUnknown(contact)).Select(contact => contact.Jid).Take(MostAsked).ToArray();
        foreach (var jid in asked)
        {
            if (!context.IsConnected)
            {
                return;
            }
            await FetchAsync(jid, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsUnknown(Contact contact) =>
        contact.Friendship is Friendship.Friends or Friendship.OnlyIFollow && !contact.IsBlocked && !_seen.ContainsKey(contact.Jid);

    private async Task FetchAsync(BareJid jid, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await context.RequestAsync(
                new Iq { Type = IqType.Get, To = jid, Payload = new Payload(new Element(LastActivity.Query)) }, cancellationToken).ConfigureAwait(false);
            // Zero: there at this moment, as presence will tell.
            if (answer.Payload.Child(LastActivity.Query) is { } query && LastActivity.TryRead(query, out var passed) && passed > TimeSpan.Zero)
            {
                using (await context.EnterAsync(cancellationToken).ConfigureAwait(false))
                {
                    _seen.TryAdd(jid, context.Now - passed);
                    context.Contacts.Refresh(jid);
                }
            }
        }
        catch (XmppException)
        {
            // Not told to this user, or not now.
        }
    }
}
