using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;

namespace MyChat.Client.History;

/// <summary>
/// Fills gaps of one conversation where somebody looks. Also finds their place for messages that waited on the server while this device does not
/// have all that came before them: such are kept, but shown only where they belong.
/// </summary>
internal sealed class GapFilling(ConversationList list, PageTaking taking, CatchUp catchUp)
{
    private const int PageItems = 60;

    /// <summary>Pages may hold nothing for a reader (receipts, markers).</summary>
    private const int MostPages = 10;

    private readonly Dictionary<Conversation, Task> _running = [];
    private readonly HashSet<Conversation> _placing = [];

    private ClientContext Context => list.Context;

    /// <summary>What the archive has right before a place, up to a page of it; nothing when nothing is missing there.</summary>
    /// <exception cref="XmppException">It cannot be had now.</exception>
    public async Task FillAsync(Conversation conversation, long place, CancellationToken cancellationToken)
    {
        Task running;
        lock (_running)
        {
            // Two windows that look at the same conversation want the same.
            if (!_running.TryGetValue(conversation, out running!) || running.IsCompleted)
            {
                _running[conversation] = running = FillOnceAsync(conversation, place, CancellationToken.None);
            }
        }
        await running.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the archive has right after a message, up to a page of it.</summary>
    /// <exception cref="XmppException">It cannot be had now.</exception>
    public async Task FillAfterAsync(Conversation conversation, long place, CancellationToken cancellationToken)
    {
        ChatMessage? anchor;
        using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            var below = await Context.Store.ReadMessagesAsync(
                conversation.Jid, Orders.Limbo, place + 1, PageItems, fromStart: false, cancellationToken).ConfigureAwait(false);
            anchor = below.LastOrDefault(message => message.StanzaId is not null);
        }
        if (anchor is null)
        {
            await FillAsync(conversation, long.MaxValue, cancellationToken).ConfigureAwait(false);
            return;
        }
        var after = anchor.StanzaId;
        for (var i = 0; i < MostPages; i++)
        {
            var query = new ArchiveQuery { With = conversation.Jid, After = after, Max = PageItems };
            var page = await catchUp.Archive.AskAsync(query, cancellationToken).ConfigureAwait(false);
            using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
            var placed = await taking.TakeAfterAsync(
                conversation, page.Of(conversation.Jid), anchor.Key, page.IsComplete, cancellationToken).ConfigureAwait(false);
            if (placed.First != long.MaxValue || page.IsComplete || page.LastId is null)
            {
                return;
            }
            after = page.LastId;
        }
    }

    /// <summary>A message of the archive with some around it, so that it can be shown; null when it has no text.</summary>
    /// <exception cref="XmppException">It cannot be had now.</exception>
    public async Task<ChatMessage?> FetchAroundAsync(Conversation conversation, ArchivedMessage message, CancellationToken cancellationToken)
    {
        var query = new ArchiveQuery { With = conversation.Jid, Before = message.Id, Max = PageItems / 2 };
        var before = await catchUp.Archive.AskAsync(query, cancellationToken).ConfigureAwait(false);
        var after = await catchUp.Archive.AskAsync(query with { Before = null, After = message.Id }, cancellationToken).ConfigureAwait(false);
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        await catchUp.BeginAsync(conversation, cancellationToken).ConfigureAwait(false);
        await taking.TakeAroundAsync(
            conversation, [.. before.Of(conversation.Jid), message, .. after.Of(conversation.Jid)], before.IsComplete, cancellationToken).ConfigureAwait(false);
        return await Context.Store.FindByStanzaIdAsync(message.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fills what is looked at, and finds places for what waits for one.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var conversation in list.Known)
        {
            if (conversation.State.HasWaiting)
            {
                await PlaceWaitingAsync(conversation, cancellationToken).ConfigureAwait(false);
            }
        }
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        foreach (var conversation in list.Known)
        {
            conversation.Look();
        }
    }

    /// <summary>A message came that waited on the server: whether it must wait for its place. Inside a turn.</summary>
    public async ValueTask<bool> MustWaitAsync(Conversation conversation, Envelope envelope, CancellationToken cancellationToken) =>
        envelope is { Sent: { } sent, StanzaId: not null, IsCarbon: false } && catchUp.WillTell
        && (conversation.State.HasWaiting || await CanBeMissingAsync(conversation, sent, cancellationToken).ConfigureAwait(false));

    /// <summary>Inside a turn, after it was kept.</summary>
    public void Place(Conversation conversation) => Context.Run(cancellationToken => PlaceWaitingAsync(conversation, cancellationToken));

    /// <summary>There is no archive: what waits gets a place by its time.</summary>
    public async Task GiveUpWaitingAsync(CancellationToken cancellationToken)
    {
        foreach (var conversation in list.Known.Where(conversation => conversation.State.HasWaiting))
        {
            await ReleaseAsync(conversation, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FillOnceAsync(Conversation conversation, long place, CancellationToken cancellationToken)
    {
        string? before = null;
        for (var i = 0; i < MostPages; i++)
        {
            Start? start;
            using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                await catchUp.BeginAsync(conversation, cancellationToken).ConfigureAwait(false);
                start = await StartAsync(conversation, place, cancellationToken).ConfigureAwait(false);
            }
            if (start is null)
            {
                return;
            }
            var query = new ArchiveQuery { With = conversation.Jid, Before = before ?? start.Before, Max = PageItems };
            var page = await catchUp.Archive.AskAsync(query, cancellationToken).ConfigureAwait(false);
            using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
            var placed = await TakeAsync(conversation, page, start, cancellationToken).ConfigureAwait(false);
            if (placed.First != long.MaxValue || page.IsComplete || page.FirstId is null)
            {
                return;
            }
            before = page.FirstId;
        }
    }

    /// <summary>Where to ask from: before this id, which is the one of the message that stands at the end of the gap.</summary>
    private sealed record Start(string Before, string? Key, long Asked);

    private async ValueTask<Start?> StartAsync(Conversation conversation, long place, CancellationToken cancellationToken)
    {
        if (conversation.Gaps.HighestBelow(place) is not { } gap)
        {
            return null;
        }
        var above = gap.Before == long.MaxValue
            ? []
            : await Context.Store.ReadMessagesAsync(conversation.Jid, gap.Before - 1, long.MaxValue, PageItems, fromStart: true, cancellationToken).ConfigureAwait(false);
        var anchor = above.FirstOrDefault(message => message.StanzaId is not null);
        return new Start(anchor?.StanzaId ?? "", anchor?.Key, conversation.LastOrder);
    }

    private async ValueTask<Placed> TakeAsync(Conversation conversation, ArchivePage page, Start start, CancellationToken cancellationToken)
    {
        if (start.Key is null)
        {
            return await taking.TakeNewestAsync(
                conversation, page.Of(conversation.Jid), start.Asked, page.IsComplete, isMissed: false, cancellationToken).ConfigureAwait(false);
        }
        var anchor = await Context.Store.FindByKeyAsync(start.Key, cancellationToken).ConfigureAwait(false);
        return anchor is null
            ? Placed.Nothing
            : await taking.TakeOlderAsync(
                conversation, page.Of(conversation.Jid), anchor.Order, page.IsComplete, isMissed: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task PlaceWaitingAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        lock (_placing)
        {
            if (!_placing.Add(conversation))
            {
                return; // Whoever is at it sees to this one as well.
            }
        }
        try
        {
            while (catchUp.IsUsable && conversation.State.HasWaiting)
            {
                var last = await LastWaitingAsync(conversation, cancellationToken).ConfigureAwait(false);
                await FindWaitingAsync(conversation, cancellationToken).ConfigureAwait(false);
                if (catchUp.IsBehind)
                {
                    return; // It looks here again when it is through.
                }
                // What the archive does not have, as it was not to be kept there, stands where its time puts it.
                await ReleaseAsync(conversation, cancellationToken, upTo: last).ConfigureAwait(false);
            }
            if (!catchUp.WillTell)
            {
                await ReleaseAsync(conversation, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StanzaErrorException)
        {
            await ReleaseAsync(conversation, cancellationToken).ConfigureAwait(false);
        }
        catch (XmppException)
        {
            // The next stream goes on.
        }
        finally
        {
            lock (_placing)
            {
                _placing.Remove(conversation);
            }
        }
    }

    private async Task<long> LastWaitingAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        return (await WaitingAsync(conversation, 1, cancellationToken).ConfigureAwait(false)) is [.., var last] ? last.Order : long.MinValue;
    }

    /// <summary>Fills gaps from the newest backwards, until all that waits has turned up or must have.</summary>
    private async Task FindWaitingAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        // Somebody else's page may have just been put in: one time without any gain says nothing.
        const int MostInVain = 3;
        for (var inVain = 0; conversation.State.HasWaiting && inVain < MostInVain;)
        {
            var before = conversation.Gaps;
            using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                var waiting = await WaitingAsync(conversation, int.MaxValue, cancellationToken).ConfigureAwait(false);
                if (waiting.Count == 0 || !await CanBeMissingAsync(conversation, waiting.Min(message => message.Time), cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
            await FillAsync(conversation, long.MaxValue, cancellationToken).ConfigureAwait(false);
            inVain = conversation.Gaps.SequenceEqual(before) ? inVain + 1 : 0;
        }
    }

    /// <summary>Whether what was sent then may belong into a gap: times are those of the server, and many messages may bear the same.</summary>
    private async ValueTask<bool> CanBeMissingAsync(Conversation conversation, DateTimeOffset sent, CancellationToken cancellationToken)
    {
        if (conversation.Gaps.HighestBelow(long.MaxValue) is not { } gap)
        {
            return false;
        }
        var above = gap.Before == long.MaxValue
            ? []
            : await Context.Store.ReadMessagesAsync(conversation.Jid, gap.Before - 1, long.MaxValue, 1, fromStart: true, cancellationToken).ConfigureAwait(false);
        // One second, as what came live has the time of this machine's clock.
        return above is not [var next] || sent <= next.Time + TimeSpan.FromSeconds(1);
    }

    private async Task ReleaseAsync(Conversation conversation, CancellationToken cancellationToken, long upTo = Orders.Limbo)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        var batch = new StoreBatch();
        var all = await WaitingAsync(conversation, int.MaxValue, cancellationToken).ConfigureAwait(false);
        foreach (var message in all.Where(message => message.Order <= upTo))
        {
            var place = await list.Incoming.PlaceAsync(
                conversation, message.Time, isDelayed: true, message.IsMine, cancellationToken, Orders.Came(message.Order)).ConfigureAwait(false);
            var placed = message with { Order = place };
            conversation.State = conversation.State with { HasWaiting = false };
            batch = new StoreBatch { Messages = { placed } };
            conversation.Keep(batch);
            await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            conversation.Show([placed]);
        }
        conversation.State = conversation.State with { HasWaiting = all.Any(message => message.Order > upTo) };
        batch = new StoreBatch();
        conversation.Keep(batch);
        await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        await conversation.ReloadAsync(cancellationToken).ConfigureAwait(false);
        conversation.Publish();
    }

    private ValueTask<IReadOnlyList<ChatMessage>> WaitingAsync(Conversation conversation, int count, CancellationToken cancellationToken) =>
        Context.Store.ReadMessagesAsync(conversation.Jid, long.MinValue, Orders.Limbo, Math.Min(count, 5000), fromStart: false, cancellationToken);
}
