using System.Text.Json.Serialization;
using MyChat.Client.Sessions;
using MyChat.Ui.App;
using MyChat.Xmpp.Jids;
using MyChat.Xmpp.Sasl;

namespace MyChat.Web.Browser;

/// <summary>What client.json tells of the server.</summary>
/// <param name="WebSocket">The path where it speaks XMPP.</param>
/// <param name="Registration">"open" or "closed".</param>
/// <param name="HttpsPort">Where the same host serves this page over https; null where it does not.</param>
internal sealed record ClientFacts(string Domain, string WebSocket, string Registration, string Version, int? HttpsPort);

/// <summary><see cref="RememberedAccount"/> as this browser keeps it.</summary>
internal sealed record KeptAccount(string Account, string Domain, IReadOnlyList<KeptKey> Keys)
{
    public static KeptAccount From(RememberedAccount account) => new(
        account.Account.ToString(),
        account.Server.Domain,
        [.. account.Keys.Select(key => new KeptKey(key.Hash == ScramHash.Sha1 ? "SHA-1" : "SHA-256", key.Salt, key.Iterations, key.Key))]);

    /// <exception cref="FormatException">It holds what is no account.</exception>
    public RememberedAccount ToRemembered() => new(
        BareJid.Parse(Account),
        new ServerAddress(Domain),
        [.. Keys.Select(key => new SaltedKey(key.Hash == "SHA-1" ? ScramHash.Sha1 : ScramHash.Sha256, key.Salt, key.Iterations, key.Key))]);

    public override string ToString() => nameof(KeptAccount);
}

internal sealed record KeptKey(string Hash, byte[] Salt, int Iterations, byte[] Key)
{
    // A record prints its members.
    public override string ToString() => nameof(KeptKey);
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(CamelCase<Theme>)])]
[JsonSerializable(typeof(ClientFacts))]
[JsonSerializable(typeof(KeptAccount))]
[JsonSerializable(typeof(DeviceSettings))]
internal sealed partial class BrowserJson : JsonSerializerContext;

/// <summary>An enumeration by its names, as JavaScript writes names.</summary>
internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(System.Text.Json.JsonNamingPolicy.CamelCase) where T : struct, Enum;
