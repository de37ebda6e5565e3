using MyChat.Client.Connections;
using MyChat.Client.Conversations;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.History;

/// <summary>
/// What was missed: at the beginning of each stream the newest page of the account's archive, before anything else can come in; then, where that
/// does not reach what is here, page after page from where this device was, so that every page is a step that a cut does not undo. A device that
/// is new takes a few pages from the end; the rest is fetched where somebody looks (<see cref="GapFilling"/>).
/// </summary>
internal sealed class CatchUp
{
    private const int PageItems = 100;

    /// <summary>Pages that a new device takes.</summary>
    private const int NewDevicePages = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConversationList _list;
    private readonly PageTaking _taking;
    private ArchiveState _state = new();
    private XmppConnection? _workingOn;

    // The newest page of this stream was taken: its last id.
    private volatile bool _isReady;
    private string? _head;

    // The archive would not give the last page that was asked for.
    private volatile bool _isRefused;

    // Where a new device goes on: before this id.
    private string? _older;
    private int _olderPages;

    public CatchUp(ConversationList list)
    {
        _list = list;
        _taking = new PageTaking(list);
        Archive = new Archive(list.Context);
        Filling = new GapFilling(list, _taking, this);
    }

    public Archive Archive { get; }
    public GapFilling Filling { get; }

    /// <summary>Whether pages can be asked for now.</summary>
    public bool IsUsable => _isReady && Context.IsConnected;

    /// <summary>Whether pages will tell, now or when the connection is back, where a message stands.</summary>
    public bool WillTell => _state.HasArchive && !_isRefused;

    /// <summary>Whether there is an archive, as was seen last.</summary>
    public bool HasArchive => _state.HasArchive;

    /// <summary>This device has followed the archive before.</summary>
    public bool WasHere => _state.Newest is not null || _state.IsWhole; // an empty archive has no newest

    public bool IsWhole => _state.IsWhole;

    /// <summary>All that this device missed is still to come, page after page.</summary>
    public bool IsBehind => _state.IsBehind && WillTell;

    private ClientContext Context => _list.Context;

    /// <summary>Inside a turn.</summary>
    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var documents = await Context.Store.ReadDocumentsAsync(ArchiveState.Key, cancellationToken).ConfigureAwait(false);
        _state = ArchiveState.Parse(documents.GetValueOrDefault(ArchiveState.Key));
    }

    /// <summary>A new stream, on which nothing has come in yet.</summary>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            (_isReady, _isRefused, _older) = (false, false, null);
            await SetAsync(_state with { Epoch = _state.Epoch + 1, IsBehind = true, HasArchive = Archive.IsThere }, cancellationToken).ConfigureAwait(false);
        }
        if (Archive.IsThere)
        {
            await TryAsync(TakeNewestAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes on where there is more to fetch.</summary>
    public void GoOn() => Context.Run(async cancellationToken =>
    {
        if (Context.Connection is not { } connection)
        {
            return;
        }
        if (!Archive.IsThere)
        {
            await Filling.GiveUpWaitingAsync(cancellationToken).ConfigureAwait(false);
            return;
        }
        if (Interlocked.Exchange(ref _workingOn, connection) != connection)
        {
            // Also after a resumption, which ended what was under way.
            try
            {
                await WorkAsync(connection, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.CompareExchange(ref _workingOn, null, connection);
            }
        }
    });

    /// <summary>Something comes or is put into a conversation: what may be missing before it is noted first. Inside a turn.</summary>
    public async ValueTask BeginAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        if (!_state.IsBehind || !_state.HasArchive || conversation.State.Epoch == _state.Epoch)
        {
            return;
        }
        var last = await conversation.LastSettledAsync(long.MaxValue, cancellationToken).ConfigureAwait(false);
        conversation.State = conversation.State with
        {
            Epoch = _state.Epoch,
            Floor = conversation.State.Floor ?? last ?? long.MaxValue,
            Gaps = conversation.Gaps.With(new Gap(last ?? long.MinValue, long.MaxValue)),
        };
    }

    /// <summary>A message came as new, and stands at the end: what is missing is before it. Inside a turn; the caller keeps the batch.</summary>
    public void Follow(Conversation conversation, ChatMessage message, StoreBatch batch)
    {
        if (message.StanzaId is null)
        {
            return;
        }
        var gaps = conversation.Gaps;
        if (gaps is [.., { Before: long.MaxValue } tail] && tail.After < message.Order)
        {
            conversation.State = conversation.State with { Gaps = gaps.Without(message.Order, long.MaxValue) };
        }
        if (!_state.IsBehind && _list.HasCarbons)
        {
            _state = _state with { Newest = message.StanzaId };
            batch.Documents[ArchiveState.Key] = _state.ToJson();
        }
    }

    private async Task WorkAsync(XmppConnection connection, CancellationToken cancellationToken)
    {
        while (!_isReady && Context.Connection == connection)
        {
            if (await TryAsync(TakeNewestAsync, cancellationToken).ConfigureAwait(false) || !_isRefused)
            {
                break;
            }
            await Filling.GiveUpWaitingAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(Patience, Context.Options.Time, cancellationToken).ConfigureAwait(false);
        }
        while (Context.Connection == connection && (_state.IsBehind || _older is not null))
        {
            if (!await TryAsync(_state.IsBehind ? TakeNextAsync : TakeOlderAsync, cancellationToken).ConfigureAwait(false))
            {
                break;
            }
        }
        await Filling.LookAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>False when the archive refuses, or the connection is lost: then the next stream goes on.</summary>
    private async Task<bool> TryAsync(Func<XmppConnection, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (Context.Connection is not { } connection)
        {
            return false;
        }
        try
        {
            await work(connection, cancellationToken).ConfigureAwait(false);
            _isRefused = false;
            return true;
        }
        catch (XmppException failure)
        {
            _isRefused |= failure is StanzaErrorException or NoAnswerException or MalformedAnswerException;
            return false;
        }
    }

    private async Task TakeNewestAsync(XmppConnection connection, CancellationToken cancellationToken)
    {
        Dictionary<BareJid, long> ends;
        using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            ends = _list.Known.ToDictionary(conversation => conversation.Jid, conversation => conversation.LastOrder);
        }
        var page = await Archive.AskAsync(new ArchiveQuery { Before = "", Max = PageItems }, cancellationToken).ConfigureAwait(false);
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (Context.Connection != connection)
        {
            return;
        }
        foreach (var part in page.ByContact())
        {
            var conversation = _list[part.Key];
            await BeginAsync(conversation, cancellationToken).ConfigureAwait(false);
            await _taking.TakeNewestAsync(
                conversation, [.. part], ends.GetValueOrDefault(part.Key), page.IsComplete, isMissed: true, cancellationToken).ConfigureAwait(false);
        }
        (_isReady, _head) = (true, page.LastId);
        var isNew = !WasHere;
        if (isNew || page.IsComplete || page.Messages.Any(message => message.Id == _state.Newest))
        {
            // Where nothing connects with what an earlier program kept, the gap stays, and is filled when it is looked at.
            var isWhole = page.IsComplete || (_state.IsWhole && !isNew);
            await EndAsync(page.LastId ?? _state.Newest, isWhole, forget: isNew && !isWhole, cancellationToken).ConfigureAwait(false);
        }
        (_older, _olderPages) = (isNew && !page.IsComplete ? page.FirstId : null, 1);
    }

    /// <summary>Forwards from where this device was.</summary>
    private async Task TakeNextAsync(XmppConnection connection, CancellationToken cancellationToken)
    {
        var (after, epoch) = (_state.Newest, _state.Epoch);
        ArchivePage? page = null;
        try
        {
            page = await Archive.AskAsync(new ArchiveQuery { After = after, Max = PageItems }, cancellationToken).ConfigureAwait(false);
        }
        catch (StanzaErrorException unknown) when (unknown.Error.Condition == StanzaErrorCondition.ItemNotFound)
        {
            // It was removed there (XEP-0313 §4.1.1): nobody knows any more what came right after it.
        }
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (Context.Connection != connection || _state.Epoch != epoch || _state.Newest != after)
        {
            return;
        }
        if (page is null)
        {
            await EndAsync(_head, isWhole: false, forget: true, cancellationToken).ConfigureAwait(false);
            return;
        }
        foreach (var part in page.ByContact())
        {
            await BeginAsync(_list[part.Key], cancellationToken).ConfigureAwait(false);
            await _taking.TakeNextAsync(_list[part.Key], [.. part], cancellationToken).ConfigureAwait(false);
        }
        if (page.IsComplete || page.LastId is null)
        {
            await EndAsync(page.LastId ?? after, _state.IsWhole, forget: false, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await SetAsync(_state with { Newest = page.LastId }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A new device: backwards, for a list of chats that says something.</summary>
    private async Task TakeOlderAsync(XmppConnection connection, CancellationToken cancellationToken)
    {
        var before = _older!;
        var page = await Archive.AskAsync(new ArchiveQuery { Before = before, Max = PageItems }, cancellationToken).ConfigureAwait(false);
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (Context.Connection != connection || _older != before)
        {
            return;
        }
        foreach (var part in page.ByContact())
        {
            var conversation = _list[part.Key];
            await _taking.TakeOlderAsync(
                conversation, [.. part], conversation.Gaps.HighestBelow(long.MaxValue)?.Before ?? long.MaxValue, page.IsComplete, isMissed: true,
                cancellationToken).ConfigureAwait(false);
        }
        if (page.IsComplete)
        {
            await SetAsync(_state with { IsWhole = true }, cancellationToken).ConfigureAwait(false);
            await ForgetGapsAsync(_ => long.MinValue, cancellationToken).ConfigureAwait(false);
        }
        _older = page.IsComplete || ++_olderPages >= NewDevicePages ? null : page.FirstId;
    }

    /// <summary>Nothing is missed any more; or, with <paramref name="forget"/>, what is missing is not known by account.</summary>
    private async ValueTask EndAsync(string? newest, bool isWhole, bool forget, CancellationToken cancellationToken)
    {
        await SetAsync(_state with { Newest = newest, IsBehind = false, IsWhole = isWhole }, cancellationToken).ConfigureAwait(false);
        await ForgetGapsAsync(
            conversation => isWhole ? long.MinValue : forget ? null : conversation.State.Floor, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ForgetGapsAsync(Func<Conversation, long?> from, CancellationToken cancellationToken)
    {
        foreach (var conversation in _list.Known.Where(conversation => conversation.State.Gaps is not null || conversation.State.Floor is not null))
        {
            var gaps = from(conversation) is { } place ? conversation.Gaps.Without(place, long.MaxValue) : conversation.Gaps;
            if (gaps.Count != conversation.Gaps.Count || conversation.State.Floor is not null || !gaps.SequenceEqual(conversation.Gaps))
            {
                await conversation.SetAsync(conversation.State with { Gaps = gaps, Floor = null }, cancellationToken).ConfigureAwait(false);
                conversation.GapsChanged();
            }
        }
    }

    private async ValueTask SetAsync(ArchiveState state, CancellationToken cancellationToken)
    {
        _state = state;
        await Context.CommitAsync(new StoreBatch { Documents = { [ArchiveState.Key] = state.ToJson() } }, cancellationToken).ConfigureAwait(false);
    }
}
