using MyChat.Client.Sessions;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Conversations;

/// <summary>All conversations: pinned first, then by their last message.</summary>
public sealed class ConversationList
{
    private readonly ClientContext _context;

    internal ConversationList(ClientContext context) => _context = context;

    internal event Action<IncomingMessage>? Received;

    internal void Tell(IncomingMessage message) => _context.Raise(() => Received?.Invoke(message));

    /// <summary>Those that have a message, a draft or a pin, in the order of a chat list.</summary>
    public IReadOnlyList<ConversationSummary> All => throw new NotImplementedException();

    /// <summary>Unread messages of conversations that are not muted: the badge and the title.</summary>
    public int UnreadCount => throw new NotImplementedException();

    /// <summary>The conversation with somebody, made when there is none.</summary>
    public Conversation this[BareJid jid] => throw new NotImplementedException();
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
