using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.History;

/// <summary>
/// XEP-0490: Message Displayed Synchronization: up to which message the user has seen each conversation, told to the user's other devices and heard
/// from them. Where the server has no such store, carbons of markers must do.
/// </summary>
internal sealed class DisplayedStates(ConversationList list)
{
    /// <summary>Who reads on within this is told of once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Among so many messages one must have an id.</summary>
    private const int MostLooked = 50;

    private int _publishing;

    private ClientContext Context => list.Context;

    // The node must be readable by nobody else, which needs publish-options (XEP-0223).
    private bool IsThere => Context.ServerHas(PubSub.PublishOptionsNs);

    /// <summary>A stream is there: what others have told meanwhile, and what this device could not tell.</summary>
    public void Ready(bool resumed) => Context.Run(async cancellationToken =>
    {
        if (!IsThere)
        {
            return;
        }
        if (!resumed)
        {
            await FetchAsync(cancellationToken).ConfigureAwait(false);
        }
        await PublishAsync(cancellationToken).ConfigureAwait(false);
    });

    /// <summary>The user has seen a conversation on this device. Inside a turn; the state is kept by the caller.</summary>
    public void Saw(Conversation conversation)
    {
        conversation.State = conversation.State with { OwesDisplayed = true };
        Context.Run(PublishSoonAsync);
    }

    /// <summary>An event of the node; true when it was one. Inside a turn.</summary>
    public async ValueTask<bool> ReceiveAsync(Message message, CancellationToken cancellationToken)
    {
        // §6: only the own account's word counts.
        if (!message.Payload.Mentions("urn:xmpp:mds:displayed:0"u8) || !Context.IsFromOwnAccount(message)
            || message.Payload.Child(PubSub.Event)?.Child(PubSub.EventItems) is not { } items || items["node"] != DisplayedSynchronization.Ns)
        {
            return false;
        }
        foreach (var item in items.Children(PubSub.EventItem))
        {
            await TakeAsync(item, cancellationToken).ConfigureAwait(false);
        }
        return true;
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Context.RequestAsync(
                IqType.Get, new Element(PubSub.Root, new Element(PubSub.Items, ("node", DisplayedSynchronization.Ns))), cancellationToken).ConfigureAwait(false);
            using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
            foreach (var item in answer.Payload.Child(PubSub.Root)?.Child(PubSub.Items)?.Children(PubSub.Item) ?? [])
            {
                await TakeAsync(item, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (XmppException)
        {
            // Nothing was ever told there, or the connection is lost.
        }
    }

    private async ValueTask TakeAsync(Element item, CancellationToken cancellationToken)
    {
        if (!BareJid.TryParse(item["id"], out var contact) || item.Child(DisplayedSynchronization.Displayed) is not { } displayed
            || DisplayedSynchronization.Read(displayed) is not var (id, by) || !BareJid.TryParse(by, out var giver) || !giver.Equals(Context.Account))
        {
            return;
        }
        var conversation = list[contact];
        conversation.State = conversation.State with { DisplayedId = id };
        var message = await Context.Store.FindByStanzaIdAsync(id, cancellationToken).ConfigureAwait(false);
        if (message is null || Orders.IsWaiting(message.Order))
        {
            // It will be here some time; until then it says nothing of what is.
            conversation.State = conversation.State with { SeenStanzaId = id };
        }
        else if (message.Contact.Equals(contact))
        {
            await list.Reading.ReadUpToAsync(conversation, message.Order, cancellationToken).ConfigureAwait(false);
            conversation.State = conversation.State with
            {
                SeenStanzaId = null,
                OwesDisplayed = conversation.State.OwesDisplayed && message.Order < conversation.State.ReadUpTo,
            };
        }
        var batch = new StoreBatch();
        conversation.Keep(batch);
        await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    private async Task PublishSoonAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _publishing, 1) != 0)
        {
            return;
        }
        try
        {
            await Task.Delay(Pause, Context.Options.Time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Exchange(ref _publishing, 0);
        }
        if (IsThere)
        {
            await PublishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        // What another device saw and this one lacks is newer than what this one saw: it stays what the account says.
        foreach (var conversation in list.Known.Where(conversation => conversation.State is { OwesDisplayed: true, SeenStanzaId: null }))
        {
            string? id;
            using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                id = await LastSeenAsync(conversation, cancellationToken).ConfigureAwait(false);
            }
            try
            {
                if (id is not null && id != conversation.State.DisplayedId)
                {
                    await Context.RequestAsync(IqType.Set, Make(conversation.Jid, id), cancellationToken).ConfigureAwait(false);
                }
            }
            catch (StanzaErrorException)
            {
                // The server does not take it; it is offered again with the next message.
            }
            catch (XmppException)
            {
                return; // The next stream tells.
            }
            using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
            var isLast = await LastSeenAsync(conversation, cancellationToken).ConfigureAwait(false) == id;
            await conversation.SetAsync(
                conversation.State with { DisplayedId = id ?? conversation.State.DisplayedId, OwesDisplayed = !isLast }, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<string?> LastSeenAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        var seen = await Context.Store.ReadMessagesAsync(
            conversation.Jid, Orders.Limbo, conversation.State.ReadUpTo + 1, MostLooked, fromStart: false, cancellationToken).ConfigureAwait(false);
        return seen.LastOrDefault(message => message.StanzaId is not null)?.StanzaId;
    }

    private Element Make(BareJid contact, string id) => new(
        PubSub.Root,
        new Element(
            PubSub.Publish,
            ("node", DisplayedSynchronization.Ns),
            new Element(PubSub.Item, ("id", $"{contact}"), DisplayedSynchronization.Make(id, $"{Context.Account}"))),
        new Element(
            PubSub.PublishOptions,
            DataForms.Make(
                "submit", PubSub.PublishOptionsNs, instructions: null,
                [
                    DataForms.MakeField("pubsub#persist_items", values: "true"),
                    DataForms.MakeField("pubsub#max_items", values: "max"),
                    DataForms.MakeField("pubsub#send_last_published_item", values: "never"),
                    DataForms.MakeField("pubsub#access_model", values: "whitelist"),
                ])));
}
