using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Client.Conversations;

/// <summary>How far a message of the user's has come; each includes those before it.</summary>
public enum MessageState
{
    /// <summary>In the outbox: will be sent when there is a connection.</summary>
    Queued,
    /// <summary>The server has it on disk (XEP-0198).</summary>
    Sent,
    /// <summary>A client of theirs has it (XEP-0184).</summary>
    Delivered,
    /// <summary>They have seen it (XEP-0333).</summary>
    Read,
    /// <summary>Refused; <see cref="ChatMessage.Error"/> says why. May be sent again or deleted.</summary>
    Failed,
    /// <summary>Somebody else's message.</summary>
    Received,
}

/// <summary>A message of a conversation.</summary>
/// <param name="Key">Stable and unique on this device.</param>
/// <param name="Order">Its place in the conversation: later is larger.</param>
public sealed record ChatMessage(string Key, BareJid Contact, long Order)
{
    public required bool IsMine { get; init; }
    public required string Body { get; init; }
    public required MessageState State { get; init; }

    /// <summary>When it was sent: by the server's clock where it is known.</summary>
    public required DateTimeOffset Time { get; init; }
    public MessageFormat? Format { get; init; }

    /// <summary>Why it failed.</summary>
    public StanzaErrorCondition? Error { get; init; }

    /// <summary>The stanza's id, which is also its origin-id (XEP-0359).</summary>
    public string? Id { get; init; }

    /// <summary>The id that the user's server gave it (XEP-0359), once known.</summary>
    public string? StanzaId { get; init; }

    /// <summary>It waited on the server for this user: it was sent while the user was away (XEP-0203).</summary>
    public bool WasDelayed { get; init; }

    /// <summary>The friend was offline when it was sent, and it is the first of such since: the notice "your message was sent offline" stands after it.</summary>
    public bool StartsAbsence { get; init; }
}

/// <summary>What <see cref="ChatClient.MessageReceived"/> tells.</summary>
public sealed record IncomingMessage(Conversation Conversation, ChatMessage Message);
