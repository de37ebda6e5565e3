using System.Globalization;
using System.Text.Json.Serialization;
using MyChat.Client.Conversations;
using MyChat.Web.Browser;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Stanzas;

namespace MyChat.Web.Stores;

/// <summary>A message as the database keeps it: what it is found by, and the rest. Names are part of what lies on users' disks.</summary>
internal sealed record StoredMessage
{
    public required string Key { get; init; }
    public required string Contact { get; init; }

    /// <summary>Sixteen hexadecimal digits that sort as the numbers do: JavaScript's numbers are too short.</summary>
    public required string Order { get; init; }

    /// <summary>The same for others' messages, so that an index counts them.</summary>
    public string? Received { get; init; }
    public required MessageState State { get; init; }
    public required string Body { get; init; }

    /// <summary>Ticks of UTC.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required long Time { get; init; }
    public bool IsMine { get; init; }
    public MessageFormat? Format { get; init; }
    public StanzaErrorCondition? Error { get; init; }
    public string? Id { get; init; }
    public string? StanzaId { get; init; }
    public bool WasDelayed { get; init; }
    public bool StartsAbsence { get; init; }

    public static StoredMessage From(ChatMessage message) => new()
    {
        Key = message.Key,
        Contact = message.Contact.ToString(),
        Order = Sortable(message.Order),
        Received = message.IsMine ? null : Sortable(message.Order),
        State = message.State,
        Body = message.Body,
        Time = message.Time.UtcTicks,
        IsMine = message.IsMine,
        Format = message.Format,
        Error = message.Error,
        Id = message.Id,
        StanzaId = message.StanzaId,
        WasDelayed = message.WasDelayed,
        StartsAbsence = message.StartsAbsence,
    };

    /// <exception cref="FormatException">Somebody else wrote it.</exception>
    public ChatMessage ToMessage() => new(Key, BareJid.Parse(Contact), Number(Order))
    {
        IsMine = IsMine,
        Body = Body,
        State = State,
        Time = new DateTimeOffset(Time, TimeSpan.Zero),
        Format = Format,
        Error = Error,
        Id = Id,
        StanzaId = StanzaId,
        WasDelayed = WasDelayed,
        StartsAbsence = StartsAbsence,
    };

    public static string Sortable(long order) => ((ulong)order ^ (1UL << 63)).ToString("x16", CultureInfo.InvariantCulture);

    private static long Number(string sortable) => (long)(ulong.Parse(sortable, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) ^ (1UL << 63));
}

/// <summary><see cref="Client.Stores.StoreBatch"/> on its way to the database.</summary>
internal sealed record StoredBatch(IReadOnlyList<StoredMessage> Messages, IEnumerable<string> Deleted, IDictionary<string, string?> Documents);

/// <summary>What a part of a search found.</summary>
/// <param name="Before">Where it goes on; null when it has come to the end.</param>
internal sealed record StoredSearch(IReadOnlyList<StoredMessage> Messages, string? Before);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(CamelCase<MessageState>), typeof(CamelCase<StanzaErrorCondition>)])]
[JsonSerializable(typeof(StoredBatch))]
[JsonSerializable(typeof(List<StoredMessage>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(StoredSearch))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class StoreJson : JsonSerializerContext;
