using System.Security.Cryptography;
using MyChat.Client.Roster;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Conversations;

/// <summary>Messages that come in: told apart, kept once, put in their place. Everything here is inside a turn.</summary>
internal sealed class IncomingMessages(ConversationList list)
{
    private long _lastWaiting = Orders.Waiting(DateTimeOffset.UnixEpoch);

    private ClientContext Context => list.Context;

    public async ValueTask ReceiveAsync(Message message, CancellationToken cancellationToken)
    {
        if (Envelope.Open(message, Context.Account, Context.ServerHas(StanzaIds.Ns)) is not { } envelope)
        {
            return;
        }
        switch (envelope.Message.Type)
        {
            case MessageType.Error:
                await FailAsync(envelope, cancellationToken).ConfigureAwait(false);
                return;
            case MessageType.Groupchat or MessageType.Headline:
                // Rooms are not joined, and news are nobody's conversation.
                return;
        }
        await list.Reading.ReceiveAsync(envelope, isNew: true, cancellationToken).ConfigureAwait(false);
        ShowTyping(envelope);
        if (envelope.Message.Payload.Child(XNames.Body)?.Text is { Length: > 0 } body)
        {
            await KeepAsync(envelope, body, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>RFC 6120 §8.3: an error carries the id of what was refused, and comes from whom it was sent to.</summary>
    private async ValueTask FailAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if (envelope.IsCarbon || envelope.Message.Id is not { } id || StanzaError.Read(envelope.Message) is not { } error)
        {
            return;
        }
        var mine = await Context.Store.FindByIdAsync(envelope.Contact, id, cancellationToken).ConfigureAwait(false);
        // What arrived at one of their devices may still have failed at another.
        if (mine.FirstOrDefault(message => message is { IsMine: true, State: MessageState.Queued or MessageState.Sent }) is { } refused)
        {
            await list.Outbox.FailAsync(refused, error.Condition, cancellationToken).ConfigureAwait(false);
        }
    }

    private void ShowTyping(Envelope envelope)
    {
        if (!envelope.IsMine && envelope.Sent is null && ChatStates.IsIn(envelope.Message))
        {
            var conversation = list[envelope.Contact];
            list.Typing.Show(conversation, envelope.Message.Payload.Child(new XName(ChatStates.Ns, "composing")) is not null);
        }
    }

    private async ValueTask KeepAsync(Envelope envelope, string body, CancellationToken cancellationToken)
    {
        var conversation = list[envelope.Contact];
        if (!await IsKnownAsync(envelope, body, cancellationToken).ConfigureAwait(false))
        {
            await list.CatchUp.BeginAsync(conversation, cancellationToken).ConfigureAwait(false);
            var waits = await list.CatchUp.Filling.MustWaitAsync(conversation, envelope, cancellationToken).ConfigureAwait(false);
            var message = await MakeAsync(conversation, envelope, body, waits, cancellationToken).ConfigureAwait(false);
            var isUnread = !envelope.IsMine;
            conversation.State = conversation.State with { IsHidden = false, HasWaiting = conversation.State.HasWaiting || waits };
            if (isUnread)
            {
                conversation.State = conversation.State with
                {
                    Markable = ChatMarkers.IsWanted(envelope.Message) ? envelope.Message.Id : conversation.State.Markable,
                    LastSentSince = Math.Max(conversation.State.LastSentSince, SentSince(envelope)),
                };
            }
            var batch = new StoreBatch { Messages = { message } };
            if (envelope.Sent is null)
            {
                list.CatchUp.Follow(conversation, message, batch);
            }
            conversation.Keep(batch);
            await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            await ShowAsync(conversation, message, cancellationToken).ConfigureAwait(false);
        }
        Acknowledge(envelope);
    }

    private async ValueTask ShowAsync(Conversation conversation, ChatMessage message, CancellationToken cancellationToken)
    {
        conversation.Show(message);
        if (message.IsMine)
        {
            // Who answers on another device has seen what there was.
            await list.Reading.ReadUpToAsync(conversation, message.Order, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            conversation.Unread += Orders.IsWaiting(message.Order) ? 0 : 1;
            list.Typing.Show(conversation, isTyping: false);
            list.Tell(new IncomingMessage(conversation, message));
        }
        if (Orders.IsWaiting(message.Order))
        {
            list.CatchUp.Filling.Place(conversation);
        }
        conversation.Publish();
    }

    /// <summary>
    /// Whether it came before: by the server's id, or by the sender's. An id that its maker calls unique (XEP-0359 §4) is enough; of any
    /// other, which some clients count from 1 at each start, the text must be the same.
    /// </summary>
    private async ValueTask<bool> IsKnownAsync(Envelope envelope, string body, CancellationToken cancellationToken)
    {
        if (envelope.StanzaId is { } stanzaId && await Context.Store.FindByStanzaIdAsync(stanzaId, cancellationToken).ConfigureAwait(false) is not null)
        {
            return true;
        }
        return (await FindSameAsync(envelope, body, cancellationToken).ConfigureAwait(false)).Count > 0;
    }

    /// <summary>Those that are the same message by the sender's id.</summary>
    public async ValueTask<IReadOnlyList<ChatMessage>> FindSameAsync(Envelope envelope, string body, CancellationToken cancellationToken)
    {
        if (IdOf(envelope.Message) is not { } id)
        {
            return [];
        }
        var same = await Context.Store.FindByIdAsync(envelope.Contact, id, cancellationToken).ConfigureAwait(false);
        return [.. same.Where(known => known.IsMine == envelope.IsMine && (HasUniqueId(envelope) || known.Body == body))];
    }

    /// <summary>The same for two that are both not kept yet.</summary>
    public static bool IsSame(Envelope envelope, string body, Envelope other, string otherBody) =>
        IdOf(envelope.Message) is { } id && id == IdOf(other.Message) && envelope.IsMine == other.IsMine && (HasUniqueId(envelope) || body == otherBody);

    public static string? IdOf(Message message) => message.Id ?? message.Payload.Child(StanzaIds.OriginId)?["id"];

    private static bool HasUniqueId(Envelope envelope) => envelope.Message.Payload.Child(StanzaIds.OriginId)?["id"] is not null;

    private async ValueTask<ChatMessage> MakeAsync(
        Conversation conversation, Envelope envelope, string body, bool waits, CancellationToken cancellationToken)
    {
        var now = Context.Now;
        var time = envelope.Sent is { } sent && sent < now ? sent : now;
        return new ChatMessage(
            RandomNumberGenerator.GetHexString(32, lowercase: true),
            conversation.Jid,
            waits
                ? _lastWaiting = Math.Max(Orders.Waiting(now), _lastWaiting + 1)
                : await PlaceAsync(conversation, time, isDelayed: time < now, envelope.IsMine, cancellationToken).ConfigureAwait(false))
        {
            IsMine = envelope.IsMine,
            Body = body,
            State = envelope.IsMine ? MessageState.Sent : MessageState.Received,
            Time = time,
            Format = FormatElements.Read(envelope.Message.Payload.Child(MessageFormats.Format)),
            Id = IdOf(envelope.Message),
            StanzaId = envelope.StanzaId,
            WasDelayed = envelope.Sent is not null && !envelope.IsMine,
        };
    }

    /// <summary>The earliest place that a received message can have been sent at.</summary>
    private long SentSince(Envelope envelope) => Orders.Of(envelope.Sent ?? Context.StreamBegan);

    /// <summary>
    /// After everything that there is; where the server says that it is older, where it belongs, but never among what was read. A contact's
    /// messages come in the order in which they were sent, though what came as new stands where it came, which is later than it was sent: what
    /// comes delayed after it may bear an earlier time. Only what is older than the last can be (another device held it back) goes before it.
    /// </summary>
    /// <param name="came">It came before what stands here: it had to wait for its place.</param>
    public async ValueTask<long> PlaceAsync(
        Conversation conversation, DateTimeOffset time, bool isDelayed, bool isMine, CancellationToken cancellationToken, long came = long.MaxValue)
    {
        var place = Orders.Of(time);
        if (!isDelayed)
        {
            return Math.Max(place, Math.Max(conversation.LastOrder, Orders.Came(_lastWaiting)) + 1);
        }
        if (!isMine)
        {
            var read = Math.Min(conversation.State.ReadUpTo, came - 1);
            var after = place < conversation.State.LastSentSince ? read
                : came == long.MaxValue ? await conversation.LastReceivedAsync(cancellationToken).ConfigureAwait(false)
                : await conversation.LastReceivedAsync(came, cancellationToken).ConfigureAwait(false);
            place = Math.Max(place, Math.Max(after, read) + 1);
        }
        while (place <= conversation.LastOrder && await IsTakenAsync(conversation, place, cancellationToken).ConfigureAwait(false))
        {
            place++;
        }
        return place;
    }

    private async ValueTask<bool> IsTakenAsync(Conversation conversation, long place, CancellationToken cancellationToken) =>
        (await Context.Store.ReadMessagesAsync(conversation.Jid, place - 1, place + 1, 1, fromStart: true, cancellationToken).ConfigureAwait(false)).Count > 0;

    /// <summary>XEP-0184: friends hear that it arrived, where the user wants that; who got the message itself says so, not who got the copy.</summary>
    public void Acknowledge(Envelope envelope)
    {
        if (envelope is { IsMine: false, IsCarbon: false } && Receipts.IsWanted(envelope.Message)
            && Context.Self.Preferences.SendReceipts && Context.Contacts[envelope.Contact].Friendship == Friendship.Friends)
        {
            var receipt = new Message
            {
                To = envelope.Contact,
                Type = MessageType.Chat,
                Id = RandomNumberGenerator.GetHexString(16, lowercase: true),
                Payload = new Payload(Receipts.Make(envelope.Message.Id!)),
            };
            Context.Post(receipt, receipt);
        }
    }
}
