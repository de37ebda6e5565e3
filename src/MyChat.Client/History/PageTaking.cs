using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Xeps;

namespace MyChat.Client.History;

/// <summary>Takes pages of the archive into conversations, and keeps account of what is no longer missing. Everything here is inside a turn.</summary>
internal sealed class PageTaking(ConversationList list)
{
    private const int MostNew = 200;

    private readonly PagePlacing _placing = new(list);

    private ClientContext Context => list.Context;

    /// <summary>The newest messages of a conversation.</summary>
    /// <param name="asked">The last place of the conversation when they were asked for.</param>
    /// <param name="isComplete">There are none before them.</param>
    /// <param name="isMissed">They came while this device was away: the user is told.</param>
    public async ValueTask<Placed> TakeNewestAsync(
        Conversation conversation, IReadOnlyList<ArchivedMessage> part, long asked, bool isComplete, bool isMissed, CancellationToken cancellationToken)
    {
        var upper = await CameAfterAsync(conversation, part, asked, cancellationToken).ConfigureAwait(false);
        var placed = await _placing.PlaceAsync(conversation, part, upper, WasAway(isMissed), cancellationToken).ConfigureAwait(false);
        if (placed.First != long.MaxValue)
        {
            await _placing.MoveQueuedAsync(conversation, placed.Last, cancellationToken).ConfigureAwait(false);
        }
        return await EndAsync(conversation, part, placed, isComplete ? long.MinValue : placed.First, long.MaxValue, isMissed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The messages right before a place.</summary>
    public async ValueTask<Placed> TakeOlderAsync(
        Conversation conversation, IReadOnlyList<ArchivedMessage> part, long upper, bool isComplete, bool isMissed, CancellationToken cancellationToken)
    {
        var placed = await _placing.PlaceAsync(conversation, part, upper, wasAway: false, cancellationToken).ConfigureAwait(false);
        return await EndAsync(conversation, part, placed, isComplete ? long.MinValue : placed.First, upper, isMissed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The messages that come right after what this device had before (<see cref="ConversationState.Floor"/>).</summary>
    public async ValueTask TakeNextAsync(Conversation conversation, IReadOnlyList<ArchivedMessage> part, CancellationToken cancellationToken)
    {
        var floor = conversation.State.Floor is { } known and not long.MaxValue ? known : long.MinValue;
        var upper = conversation.Gaps.FirstOrDefault(gap => gap.Before > floor, new Gap(0, long.MaxValue)).Before;
        var placed = await _placing.PlaceAsync(conversation, part, upper, WasAway(true), cancellationToken).ConfigureAwait(false);
        if (placed.First != long.MaxValue)
        {
            // Room may have been made meanwhile.
            floor = conversation.State.Floor is { } moved and not long.MaxValue ? moved : placed.First;
            conversation.State = conversation.State with { Floor = Math.Max(floor, placed.Last) };
        }
        await EndAsync(conversation, part, placed, Math.Min(floor, placed.First), placed.Last, isMissed: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The messages right after a place.</summary>
    /// <param name="isComplete">There are none after them.</param>
    public async ValueTask<Placed> TakeAfterAsync(
        Conversation conversation, IReadOnlyList<ArchivedMessage> part, string anchor, bool isComplete, CancellationToken cancellationToken)
    {
        var lower = await PlaceOfAsync(anchor, cancellationToken).ConfigureAwait(false);
        var upper = conversation.Gaps.LowestAbove(lower)?.Before ?? long.MaxValue;
        var placed = await _placing.PlaceAsync(conversation, part, upper, wasAway: false, cancellationToken).ConfigureAwait(false);
        lower = await PlaceOfAsync(anchor, cancellationToken).ConfigureAwait(false); // room may have been made
        return await EndAsync(
            conversation, part, placed, lower, isComplete ? upper : Math.Max(lower, placed.Last), isMissed: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Messages from anywhere: they stand where their time puts them among what is there.</summary>
    public async ValueTask<Placed> TakeAroundAsync(
        Conversation conversation, IReadOnlyList<ArchivedMessage> part, bool begins, CancellationToken cancellationToken)
    {
        var place = Orders.Of(part[^1].Envelope!.Sent!.Value);
        var upper = conversation.Gaps.LowestAbove(place)?.Before ?? conversation.Gaps.HighestBelow(long.MaxValue)?.Before ?? long.MaxValue;
        var placed = await _placing.PlaceAsync(conversation, part, upper, wasAway: false, cancellationToken).ConfigureAwait(false);
        return await EndAsync(
            conversation, part, placed, begins ? long.MinValue : placed.First, placed.Last, isMissed: false, cancellationToken).ConfigureAwait(false);
    }

    // On a new device nothing tells what is old from what was missed.
    private bool WasAway(bool isMissed) => isMissed && list.CatchUp.WasHere;

    private async ValueTask<long> PlaceOfAsync(string key, CancellationToken cancellationToken) =>
        (await Context.Store.FindByKeyAsync(key, cancellationToken).ConfigureAwait(false))?.Order ?? long.MaxValue;

    /// <summary>The place of the first message that is not in a newest page, as it came after it was asked for.</summary>
    private async ValueTask<long> CameAfterAsync(
        Conversation conversation, IReadOnlyList<ArchivedMessage> part, long asked, CancellationToken cancellationToken)
    {
        if (conversation.LastOrder <= asked)
        {
            return long.MaxValue;
        }
        var ids = part.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
        var mine = part.Select(message => message.Envelope!).Where(envelope => envelope.IsMine).Select(envelope => IncomingMessages.IdOf(envelope.Message)).ToHashSet();
        var came = await Context.Store.ReadMessagesAsync(
            conversation.Jid, Math.Max(asked, Orders.Limbo), long.MaxValue, MostNew, fromStart: true, cancellationToken).ConfigureAwait(false);
        return came.FirstOrDefault(message => message.StanzaId is { } id ? !ids.Contains(id) : !(message.IsMine && mine.Contains(message.Id)))?.Order
            ?? long.MaxValue;
    }

    /// <summary>From one place to another nothing is missing any more; what the page says of reading is heard, and the user of what is new.</summary>
    private async ValueTask<Placed> EndAsync(
        Conversation conversation, IReadOnlyList<ArchivedMessage> part, Placed placed, long from, long to, bool isMissed, CancellationToken cancellationToken)
    {
        conversation.State = conversation.State with
        {
            Gaps = conversation.Gaps.Without(from, Math.Max(to, placed.Last)),
            HasWaiting = conversation.State.HasWaiting && await HasWaitingAsync(conversation, cancellationToken).ConfigureAwait(false),
        };
        await SaveAsync(conversation, cancellationToken).ConfigureAwait(false);
        await list.Reading.CatchUpAsync(conversation, part, placed.New, cancellationToken).ConfigureAwait(false);
        if (isMissed)
        {
            await TellAsync(conversation, placed, cancellationToken).ConfigureAwait(false);
        }
        conversation.GapsChanged();
        conversation.Publish();
        return placed;
    }

    private async ValueTask<bool> HasWaitingAsync(Conversation conversation, CancellationToken cancellationToken) =>
        (await Context.Store.ReadMessagesAsync(
            conversation.Jid, long.MinValue, Orders.Limbo, 1, fromStart: true, cancellationToken).ConfigureAwait(false)).Count > 0;

    private async ValueTask TellAsync(Conversation conversation, Placed placed, CancellationToken cancellationToken)
    {
        var unread = placed.New.Where(added => !added.Message.IsMine && added.Message.Order > conversation.State.ReadUpTo).ToList();
        if (unread.Count == 0)
        {
            return;
        }
        var wanted = unread.LastOrDefault(added => ChatMarkers.IsWanted(added.Envelope.Message)).Envelope?.Message.Id;
        conversation.State = conversation.State with
        {
            IsHidden = false,
            // What is newer was asked for already.
            Markable = conversation.State.Markable ?? wanted,
        };
        await SaveAsync(conversation, cancellationToken).ConfigureAwait(false);
        foreach (var (message, envelope) in unread)
        {
            list.Tell(new IncomingMessage(conversation, message));
            list.Incoming.Acknowledge(envelope with { IsCarbon = false });
        }
    }

    private async ValueTask SaveAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        var batch = new StoreBatch();
        conversation.Keep(batch);
        await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
    }
}
