using System.Security.Cryptography;
using MyChat.Client.History;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
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

    /// <summary>Receipts for messages that are not here yet: so many are remembered.</summary>
    private const int MostReceipts = 5000;

    private readonly HashSet<(BareJid Contact, string Id)> _receipts = [];

    /// <summary>What is posted on a stream to tell a contact that a message was seen.</summary>
    public sealed record Marker(BareJid Contact, string Id);

    private ClientContext Context => list.Context;

    /// <summary>The user looks at a conversation.</summary>
    public async Task MarkReadAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (conversation.Unread == 0)
        {
            return;
        }
        var last = await conversation.LastReceivedAsync(cancellationToken).ConfigureAwait(false);
        conversation.Unread = 0;
        list.Displayed.Saw(conversation);
        await conversation.SetAsync(
            conversation.State with
            {
                ReadUpTo = Math.Max(conversation.State.ReadUpTo, last),
                Markable = null,
                OwedMarker = MayTell(conversation) ? conversation.State.Markable ?? conversation.State.OwedMarker : null,
            },
            cancellationToken).ConfigureAwait(false);
        await PayAsync(conversation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The server has it. Inside a turn.</summary>
    public async ValueTask ConfirmAsync(Marker marker, CancellationToken cancellationToken)
    {
        var conversation = list[marker.Contact];
        if (conversation.State.OwedMarker == marker.Id)
        {
            await conversation.SetAsync(conversation.State with { OwedMarker = null }, cancellationToken).ConfigureAwait(false);
        }
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
            conversation.State = conversation.State with { Markable = null, OwedMarker = null };
        }
        var batch = new StoreBatch();
        conversation.Keep(batch);
        await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        conversation.Publish();
    }

    /// <summary>A stream is there: what the server was not told, or did not confirm before another stream was lost, is told. Inside a turn.</summary>
    public async ValueTask SendOwedAsync(CancellationToken cancellationToken)
    {
        foreach (var conversation in list.Known.Where(conversation => conversation.State.OwedMarker is not null))
        {
            await PayAsync(conversation, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A receipt or a marker, a contact's or one of the user's other devices. Inside a turn.</summary>
    /// <param name="isNew">Whether it tells more than what was heard before: not when it comes from the archive.</param>
    public async ValueTask ReceiveAsync(Envelope envelope, bool isNew, CancellationToken cancellationToken)
    {
        var seen = ChatMarkers.Read(envelope.Message);
        if (envelope.IsMine)
        {
            if (seen is not null)
            {
                await SeenElsewhereAsync(envelope, seen, isNew, cancellationToken).ConfigureAwait(false);
            }
            return;
        }
        if (Receipts.Read(envelope.Message) is { } received)
        {
            var mine = await FindAsync(envelope.Contact, received, isMine: true, cancellationToken).ConfigureAwait(false);
            if (mine is { State: MessageState.Queued or MessageState.Sent })
            {
                var change = new StoreBatch { Messages = { list.Outbox.MovedOn(mine, MessageState.Delivered) } };
                await list.Outbox.ChangeAsync(change, cancellationToken).ConfigureAwait(false);
            }
            else if (mine is null && _receipts.Count < MostReceipts)
            {
                _receipts.Add((envelope.Contact, received));
            }
        }
        if (seen is null)
        {
            return;
        }
        if (await FindAsync(envelope.Contact, seen, isMine: true, cancellationToken).ConfigureAwait(false) is { } last)
        {
            await ShowReadAsync(last, cancellationToken).ConfigureAwait(false);
        }
        else if (list[envelope.Contact] is var conversation && (isNew || conversation.State.TheySawId is null))
        {
            await conversation.SetAsync(conversation.State with { TheySawId = seen }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a receipt for it came before the message itself.</summary>
    public bool WasReceived(ChatMessage message) => message.Id is { } id && _receipts.Remove((message.Contact, id));

    /// <summary>Messages of the archive were put into a conversation: what they, or others before, say of reading. Inside a turn.</summary>
    /// <param name="added">Those of them that were not here: what the user wrote is of another device, then.</param>
    public async ValueTask CatchUpAsync(
        Conversation conversation, IReadOnlyList<ArchivedMessage> part, IReadOnlyList<(ChatMessage Message, Envelope Envelope)> added,
        CancellationToken cancellationToken)
    {
        foreach (var archived in part.Reverse())
        {
            // The newest first: what it says includes what the others say.
            await ReceiveAsync(archived.Envelope!, isNew: false, cancellationToken).ConfigureAwait(false);
        }
        var contact = conversation.Jid;
        if (conversation.State.TheySawId is { } theySaw && await FindAsync(contact, theySaw, isMine: true, cancellationToken).ConfigureAwait(false) is { } last)
        {
            conversation.State = conversation.State with { TheySawId = null };
            await ShowReadAsync(last, cancellationToken).ConfigureAwait(false);
        }
        var seen = conversation.State.SeenId is { } id ? await FindAsync(contact, id, isMine: false, cancellationToken).ConfigureAwait(false) : null;
        if (seen is not null && !Orders.IsWaiting(seen.Order))
        {
            conversation.State = conversation.State with { SeenId = null };
            await ReadUpToAsync(conversation, seen.Order, cancellationToken).ConfigureAwait(false);
        }
        await FindSeenAsync(conversation, part, cancellationToken).ConfigureAwait(false);
        if (added.LastOrDefault(message => message.Message.IsMine).Message is { } mine)
        {
            // Who answers on another device has seen what there was.
            await ReadUpToAsync(conversation, mine.Order, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the account says was seen may be here now; it may be a message without a text, after one that has one.</summary>
    private async ValueTask FindSeenAsync(Conversation conversation, IReadOnlyList<ArchivedMessage> part, CancellationToken cancellationToken)
    {
        if (conversation.State.SeenStanzaId is not { } id || part.All(archived => archived.Id != id))
        {
            return;
        }
        conversation.State = conversation.State with { SeenStanzaId = null };
        foreach (var archived in part.Reverse().SkipWhile(archived => archived.Id != id))
        {
            if (await Context.Store.FindByStanzaIdAsync(archived.Id, cancellationToken).ConfigureAwait(false) is { } seen)
            {
                await ReadUpToAsync(conversation, seen.Order, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
    }

    private async ValueTask SeenElsewhereAsync(Envelope envelope, string id, bool isNew, CancellationToken cancellationToken)
    {
        var conversation = list[envelope.Contact];
        var theirs = await FindAsync(envelope.Contact, id, isMine: false, cancellationToken).ConfigureAwait(false);
        if (theirs is not null && !Orders.IsWaiting(theirs.Order))
        {
            await ReadUpToAsync(conversation, theirs.Order, cancellationToken).ConfigureAwait(false);
        }
        else if (isNew || conversation.State.SeenId is null)
        {
            // It will be here some time.
            await conversation.SetAsync(conversation.State with { SeenId = id }, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ShowReadAsync(ChatMessage last, CancellationToken cancellationToken)
    {
        var before = await Context.Store.ReadMessagesAsync(
            last.Contact, Orders.Limbo, last.Order + 1, MostMarked, fromStart: false, cancellationToken).ConfigureAwait(false);
        var batch = new StoreBatch();
        foreach (var message in before.Where(message => message is { IsMine: true, State: MessageState.Sent or MessageState.Delivered }))
        {
            batch.Messages.Add(message with { State = MessageState.Read });
        }
        if (last.State == MessageState.Queued)
        {
            batch.Messages.Add(last with { State = MessageState.Read });
        }
        // Others that wait for the server's acknowledgement stay in the outbox until it comes, and count as read then.
        var conversation = list[last.Contact];
        if (last.Order > conversation.State.TheyReadUpTo)
        {
            conversation.State = conversation.State with { TheyReadUpTo = last.Order };
            conversation.Keep(batch);
        }
        await list.Outbox.ChangeAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask PayAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        if (conversation.State.OwedMarker is not { } id || Context.Connection is not { } connection)
        {
            return;
        }
        var marker = new Marker(conversation.Jid, id);
        if (connection.Management?.UnacknowledgedMarks.Contains(marker) == true)
        {
            return;
        }
        var message = new Message
        {
            To = conversation.Jid,
            Type = MessageType.Chat,
            Id = RandomNumberGenerator.GetHexString(16, lowercase: true),
            Payload = new Payload(ChatMarkers.Make(id)),
        };
        if (!MayTell(conversation) || (Context.Post(message, marker) && connection.Management is null))
        {
            await ConfirmAsync(marker, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool MayTell(Conversation conversation) =>
        Context.Self.Preferences.SendReadMarkers && Context.Contacts[conversation.Jid].Friendship == Friendship.Friends;

    private async ValueTask<ChatMessage?> FindAsync(BareJid contact, string id, bool isMine, CancellationToken cancellationToken)
    {
        var found = await Context.Store.FindByIdAsync(contact, id, cancellationToken).ConfigureAwait(false);
        return found.LastOrDefault(message => message.IsMine == isMine);
    }
}
