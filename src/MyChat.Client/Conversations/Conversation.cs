using System.Runtime.CompilerServices;
using MyChat.Client.Connections;
using MyChat.Client.History;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Conversations;

/// <summary>The conversation with one contact.</summary>
public sealed class Conversation
{
    private readonly ConversationList _list;
    private volatile ConversationSummary _summary;

    // The place of the contact's last message; 0 until somebody asks.
    private long _lastReceived;

    internal Conversation(BareJid jid, ConversationList list)
    {
        (Jid, _list) = (jid, list);
        _summary = new ConversationSummary(jid);
    }

    public BareJid Jid { get; }
    public ConversationSummary Summary => _summary;

    /// <summary>
    /// Puts a message into the outbox and sends it; returns when the outbox keeps it. It is sent when there is a connection, also after a restart.
    /// Surrounding white space is kept; control characters that XML cannot hold are taken out.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing is left to send, or more than <see cref="MaxBodyBytes"/>.</exception>
    public Task<ChatMessage> SendAsync(string body, MessageFormat? format = null, CancellationToken cancellationToken = default) =>
        _list.Outbox.SendAsync(this, body, format, cancellationToken);

    /// <summary>The longest body, in bytes of UTF-8.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    /// <summary>Sends a failed message again: the same message, with the same id.</summary>
    public Task RetryAsync(string key, CancellationToken cancellationToken = default) => _list.Outbox.RetryAsync(this, key, cancellationToken);

    /// <summary>Deletes a message on this device; one that is still queued is not sent.</summary>
    public async Task DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (await Context.Store.FindByKeyAsync(key, cancellationToken).ConfigureAwait(false) is not { } message || !message.Contact.Equals(Jid))
        {
            return;
        }
        State = State.Without(message);
        var batch = new StoreBatch { DeletedMessages = { key } };
        Keep(batch);
        await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        foreach (var timeline in Timelines)
        {
            timeline.Remove(key);
        }
        await ReloadAsync(cancellationToken).ConfigureAwait(false);
        _list.Publish();
    }

    /// <summary>The user has seen everything up to here: unread is 0, and the contact is told where that is wanted.</summary>
    public Task MarkReadAsync(CancellationToken cancellationToken = default) => _list.Reading.MarkReadAsync(this, cancellationToken);

    public Task SetDraftAsync(string draft, CancellationToken cancellationToken = default) =>
        ChangeAsync(state => state with { Draft = draft, IsHidden = state.IsHidden && draft.Length == 0 }, cancellationToken);

    /// <summary>The user types, or has stopped; told to friends where wanted, at most as often as XEP-0085 says.</summary>
    public void SetTyping(bool typing) => _list.Typing.Set(this, typing);

    public Task PinAsync(bool pinned, CancellationToken cancellationToken = default) =>
        ChangeAsync(state => state with { IsPinned = pinned, IsHidden = state.IsHidden && !pinned }, cancellationToken);

    public Task MuteAsync(DateTimeOffset? until, CancellationToken cancellationToken = default) =>
        ChangeAsync(state => state with { MutedUntil = until }, cancellationToken);

    /// <summary>Empties what this device shows; nothing is deleted, <see cref="ShowAgainAsync"/> takes it back.</summary>
    public Task ClearAsync(CancellationToken cancellationToken = default) => ClearUpToAsync(() => LastOrder, cancellationToken);

    public Task ShowAgainAsync(CancellationToken cancellationToken = default) => ClearUpToAsync(() => 0, cancellationToken);

    /// <summary>Takes the conversation out of the list, with its draft and pin; the messages stay in the store.</summary>
    public Task HideAsync(CancellationToken cancellationToken = default) =>
        ChangeAsync(state => state with { IsHidden = true, Draft = "", IsPinned = false }, cancellationToken);

    /// <summary>All that is kept, oldest first, in pages: for a transcript.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ChatMessage>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const int PageItems = 500;
        var after = Orders.Limbo;
        while (true)
        {
            IReadOnlyList<ChatMessage> page;
            using (await Context.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                page = await Context.Store.ReadMessagesAsync(Jid, after, long.MaxValue, PageItems, fromStart: true, cancellationToken).ConfigureAwait(false);
            }
            if (page.Count == 0)
            {
                yield break;
            }
            yield return page;
            after = page[^1].Order;
        }
    }

    /// <summary>A view of the messages for one window.</summary>
    public async Task<Timeline> OpenAsync(CancellationToken cancellationToken = default)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        var timeline = new Timeline(this);
        await timeline.OpenAsync(cancellationToken).ConfigureAwait(false);
        Timelines.Add(timeline);
        Look();
        return timeline;
    }

    internal ClientContext Context => _list.Context;

    /// <summary>Where messages may be missing that the archive has.</summary>
    internal IReadOnlyList<Gap> Gaps => State.Gaps ?? (_list.CatchUp.IsWhole ? [] : History.Gaps.Everything);

    /// <summary>The same, where there is an archive at all.</summary>
    internal IReadOnlyList<Gap> ShownGaps => _list.CatchUp.HasArchive ? Gaps : [];

    internal bool HasArchive => _list.CatchUp.HasArchive;

    /// <summary>Whether the archive can be asked now.</summary>
    internal bool CanFetch => _list.CatchUp.IsUsable;

    /// <exception cref="XmppException">It cannot be had now.</exception>
    internal Task FillAfterAsync(long place, CancellationToken cancellationToken) => _list.CatchUp.Filling.FillAfterAsync(this, place, cancellationToken);

    /// <exception cref="XmppException">It cannot be had now.</exception>
    internal Task<ChatMessage?> FetchAroundAsync(ArchivedMessage message, CancellationToken cancellationToken) =>
        _list.CatchUp.Filling.FetchAroundAsync(this, message, cancellationToken);

    /// <inheritdoc cref="FillAfterAsync"/>
    internal Task FillAsync(long place, CancellationToken cancellationToken) => _list.CatchUp.Filling.FillAsync(this, place, cancellationToken);

    // What follows changes inside turns only.
    internal ConversationState State { get; set; } = ConversationState.New;
    internal List<Timeline> Timelines { get; } = [];

    /// <summary>The last message, cleared or not.</summary>
    internal ChatMessage? Last { get; private set; }

    /// <summary>The place of the last message that there ever was in this run: the next comes after it.</summary>
    internal long LastOrder { get; private set; }

    internal int Unread { get; set; }
    internal bool IsTyping { get; set; }

    /// <summary>Takes from the store what the list shows.</summary>
    internal async ValueTask ReloadAsync(CancellationToken cancellationToken)
    {
        var last = await Context.Store.ReadMessagesAsync(Jid, Orders.Limbo, long.MaxValue, 1, fromStart: false, cancellationToken).ConfigureAwait(false);
        Last = last.Count > 0 ? last[0] : null;
        _lastReceived = 0;
        LastOrder = Math.Max(LastOrder, Last?.Order ?? 0);
        await CountAsync(cancellationToken).ConfigureAwait(false);
        Summarize();
    }

    internal async ValueTask CountAsync(CancellationToken cancellationToken) =>
        Unread = await Context.Store.CountReceivedAsync(Jid, State.ReadUpTo, cancellationToken).ConfigureAwait(false);

    /// <summary>The place of the contact's last message; 0 when there is none.</summary>
    internal async ValueTask<long> LastReceivedAsync(CancellationToken cancellationToken) =>
        _lastReceived = _lastReceived == 0 ? await LastReceivedAsync(long.MaxValue, cancellationToken).ConfigureAwait(false) : _lastReceived;

    /// <summary>The place of the contact's last message below a place; 0 when there is none.</summary>
    internal async ValueTask<long> LastReceivedAsync(long before, CancellationToken cancellationToken)
    {
        const int PageItems = 100;
        while (true)
        {
            var page = await Context.Store.ReadMessagesAsync(Jid, Orders.Limbo, before, PageItems, fromStart: false, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                return 0;
            }
            if (page.LastOrDefault(message => !message.IsMine) is { } received)
            {
                return received.Order;
            }
            before = page[0].Order;
        }
    }

    /// <summary>The place of the last message below a place, but those that were never sent; null when there is none.</summary>
    internal async ValueTask<long?> LastSettledAsync(long before, CancellationToken cancellationToken)
    {
        const int PageItems = 100;
        while (true)
        {
            var page = await Context.Store.ReadMessagesAsync(Jid, Orders.Limbo, before, PageItems, fromStart: false, cancellationToken).ConfigureAwait(false);
            if (page.LastOrDefault(message => message.State is not (MessageState.Queued or MessageState.Failed)) is { } last)
            {
                return last.Order;
            }
            if (page.Count < PageItems)
            {
                return null;
            }
            before = page[0].Order;
        }
    }

    /// <summary>Messages are new or have changed, and are committed.</summary>
    internal void Show(IReadOnlyList<ChatMessage> messages)
    {
        var shown = messages.Where(message => !Orders.IsWaiting(message.Order)).ToList();
        foreach (var message in shown)
        {
            Note(message);
        }
        foreach (var timeline in Timelines)
        {
            timeline.Show(shown);
        }
    }

    /// <inheritdoc cref="Show(IReadOnlyList{ChatMessage})"/>
    internal void Show(ChatMessage message) => Show([message]);

    /// <summary>What may be missing is another than before.</summary>
    internal void GapsChanged()
    {
        foreach (var timeline in Timelines)
        {
            timeline.GapsChanged();
        }
    }

    /// <summary>Fetches what is missing in what is looked at.</summary>
    internal void Look()
    {
        foreach (var timeline in Timelines)
        {
            timeline.Look();
        }
    }

    private void Note(ChatMessage message)
    {
        if (Last is null || message.Order >= Last.Order || message.Key == Last.Key)
        {
            Last = message;
        }
        LastOrder = Math.Max(LastOrder, message.Order);
        if (!message.IsMine && _lastReceived != 0)
        {
            _lastReceived = Math.Max(_lastReceived, message.Order);
        }
    }

    /// <summary>Adds the state to what is committed.</summary>
    internal void Keep(StoreBatch batch) => batch.Documents[ConversationState.Key(Jid)] = State.ToJson();

    /// <summary>Makes the summary anew, and tells that it is.</summary>
    internal void Publish()
    {
        Summarize();
        _list.Publish();
    }

    private void Summarize() =>
        _summary = new ConversationSummary(Jid)
        {
            Last = Last?.Order > State.ClearedUpTo ? Last : null,
            Unread = Unread,
            Draft = State.Draft,
            IsPinned = State.IsPinned,
            MutedUntil = State.MutedUntil,
            IsTyping = IsTyping,
        };

    internal async Task ChangeAsync(Func<ConversationState, ConversationState> change, CancellationToken cancellationToken)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        await SetAsync(change(State), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Inside a turn.</summary>
    internal async ValueTask SetAsync(ConversationState state, CancellationToken cancellationToken)
    {
        if (state != State)
        {
            State = state;
            var batch = new StoreBatch();
            Keep(batch);
            await Context.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            Publish();
        }
    }

    private async Task ClearUpToAsync(Func<long> place, CancellationToken cancellationToken)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        await SetAsync(State with { ClearedUpTo = place() }, cancellationToken).ConfigureAwait(false);
        foreach (var timeline in Timelines)
        {
            await timeline.GoToEndInTurnAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
