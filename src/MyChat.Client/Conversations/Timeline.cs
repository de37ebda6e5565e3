using MyChat.Client.Connections;
using MyChat.Client.History;
using MyChat.Client.Sessions;

namespace MyChat.Client.Conversations;

/// <summary>Whether messages are being fetched from the server.</summary>
public enum FetchState
{
    Idle,
    Fetching,
    /// <summary>It did not work; loading older ones, or <see cref="Timeline.FillAsync"/>, tries again.</summary>
    Failed,
}

/// <summary>
/// A window's view of a conversation: a run of the messages on this device, at most <see cref="MaxItems"/>; loading at one end drops the other. Where
/// the server has more between them, <see cref="GapKeys"/> says so, and it is fetched. Opens at the first unread message (with some before it), else
/// at the end. Dispose it when the window goes.
/// </summary>
public sealed class Timeline : IDisposable
{
    public const int MaxItems = 300;
    public const int PageItems = 60;

    /// <summary>Messages before the one that the view goes to.</summary>
    private const int ItemsBefore = 20;

    private volatile View _view = new([], HasKeptOlder: false, HasOlder: false, HasNewer: false, IsCleared: false, Begins: false, []);
    private volatile FetchState _fetch;
    private int _filling;

    internal Timeline(Conversation conversation) => Conversation = conversation;

    public Conversation Conversation { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ChatMessage> Items => _view.Items;

    /// <summary>Whether there are older messages, or may be, here or on the server.</summary>
    public bool HasOlder => _view.HasOlder;

    /// <summary>Whether <see cref="LoadOlderAsync"/> would bring some now, as far as is known: not while the server cannot be asked for them.</summary>
    public bool CanLoadOlder => _view.HasKeptOlder || (_view.HasOlder && Conversation.CanFetch && Fetch != FetchState.Failed);

    /// <summary>Nothing came before the first of <see cref="Items"/>: the server has said so.</summary>
    public bool Begins => _view.Begins;

    /// <summary>The messages before which others are missing.</summary>
    public IReadOnlySet<string> GapKeys => _view.GapKeys;

    public FetchState Fetch => _fetch;

    /// <summary>Whether newer messages are not in <see cref="Items"/>; if not, new ones are appended as they come.</summary>
    public bool HasNewer => _view.HasNewer;

    /// <summary>The first message that was unread when the view opened: where the line "new" stands. Null when there was none.</summary>
    public string? FirstUnreadKey { get; private set; }

    /// <summary>Messages were cleared before the first of <see cref="Items"/> and can be shown again.</summary>
    public bool IsCleared => _view.IsCleared;

    /// <summary>Items have changed. Raised like <see cref="ChatClient.Changed"/>.</summary>
    public event Action? Changed;

    /// <summary>Loads what comes before; where it is not on this device, from the server. What the server does not give now is left out.</summary>
    public async Task LoadOlderAsync(CancellationToken cancellationToken = default)
    {
        long? missing;
        using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            missing = _view.HasOlder && Conversation.CanFetch && GapBefore(First) is { } gap && gap.Before >= First ? First : null;
        }
        if (missing is { } place)
        {
            await FetchAsync(() => Conversation.FillAsync(place, cancellationToken)).ConfigureAwait(false);
        }
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (!_view.HasOlder)
        {
            return;
        }
        var older = await ReadBeforeAsync(First, PageItems, cancellationToken).ConfigureAwait(false);
        var taken = Fetch == FetchState.Failed ? older : DownToGap(older, First);
        List<ChatMessage> items = [.. taken, .. Items];
        var dropped = items.Count > MaxItems;
        Set(
            [.. items.Take(MaxItems)], hasOlder: older.Count == PageItems || taken.Count < older.Count,
            hasNewer: _view.HasNewer || dropped);
    }

    /// <summary>Fetches what is missing in this view.</summary>
    public async Task FillAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _filling, 1) != 0)
        {
            return;
        }
        long? before = null;
        try
        {
            while (Conversation.CanFetch && await NextGapAsync(cancellationToken).ConfigureAwait(false) is { } place && place != before)
            {
                before = place;
                if (!await FetchAsync(() => Conversation.FillAsync(place, cancellationToken)).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        finally
        {
            Interlocked.Exchange(ref _filling, 0);
        }
    }

    /// <inheritdoc cref="LoadOlderAsync"/>
    public async Task LoadNewerAsync(CancellationToken cancellationToken = default)
    {
        long? missing;
        using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            missing = _view.HasNewer && Items is [.., var last] && Conversation.CanFetch
                && Conversation.ShownGaps.LowestAbove(last.Order) is { } gap && gap.After <= last.Order ? last.Order : null;
        }
        if (missing is { } place)
        {
            await FetchAsync(() => Conversation.FillAfterAsync(place, cancellationToken)).ConfigureAwait(false);
        }
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (!_view.HasNewer || Items.Count == 0)
        {
            return;
        }
        var read = await ReadFromAsync(Items[^1].Order, PageItems, cancellationToken).ConfigureAwait(false);
        var newer = UpToGap(read, Items[^1].Order);
        List<ChatMessage> items = [.. Items, .. newer];
        var dropped = items.Count > MaxItems;
        Set([.. items.TakeLast(MaxItems)], hasOlder: _view.HasKeptOlder || dropped, hasNewer: read.Count == PageItems || newer.Count < read.Count);
    }

    /// <summary>Goes to the newest messages.</summary>
    public async Task GoToEndAsync(CancellationToken cancellationToken = default)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        await GoToEndInTurnAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes to a message, with some around it.</summary>
    public async Task GoToAsync(string key, CancellationToken cancellationToken = default)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (await Context.Store.FindByKeyAsync(key, cancellationToken).ConfigureAwait(false) is { } message
            && message.Contact.Equals(Conversation.Jid) && message.Order > ClearedUpTo)
        {
            await GoToOrderAsync(message.Order, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes to a message that was found; one that is not on this device is fetched with some around it. Returns its key.</summary>
    /// <exception cref="XmppException">It cannot be had now.</exception>
    public async Task<string?> GoToAsync(FoundMessage found, CancellationToken cancellationToken = default)
    {
        var message = found.Message;
        if (found.Archived is { } archived)
        {
            using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                message = await Context.Store.FindByStanzaIdAsync(archived.Id, cancellationToken).ConfigureAwait(false);
            }
            if (message is null || Orders.IsWaiting(message.Order))
            {
                message = await Conversation.FetchAroundAsync(archived, cancellationToken).ConfigureAwait(false);
            }
        }
        if (message is null)
        {
            return null;
        }
        await GoToAsync(message.Key, cancellationToken).ConfigureAwait(false);
        return Items.Any(item => item.Key == message.Key) ? message.Key : null;
    }

    public void Dispose()
    {
        Changed = null;
        Context.Run(async cancellationToken =>
        {
            using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
            Conversation.Timelines.Remove(this);
        });
    }

    private ClientContext Context => Conversation.Context;

    private long ClearedUpTo => Conversation.State.ClearedUpTo is var place and not 0 ? place : Orders.Limbo;

    /// <summary>Whether the user has cleared something.</summary>
    private bool IsCut => Conversation.State.ClearedUpTo != 0;

    // What follows runs inside turns.
    internal async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        var readUpTo = Math.Max(Conversation.State.ReadUpTo, ClearedUpTo);
        var unread = Conversation.Unread > 0 ? await FirstReceivedAsync(readUpTo, cancellationToken).ConfigureAwait(false) : null;
        FirstUnreadKey = unread?.Key;
        if (unread is null)
        {
            await GoToEndInTurnAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await GoToOrderAsync(unread.Order, cancellationToken).ConfigureAwait(false);
        }
    }

    internal async ValueTask GoToEndInTurnAsync(CancellationToken cancellationToken)
    {
        var read = await ReadBeforeAsync(long.MaxValue, PageItems, cancellationToken).ConfigureAwait(false);
        var items = DownToGap(read, long.MaxValue);
        Set(items, hasOlder: read.Count == PageItems || items.Count < read.Count, hasNewer: false);
    }

    /// <summary>Messages are new or have changed.</summary>
    internal void Show(IReadOnlyList<ChatMessage> messages)
    {
        var (items, hasOlder) = (AllMoved(messages) ?? [.. Items], _view.HasKeptOlder);
        foreach (var message in messages)
        {
            var at = items.FindIndex(item => item.Key == message.Key);
            if (at >= 0 && items[at].Order == message.Order)
            {
                items[at] = message;
                continue;
            }
            if (at >= 0)
            {
                items.RemoveAt(at);
            }
            Place(items, message, hasOlder);
        }
        if (items.Count > MaxItems)
        {
            items.RemoveRange(0, items.Count - MaxItems);
            hasOlder = true;
        }
        Set(items, hasOlder, _view.HasNewer);
    }

    /// <summary>When room was made and every message of this view has another place: the same messages there. Null when one stands still.</summary>
    private List<ChatMessage>? AllMoved(IReadOnlyList<ChatMessage> messages)
    {
        if (messages.Count < Items.Count || Items.Count == 0)
        {
            return null;
        }
        var byKey = messages.ToLookup(message => message.Key);
        var moved = Items.Select(item => byKey[item.Key].LastOrDefault(item)).ToList();
        return moved.Zip(Items).All(pair => pair.First.Order != pair.Second.Order) ? [.. moved.OrderBy(item => item.Order)] : null;
    }

    internal void Remove(string key)
    {
        var items = Items.Where(item => item.Key != key).ToList();
        if (items.Count != Items.Count)
        {
            Set(items, _view.HasKeptOlder, _view.HasNewer);
        }
    }

    internal void GapsChanged() => Set(Items, _view.HasKeptOlder, _view.HasNewer);

    /// <summary>The server can be asked: what failed before may work now.</summary>
    internal void Look()
    {
        _fetch = _fetch == FetchState.Failed ? FetchState.Idle : _fetch;
        GapsChanged();
        Context.Run(FillAsync);
    }

    private void Place(List<ChatMessage> items, ChatMessage message, bool hasOlder)
    {
        var hasNewer = _view.HasNewer;
        var isBefore = items.Count > 0 ? message.Order < items[0].Order : hasNewer;
        var isAfter = items.Count > 0 ? message.Order > items[^1].Order : !hasNewer;
        if (message.Order > ClearedUpTo && !(isBefore && hasOlder) && !(isAfter && hasNewer))
        {
            items.Insert(items.FindLastIndex(item => item.Order < message.Order) + 1, message);
        }
    }

    private async ValueTask GoToOrderAsync(long order, CancellationToken cancellationToken)
    {
        var older = await ReadBeforeAsync(order, ItemsBefore, cancellationToken).ConfigureAwait(false);
        var newer = await ReadFromAsync(order - 1, PageItems, cancellationToken).ConfigureAwait(false);
        var (before, from) = (DownToGap(older, order), UpToGap(newer, order));
        Set(
            [.. before, .. from], hasOlder: older.Count == ItemsBefore || before.Count < older.Count,
            hasNewer: newer.Count == PageItems || from.Count < newer.Count);
    }

    private ValueTask<IReadOnlyList<ChatMessage>> ReadBeforeAsync(long order, int count, CancellationToken cancellationToken) =>
        Context.Store.ReadMessagesAsync(Conversation.Jid, ClearedUpTo, order, count, fromStart: false, cancellationToken);

    private ValueTask<IReadOnlyList<ChatMessage>> ReadFromAsync(long order, int count, CancellationToken cancellationToken) =>
        Context.Store.ReadMessagesAsync(Conversation.Jid, Math.Max(order, ClearedUpTo), long.MaxValue, count, fromStart: true, cancellationToken);

    private async ValueTask<ChatMessage?> FirstReceivedAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await Context.Store.ReadMessagesAsync(
                Conversation.Jid, after, long.MaxValue, PageItems, fromStart: true, cancellationToken).ConfigureAwait(false);
            if (page.FirstOrDefault(message => !message.IsMine) is { } first)
            {
                return first;
            }
            if (page.Count < PageItems)
            {
                return null;
            }
            after = page[^1].Order;
        }
    }

    private long First => Items is [var first, ..] ? first.Order : long.MaxValue;

    // What is read goes over no gap, as long as it may be filled first.
    private IReadOnlyList<ChatMessage> DownToGap(IReadOnlyList<ChatMessage> older, long place) =>
        Conversation.CanFetch && GapBefore(place) is { } gap && gap.Before != long.MaxValue ? [.. older.Where(message => message.Order >= gap.Before)] : older;

    private IReadOnlyList<ChatMessage> UpToGap(IReadOnlyList<ChatMessage> newer, long place) =>
        Conversation.CanFetch && Conversation.ShownGaps.LowestAbove(place) is { } gap && gap.Before != long.MaxValue
            ? [.. newer.Where(message => message.Order < gap.Before)]
            : newer;

    /// <summary>The gap that is next before a place, if any that is shown.</summary>
    private Gap? GapBefore(long place) => Conversation.ShownGaps.HighestBelow(place) is { } gap && gap.Before > ClearedUpTo ? gap : null;

    /// <summary>The place whose gap is to be filled next: the newest first.</summary>
    private async ValueTask<long?> NextGapAsync(CancellationToken cancellationToken)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (!_view.HasNewer && GapBefore(long.MaxValue) is { Before: long.MaxValue })
        {
            return long.MaxValue;
        }
        return Items.LastOrDefault(message => _view.GapKeys.Contains(message.Key))?.Order;
    }

    private void RaiseChanged() => Changed?.Invoke();

    /// <summary>False when the server does not give it now.</summary>
    private async Task<bool> FetchAsync(Func<Task> fetch)
    {
        SetFetch(FetchState.Fetching);
        try
        {
            await fetch().ConfigureAwait(false);
            SetFetch(FetchState.Idle);
            return true;
        }
        catch (XmppException)
        {
            SetFetch(FetchState.Failed);
            return false;
        }
    }

    private void SetFetch(FetchState fetch)
    {
        _fetch = fetch;
        Context.Raise(RaiseChanged);
    }

    /// <param name="hasOlder">Whether this device has older ones.</param>
    private void Set(IReadOnlyList<ChatMessage> items, bool hasOlder, bool hasNewer)
    {
        var first = items is [var earliest, ..] ? earliest.Order : long.MaxValue;
        var isGapBelow = !hasOlder && GapBefore(first) is not null;
        _view = new View(
            items, hasOlder, hasOlder || isGapBelow, hasNewer, IsCleared: IsCut && !hasOlder,
            Begins: Conversation.HasArchive && !IsCut && !hasOlder && !isGapBelow, KeysAfterGaps(items));
        Context.Raise(RaiseChanged);
    }

    private HashSet<string> KeysAfterGaps(IReadOnlyList<ChatMessage> items)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var gap in Conversation.ShownGaps)
        {
            var at = items.TakeWhile(message => message.Order < gap.Before).Count();
            if (at > 0 && at < items.Count)
            {
                keys.Add(items[at].Key);
            }
        }
        return keys;
    }

    /// <param name="HasKeptOlder">Whether this device has older ones.</param>
    private sealed record View(
        IReadOnlyList<ChatMessage> Items, bool HasKeptOlder, bool HasOlder, bool HasNewer, bool IsCleared, bool Begins, HashSet<string> GapKeys);
}
