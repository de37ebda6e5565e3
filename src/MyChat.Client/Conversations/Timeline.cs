using MyChat.Client.Sessions;

namespace MyChat.Client.Conversations;

/// <summary>
/// A window's view of a conversation: a run of messages without gaps, at most <see cref="MaxItems"/>; loading at one end drops the other. Opens
/// at the first unread message (with some before it), else at the end. Dispose it when the window goes.
/// </summary>
public sealed class Timeline : IDisposable
{
    public const int MaxItems = 300;
    public const int PageItems = 60;

    /// <summary>Messages before the one that the view goes to.</summary>
    private const int ItemsBefore = 20;

    private volatile View _view = new([], HasOlder: false, HasNewer: false, IsCleared: false);

    internal Timeline(Conversation conversation) => Conversation = conversation;

    public Conversation Conversation { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ChatMessage> Items => _view.Items;

    public bool HasOlder => _view.HasOlder;

    /// <summary>Whether newer messages are not in <see cref="Items"/>; if not, new ones are appended as they come.</summary>
    public bool HasNewer => _view.HasNewer;

    /// <summary>The first message that was unread when the view opened: where the line "new" stands. Null when there was none.</summary>
    public string? FirstUnreadKey { get; private set; }

    /// <summary>Messages were cleared before the first of <see cref="Items"/> and can be shown again.</summary>
    public bool IsCleared => _view.IsCleared;

    /// <summary>Items have changed. Raised like <see cref="ChatClient.Changed"/>.</summary>
    public event Action? Changed;

    public async Task LoadOlderAsync(CancellationToken cancellationToken = default)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (!_view.HasOlder || Items.Count == 0)
        {
            return;
        }
        var older = await ReadBeforeAsync(Items[0].Order, PageItems, cancellationToken).ConfigureAwait(false);
        List<ChatMessage> items = [.. older, .. Items];
        var dropped = items.Count > MaxItems;
        Set([.. items.Take(MaxItems)], hasOlder: older.Count == PageItems, hasNewer: _view.HasNewer || dropped);
    }

    public async Task LoadNewerAsync(CancellationToken cancellationToken = default)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (!_view.HasNewer || Items.Count == 0)
        {
            return;
        }
        var newer = await ReadFromAsync(Items[^1].Order, PageItems, cancellationToken).ConfigureAwait(false);
        List<ChatMessage> items = [.. Items, .. newer];
        var dropped = items.Count > MaxItems;
        Set([.. items.TakeLast(MaxItems)], hasOlder: _view.HasOlder || dropped, hasNewer: newer.Count == PageItems);
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

    private long ClearedUpTo => Conversation.State.ClearedUpTo;

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
        var items = await ReadBeforeAsync(long.MaxValue, PageItems, cancellationToken).ConfigureAwait(false);
        Set(items, hasOlder: items.Count == PageItems, hasNewer: false);
    }

    /// <summary>A message is new or has changed.</summary>
    internal void Show(ChatMessage message)
    {
        var items = new List<ChatMessage>(Items);
        var at = items.FindIndex(item => item.Key == message.Key);
        if (at >= 0 && items[at].Order == message.Order)
        {
            items[at] = message;
            Set(items, _view.HasOlder, _view.HasNewer);
            return;
        }
        if (at >= 0)
        {
            items.RemoveAt(at);
        }
        Place(items, message);
    }

    internal void Remove(string key)
    {
        var items = Items.Where(item => item.Key != key).ToList();
        if (items.Count != Items.Count)
        {
            Set(items, _view.HasOlder, _view.HasNewer);
        }
    }

    private void Place(List<ChatMessage> items, ChatMessage message)
    {
        var (hasOlder, hasNewer) = (_view.HasOlder, _view.HasNewer);
        var isBefore = items.Count > 0 ? message.Order < items[0].Order : hasNewer;
        var isAfter = items.Count > 0 ? message.Order > items[^1].Order : !hasNewer;
        if (message.Order > ClearedUpTo && !(isBefore && hasOlder) && !(isAfter && hasNewer))
        {
            var place = items.FindLastIndex(item => item.Order < message.Order) + 1;
            items.Insert(place, message);
        }
        if (items.Count > MaxItems)
        {
            items.RemoveRange(0, items.Count - MaxItems);
            hasOlder = true;
        }
        Set(items, hasOlder, hasNewer);
    }

    private async ValueTask GoToOrderAsync(long order, CancellationToken cancellationToken)
    {
        var before = await ReadBeforeAsync(order, ItemsBefore, cancellationToken).ConfigureAwait(false);
        var from = await ReadFromAsync(order - 1, PageItems, cancellationToken).ConfigureAwait(false);
        Set([.. before, .. from], hasOlder: before.Count == ItemsBefore, hasNewer: from.Count == PageItems);
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

    private void Set(IReadOnlyList<ChatMessage> items, bool hasOlder, bool hasNewer)
    {
        _view = new View(items, hasOlder, hasNewer, IsCleared: ClearedUpTo > 0 && !hasOlder);
        Context.Raise(() => Changed?.Invoke());
    }

    private sealed record View(IReadOnlyList<ChatMessage> Items, bool HasOlder, bool HasNewer, bool IsCleared);
}
