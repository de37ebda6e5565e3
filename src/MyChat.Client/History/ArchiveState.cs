using System.Text.Json;
using System.Text.Json.Serialization;

namespace MyChat.Client.History;

/// <summary>How far this device is with the account's archive: one document in the store.</summary>
internal sealed record ArchiveState
{
    public const string Key = "archive";

    /// <summary>The newest id up to which, from some point on, nothing was missed.</summary>
    public string? Newest { get; init; }

    /// <summary>The server has an archive, as far as is known.</summary>
    public bool HasArchive { get; init; }

    /// <summary>Counts streams: at the beginning of each there may be something after <see cref="Newest"/>.</summary>
    public int Epoch { get; init; }

    /// <summary>What came after <see cref="Newest"/> and before the stream is not all here.</summary>
    public bool IsBehind { get; init; }

    /// <summary>The archive was here from its very beginning up to <see cref="Newest"/>: a conversation without gaps has no more.</summary>
    public bool IsWhole { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ArchiveJson.Default.ArchiveState);

    /// <summary>What a document says; a new state when it cannot be read: then all is looked up once more.</summary>
    public static ArchiveState Parse(string? json)
    {
        try
        {
            return json is null ? new ArchiveState() : JsonSerializer.Deserialize(json, ArchiveJson.Default.ArchiveState) ?? new ArchiveState();
        }
        catch (JsonException)
        {
            return new ArchiveState();
        }
    }
}

[JsonSerializable(typeof(ArchiveState))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class ArchiveJson : JsonSerializerContext;
