using System.Text.Json;
using System.Text.Json.Serialization;
using MyChat.Client.History;
using MyChat.Client.Stores;
using MyChat.Xmpp.Jids;

namespace MyChat.Client.Conversations;

/// <summary>What is kept of a conversation besides its messages: one document in the store.</summary>
internal sealed record ConversationState
{
    public const string KeyPrefix = "conversation:";

    public static ConversationState New { get; } = new();

    /// <summary>Received messages up to this place were seen.</summary>
    public long ReadUpTo { get; init; }

    /// <summary>The last received message was not sent before this.</summary>
    public long LastSentSince { get; init; }

    /// <summary>They have seen the user's messages up to this place.</summary>
    public long TheyReadUpTo { get; init; }

    /// <summary>Messages up to this place are not shown.</summary>
    public long ClearedUpTo { get; init; }

    /// <summary>The id of the last message that was not seen yet and whose sender wants to know when it is.</summary>
    public string? Markable { get; init; }

    /// <summary>The id of the last message that was seen, until the server has what tells its sender so.</summary>
    public string? OwedMarker { get; init; }

    /// <summary>That messages are sent to somebody offline was said, and they have not been online since.</summary>
    public bool IsAbsenceTold { get; init; }

    /// <summary>Where messages may be missing; null until anything is known of it.</summary>
    public IReadOnlyList<Gap>? Gaps { get; init; }

    /// <summary>
    /// While what was missed is fetched: up to here nothing is missing that the account's catching up has passed. Null: nothing has changed
    /// since it began. <see cref="long.MaxValue"/>: nothing was there.
    /// </summary>
    public long? Floor { get; init; }

    /// <summary>The stream (<see cref="ArchiveState.Epoch"/>) whose beginning is in <see cref="Gaps"/>.</summary>
    public int Epoch { get; init; }

    /// <summary>Messages wait for their place (<see cref="Orders.Limbo"/>).</summary>
    public bool HasWaiting { get; init; }

    /// <summary>The id of a message that the user has seen elsewhere and that is not here yet.</summary>
    public string? SeenId { get; init; }

    /// <summary>The same by the id of the user's server (XEP-0490).</summary>
    public string? SeenStanzaId { get; init; }

    /// <summary>What the account says was seen last (XEP-0490).</summary>
    public string? DisplayedId { get; init; }

    /// <summary>What was seen here is not told to the account yet.</summary>
    public bool OwesDisplayed { get; init; }

    /// <summary>The id of a message of the user's that they have seen and that is not here yet.</summary>
    public string? TheySawId { get; init; }

    /// <summary>Ids of messages that the user has deleted here, which the archive still has; the last ones.</summary>
    public IReadOnlyList<string>? Deleted { get; init; }

    public string Draft { get; init; } = "";
    public bool IsPinned { get; init; }
    public DateTimeOffset? MutedUntil { get; init; }
    public bool IsHidden { get; init; }

    /// <summary>A message was deleted here, and does not come back from the archive.</summary>
    public ConversationState Without(ChatMessage message)
    {
        const int Most = 500;
        // Only the user's own ids are sure to be unique.
        string?[] ids = [message.StanzaId, message.IsMine ? message.Id : null];
        return this with { Deleted = [.. (Deleted ?? []).Concat(ids.OfType<string>()).TakeLast(Most)] };
    }

    public bool IsDeleted(string? id) => id is not null && Deleted?.Contains(id) == true;

    public static string Key(BareJid jid) => KeyPrefix + jid;

    public string ToJson() => JsonSerializer.Serialize(this, ConversationJson.Default.ConversationState);

    /// <summary>What a document says; a new state when it cannot be read.</summary>
    public static ConversationState Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ConversationJson.Default.ConversationState) ?? New;
        }
        catch (JsonException)
        {
            return New;
        }
    }
}

[JsonSerializable(typeof(ConversationState))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class ConversationJson : JsonSerializerContext;
