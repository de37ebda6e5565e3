using System.Collections.Concurrent;
using MyChat.Client.Connections;
using MyChat.Client.History;
using MyChat.Client.Sessions;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;
using MyChat.Xmpp.Xeps;
using MyChat.Xmpp.Xml;

namespace MyChat.Client.Conversations;

/// <summary>All conversations: pinned first, then by their last message.</summary>
public sealed class ConversationList : IClientPart
{
    private readonly ConcurrentDictionary<BareJid, Conversation> _conversations = new();
    private volatile IReadOnlyList<ConversationSummary> _all = [];

    internal ConversationList(ClientContext context)
    {
        Context = context;
        Outbox = new Outbox(this);
        Reading = new Reading(this);
        Typing = new Typing(context);
        Incoming = new IncomingMessages(this);
        CatchUp = new CatchUp(this);
        Displayed = new DisplayedStates(this);
        context.Changed += changes =>
        {
            if (changes.HasFlag(Changes.Contacts))
            {
                context.Run(ForgetAbsencesAsync);
            }
        };
    }

    /// <summary>Those that have a message, a draft or a pin, in the order of a chat list.</summary>
    public IReadOnlyList<ConversationSummary> All => _all;

    /// <summary>Unread messages of conversations that are not muted: the badge and the title.</summary>
    public int UnreadCount
    {
        get
        {
            var now = Context.Now;
            return _all.Where(summary => summary.MutedUntil is not { } until || until <= now).Sum(summary => summary.Unread);
        }
    }

    /// <summary>The conversation with somebody, made when there is none.</summary>
    public Conversation this[BareJid jid] => _conversations.GetOrAdd(jid, key => new Conversation(key, this));

    internal event Action<IncomingMessage>? Received;

    internal ClientContext Context { get; }
    internal IncomingMessages Incoming { get; }
    internal CatchUp CatchUp { get; }
    internal DisplayedStates Displayed { get; }
    internal Outbox Outbox { get; }
    internal Reading Reading { get; }
    internal Typing Typing { get; }

    /// <summary>Whether this device gets what the user's others send.</summary>
    internal bool HasCarbons { get; private set; }

    internal IEnumerable<Conversation> Known => _conversations.Values;

    internal void Tell(IncomingMessage message) => Context.Raise(() => Received?.Invoke(message));

    /// <summary>A conversation has changed. Inside a turn.</summary>
    internal void Publish()
    {
        _all = [.. _conversations.Values
            .Where(conversation => !conversation.State.IsHidden
                && (conversation.Last is not null || conversation.State.Draft.Length > 0 || conversation.State.IsPinned))
            .OrderByDescending(conversation => conversation.State.IsPinned)
            .ThenByDescending(conversation => conversation.Last?.Order ?? long.MaxValue)
            .ThenBy(conversation => conversation.Jid.ToString(), StringComparer.Ordinal)
            .Select(conversation => conversation.Summary)];
        Context.Raise(Changes.Conversations);
    }

    /// <summary>The server has what was posted with these marks. Inside a turn.</summary>
    internal async ValueTask ConfirmAsync(IReadOnlyList<object> marks, CancellationToken cancellationToken)
    {
        await Outbox.ConfirmAsync([.. marks.OfType<string>()], cancellationToken).ConfigureAwait(false);
        foreach (var marker in marks.OfType<Reading.Marker>())
        {
            await Reading.ConfirmAsync(marker, cancellationToken).ConfigureAwait(false);
        }
    }

    async ValueTask IClientPart.LoadAsync(CancellationToken cancellationToken)
    {
        await CatchUp.LoadAsync(cancellationToken).ConfigureAwait(false);
        var documents = await Context.Store.ReadDocumentsAsync(ConversationState.KeyPrefix, cancellationToken).ConfigureAwait(false);
        foreach (var (key, document) in documents)
        {
            if (BareJid.TryParse(key.AsSpan(ConversationState.KeyPrefix.Length), out var jid))
            {
                var conversation = this[jid];
                conversation.State = ConversationState.Parse(document);
                await conversation.ReloadAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        Publish();
    }

    async ValueTask IClientPart.PrepareAsync(CancellationToken cancellationToken)
    {
        Outbox.Forget();
        HasCarbons = false;
        if (Context.ServerHas(Carbons.Ns))
        {
            var enable = new Iq { Type = IqType.Set, Payload = new Payload(new Element(Carbons.Enable)) };
            try
            {
                await Context.RequestAsync(enable, cancellationToken).ConfigureAwait(false);
                HasCarbons = true;
            }
            catch (StanzaErrorException)
            {
                // Without carbons this device misses what others get and send, until it looks into the archive.
            }
        }
        await CatchUp.PrepareAsync(cancellationToken).ConfigureAwait(false);
    }

    async ValueTask IClientPart.ReadyAsync(bool resumed, CancellationToken cancellationToken)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        await Outbox.SendQueuedAsync(cancellationToken).ConfigureAwait(false);
        await Reading.SendOwedAsync(cancellationToken).ConfigureAwait(false);
        CatchUp.GoOn();
        Displayed.Ready(resumed);
    }

    async ValueTask<bool> IClientPart.ReceiveAsync(Stanza stanza, CancellationToken cancellationToken)
    {
        if (stanza is not Message message)
        {
            return false;
        }
        if (await Displayed.ReceiveAsync(message, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }
        await Incoming.ReceiveAsync(message, cancellationToken).ConfigureAwait(false);
        return true;
    }

    void IClientPart.Reset()
    {
        foreach (var conversation in _conversations.Values)
        {
            Typing.Show(conversation, isTyping: false);
        }
    }

    /// <summary>Who came online misses nothing any more: the next message that waits for them is the first of a new absence.</summary>
    private async Task ForgetAbsencesAsync(CancellationToken cancellationToken)
    {
        using var turn = await Context.EnterAsync(cancellationToken).ConfigureAwait(false);
        foreach (var conversation in _conversations.Values.Where(conversation => conversation.State.IsAbsenceTold))
        {
            if (Context.Contacts[conversation.Jid].IsOnline)
            {
                await conversation.SetAsync(conversation.State with { IsAbsenceTold = false }, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

/// <summary>What a chat list shows.</summary>
public sealed record ConversationSummary(BareJid Jid)
{
    public ChatMessage? Last { get; init; }

    /// <summary>Exact: received, not yet seen on any of the user's devices that tell.</summary>
    public int Unread { get; init; }
    public string Draft { get; init; } = "";
    public bool IsPinned { get; init; }

    /// <summary>No notifications until then; <see cref="DateTimeOffset.MaxValue"/>: until it is unmuted.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>They are typing.</summary>
    public bool IsTyping { get; init; }
}
