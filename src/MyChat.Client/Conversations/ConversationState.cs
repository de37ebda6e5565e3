using System.Text.Json;
using System.Text.Json.Serialization;
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

    public string Draft { get; init; } = "";
    public bool IsPinned { get; init; }
    public DateTimeOffset? MutedUntil { get; init; }
    public bool IsHidden { get; init; }

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
