using System.Security.Cryptography;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.History;

/// <summary>What became of a page's messages in a conversation.</summary>
/// <param name="First">The place of the first, <see cref="long.MaxValue"/> where there is none to be shown.</param>
/// <param name="Last">The place of the last.</param>
/// <param name="New">Those that were not here.</param>
internal sealed record Placed(long First, long Last, IReadOnlyList<(ChatMessage Message, Envelope Envelope)> New)
{
    public static Placed Nothing { get; } = new(long.MaxValue, long.MinValue, []);
}

/// <summary>
/// Puts messages of the archive into a conversation: consecutive ones, in the archive's order. What is here already stays where it is, unless the
/// archive says otherwise. Everything here is inside a turn.
/// </summary>
internal sealed class PagePlacing(ConversationList list)
{
    private ClientContext Context => list.Context;

    /// <param name="upper">The place of the next message after them.</param>
    /// <param name="wasAway">The user was away when they were sent, as far as this device can tell.</param>
    public async ValueTask<Placed> PlaceAsync(
        Conversation conversation, IReadOnlyList<ArchivedMessage> part, long upper, bool wasAway, CancellationToken cancellationToken)
    {
        var page = await ReadAsync(conversation, part, cancellationToken).ConfigureAwait(false);
        if (page.Count == 0)
        {
            return Placed.Nothing;
        }
        var moving = page.Where(entry => !entry.StaysPut).ToList();
        upper = Above(conversation, moving, upper);
        while (PageOrder.Find(moving, upper, await LowerAsync(conversation, PageOrder.Keep(moving, upper), cancellationToken).ConfigureAwait(false)) is { } lack)
        {
            await MakeRoomAsync(conversation, page, lack, cancellationToken).ConfigureAwait(false);
        }
        foreach (var (entry, known) in page.Where(entry => entry.StaysPut).Select(entry => (entry, entry.Known!))) // what stays is known
        {
            entry.Place = known.Order;
        }
        var (batch, added) = (new StoreBatch(), new List<(ChatMessage, Envelope)>());
        foreach (var entry in page)
        {
            var message = entry.Known is { } known
                ? known with { Order = entry.Place, StanzaId = entry.Envelope.StanzaId, State = Arrived(known.State) }
                : Make(conversation, entry, wasAway);
            if (message != entry.Known)
            {
                batch.Messages.Add(message);
            }
            if (entry.Known is null)
            {
                added.Add((message, entry.Envelope));
            }
        }
        if (batch.Messages.Count > 0)
        {
            await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            conversation.Show([.. batch.Messages]);
            await conversation.ReloadAsync(cancellationToken).ConfigureAwait(false);
        }
        var places = (moving.Count > 0 ? moving : page).Select(entry => entry.Place).ToList();
        return new Placed(places.Min(), places.Max(), added);
    }

    /// <summary>Where a message of the page is above what should come after it, the page was fetched already: it stays.</summary>
    private static long Above(Conversation conversation, List<Placement> page, long upper)
    {
        var highest = page.Select(entry => entry.Known?.Order ?? long.MinValue).DefaultIfEmpty(long.MinValue).Max();
        return highest < upper ? upper : conversation.Gaps.FirstOrDefault(gap => gap.Before > highest, new Gap(0, long.MaxValue)).Before;
    }

    /// <summary>
    /// Where what was there before a place ends: below the gap; where none is known there, as the archive went on unseen, right below the place.
    /// </summary>
    private static async ValueTask<long> LowerAsync(Conversation conversation, long above, CancellationToken cancellationToken) =>
        conversation.Gaps.Below(above)?.After
        ?? await conversation.LastSettledAsync(above, cancellationToken).ConfigureAwait(false)
        ?? long.MinValue;

    /// <summary>What the user wrote and the server has not taken yet comes after what was there.</summary>
    public async ValueTask MoveQueuedAsync(Conversation conversation, long last, CancellationToken cancellationToken)
    {
        var queued = (await Context.Store.ReadQueuedAsync(cancellationToken).ConfigureAwait(false))
            .Where(message => message.Contact.Equals(conversation.Jid)).ToList();
        if (!queued.Exists(message => message.Order < last))
        {
            return;
        }
        // All of them, or those that moved would be sent after those that did not.
        var place = Math.Max(last, conversation.LastOrder);
        var batch = new StoreBatch();
        foreach (var message in queued)
        {
            batch.Messages.Add(message with { Order = ++place });
        }
        await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        conversation.Show([.. batch.Messages]);
    }

    /// <summary>The texts of a page, each with what is known of it; without those that were sent a second time.</summary>
    private async ValueTask<List<Placement>> ReadAsync(
        Conversation conversation, IReadOnlyList<ArchivedMessage> part, CancellationToken cancellationToken)
    {
        var page = new List<Placement>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var envelope in part.Select(archived => archived.Envelope).OfType<Envelope>())
        {
            if (envelope.Message.Payload.Child(XNames.Body)?.Text is not { Length: > 0 } body || conversation.State.IsDeleted(envelope.StanzaId)
                || (envelope.IsMine && conversation.State.IsDeleted(IncomingMessages.IdOf(envelope.Message))))
            {
                continue;
            }
            var known = await Context.Store.FindByStanzaIdAsync(envelope.StanzaId!, cancellationToken).ConfigureAwait(false);
            if (known is null)
            {
                var same = await list.Incoming.FindSameAsync(envelope, body, cancellationToken).ConfigureAwait(false);
                if (same.Any(message => message.StanzaId is not null || taken.Contains(message.Key))
                    || page.Exists(earlier => earlier.Known is null && IncomingMessages.IsSame(envelope, body, earlier.Envelope, earlier.Body)))
                {
                    continue;
                }
                known = same.Count > 0 ? same[0] : null;
            }
            if (known is null || (known.Contact.Equals(conversation.Jid) && taken.Add(known.Key)))
            {
                page.Add(new Placement(envelope, body, known));
            }
        }
        return page;
    }

    private ChatMessage Make(Conversation conversation, Placement entry, bool wasAway)
    {
        var (envelope, now) = (entry.Envelope, Context.Now);
        var sent = envelope.Sent!.Value;
        var message = new ChatMessage(RandomNumberGenerator.GetHexString(32, lowercase: true), conversation.Jid, entry.Place)
        {
            IsMine = envelope.IsMine,
            Body = entry.Body,
            State = envelope.IsMine ? MessageState.Sent : MessageState.Received,
            Time = sent < now ? sent : now,
            Format = FormatElements.Read(envelope.Message.Payload.Child(MessageFormats.Format)),
            Id = IncomingMessages.IdOf(envelope.Message),
            StanzaId = envelope.StanzaId,
            WasDelayed = wasAway && !envelope.IsMine,
        };
        return envelope.IsMine ? list.Outbox.MovedOn(message, list.Reading.WasReceived(message) ? MessageState.Delivered : MessageState.Sent) : message;
    }

    // The archive has it: so has the server.
    private static MessageState Arrived(MessageState state) => state == MessageState.Queued ? MessageState.Sent : state;

    /// <summary>Moves what stands at or below a place down, as little as possible, and with it what refers to places.</summary>
    private async ValueTask MakeRoomAsync(Conversation conversation, List<Placement> page, PageOrder.Lack lack, CancellationToken cancellationToken)
    {
        const int PageItems = 100;
        var batch = new StoreBatch();
        var moves = new List<(long Old, long New)>();
        var (before, free) = (lack.UpTo + 1, lack.UpTo - lack.By + 1);
        while (true)
        {
            var some = await Context.Store.ReadMessagesAsync(
                conversation.Jid, Orders.Limbo, before, PageItems, fromStart: false, cancellationToken).ConfigureAwait(false);
            foreach (var message in some.Reverse().TakeWhile(message => message.Order >= free))
            {
                batch.Messages.Add(message with { Order = --free });
                moves.Add((message.Order, free));
            }
            if (some.Count < PageItems || batch.Messages.Count == 0 || batch.Messages[^1].Key != some[0].Key)
            {
                break;
            }
            before = some[0].Order;
        }
        conversation.State = PlacesMoved.In(conversation.State, moves, lack);
        conversation.Keep(batch);
        await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        conversation.Show([.. batch.Messages]);
        var moved = batch.Messages.ToDictionary(message => message.Key);
        foreach (var entry in page)
        {
            entry.Known = entry.Known is { } known ? moved.GetValueOrDefault(known.Key, known) : null;
        }
    }
}
