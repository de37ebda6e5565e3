using System.Security.Cryptography;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;

namespace MyChat.Client.Conversations;

/// <summary>
/// What was received and what was seen: receipts (XEP-0184) and markers (XEP-0333) of contacts move the user's messages on; what the user has
/// seen, here or on another device, moves the place up to which a conversation is read.
/// </summary>
internal sealed class Reading(ConversationList list)
{
    /// <summary>A marker speaks for all messages before it; older ones than so many are left as they are.</summary>
    private const int MostMarked = 300;

    private ClientContext Context => list.Context;

    /// <summary>The user looks at a conversation.</summary>
    public async Task MarkReadAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (conversation.Unread == 0)
        {
            return;
        }
        var last = await LastReceivedAsync(conversation, cancellationToken).ConfigureAwait(false);
        conversation.Unread = 0;
        var owes = conversation.State.Markable is not null && MayTell(conversation);
        await conversation.SetAsync(
            conversation.State with
            {
                ReadUpTo = Math.Max(conversation.State.ReadUpTo, last),
                OwesMarker = owes,
                Markable = owes ? conversation.State.Markable : null,
            },
            cancellationToken).ConfigureAwait(false);
        await PayAsync(conversation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Everything up to a place was seen, on whatever device. Inside a turn.</summary>
    public async ValueTask ReadUpToAsync(Conversation conversation, long place, CancellationToken cancellationToken)
    {
        if (place <= conversation.State.ReadUpTo || conversation.Unread == 0)
        {
            return;
        }
        // The place of a received message: what comes late and is older than one of the user's own finds its place before that.
        var received = await Context.Store.ReadMessagesAsync(
            conversation.Jid, conversation.State.ReadUpTo, place + 1, MostMarked, fromStart: false, cancellationToken).ConfigureAwait(false);
        if (received.LastOrDefault(message => !message.IsMine) is not { } last)
        {
            return;
        }
        conversation.State = conversation.State with { ReadUpTo = last.Order };
        await conversation.CountAsync(cancellationToken).ConfigureAwait(false);
        if (conversation.Unread == 0)
        {
            conversation.State = conversation.State with { Markable = null, OwesMarker = false };
        }
        var batch = new StoreBatch();
        conversation.Keep(batch);
        await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        conversation.Publish();
    }

    /// <summary>Markers that could not be sent before. Inside a turn.</summary>
    public async ValueTask SendOwedAsync(CancellationToken cancellationToken)
    {
        foreach (var conversation in list.Known.Where(conversation => conversation.State.OwesMarker))
        {
            await PayAsync(conversation, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A receipt or a marker, a contact's or one of the user's other devices. Inside a turn.</summary>
    public async ValueTask ReceiveAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var seen = ChatMarkers.Read(envelope.Message);
        if (envelope.IsMine)
        {
            if (seen is not null && await FindAsync(envelope, seen, isMine: false, cancellationToken).ConfigureAwait(false) is { } theirs)
            {
                await ReadUpToAsync(list[envelope.Contact], theirs.Order, cancellationToken).ConfigureAwait(false);
            }
            return;
        }
        if (Receipts.Read(envelope.Message) is { } received
            && await FindAsync(envelope, received, isMine: true, cancellationToken).ConfigureAwait(false) is { State: MessageState.Queued or MessageState.Sent } mine)
        {
            await list.Outbox.ChangeAsync(new StoreBatch { Messages = { mine with { State = MessageState.Delivered } } }, cancellationToken).ConfigureAwait(false);
        }
        if (seen is not null && await FindAsync(envelope, seen, isMine: true, cancellationToken).ConfigureAwait(false) is { } last)
        {
            await ShowReadAsync(last, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ShowReadAsync(ChatMessage last, CancellationToken cancellationToken)
    {
        var before = await Context.Store.ReadMessagesAsync(
            last.Contact, long.MinValue, last.Order + 1, MostMarked, fromStart: false, cancellationToken).ConfigureAwait(false);
        var batch = new StoreBatch();
        foreach (var message in before.Where(message => message is { IsMine: true, State: MessageState.Sent or MessageState.Delivered }))
        {
            batch.Messages.Add(message with { State = MessageState.Read });
        }
        if (last.State == MessageState.Queued)
        {
            batch.Messages.Add(last with { State = MessageState.Read });
        }
        await list.Outbox.ChangeAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask PayAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        if (conversation.State is not { OwesMarker: true, Markable: { } id })
        {
            return;
        }
        var marker = new Message
        {
            To = conversation.Jid,
            Type = MessageType.Chat,
            Id = RandomNumberGenerator.GetHexString(16, lowercase: true),
            Payload = new Payload(ChatMarkers.Make(id)),
        };
        if (!MayTell(conversation) || Context.Post(marker, marker))
        {
            await conversation.SetAsync(conversation.State with { OwesMarker = false, Markable = null }, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool MayTell(Conversation conversation) =>
        Context.Self.Preferences.SendReadMarkers && Context.Contacts[conversation.Jid].Friendship == Friendship.Friends;

    private async ValueTask<ChatMessage?> FindAsync(Envelope envelope, string id, bool isMine, CancellationToken cancellationToken)
    {
        var found = await Context.Store.FindByIdAsync(envelope.Contact, id, cancellationToken).ConfigureAwait(false);
        return found.LastOrDefault(message => message.IsMine == isMine);
    }

    private async ValueTask<long> LastReceivedAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        const int PageItems = 100;
        var before = long.MaxValue;
        while (conversation.LastReceivedOrder == 0)
        {
            var page = await Context.Store.ReadMessagesAsync(
                conversation.Jid, long.MinValue, before, PageItems, fromStart: false, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                break;
            }
            conversation.LastReceivedOrder = page.LastOrDefault(message => !message.IsMine)?.Order ?? 0;
            before = page[0].Order;
        }
        return conversation.LastReceivedOrder;
    }
}
